"""The house on its host's screen: first the printed link, then every page, for everybody."""

import re
from datetime import UTC, datetime

from playwright.sync_api import expect

from coulisses.host import beginning
from coulisses.people import hosting, rules
from coulisses.testing import given


def test_the_first_host_takes_the_keys_and_finds_every_page(house, new_page, axe):
    page = new_page(viewport={"width": 1280, "height": 800}, java_script_enabled=True)
    page.goto(f"{house.url}{beginning.link(at=datetime.now(UTC))}")
    axe(page)
    page.get_by_label("Your name").fill("Hal")
    page.get_by_role("button", name="Take the keys").click()
    page.get_by_role("heading", name="The house").wait_for()
    given.project()
    for room in ("Check-list", "Settings", "People", "Storage", "Backups", "Jobs"):
        page.get_by_role("navigation", name="The house").get_by_role("link", name=room).click()
        expect(page).to_have_title(re.compile(f"^{room}"))
        axe(page)


def test_every_page_of_the_host_fits_a_phone(house, phone, fits):
    host = hosting.name("hal@cast.test", at=given.NOON)
    given.studio()
    phone.goto(f"{house.url}/enter/{rules.sign_in_link(host, at=datetime.now(UTC))}")
    for room in ("", "settings/", "people/", "people/invitations/", "storage/",
                 "storage/atelier/", "backups/", "jobs/"):  # fmt: skip
        fits(f"{house.url}/house/{room}", ready=".of-the-house")
