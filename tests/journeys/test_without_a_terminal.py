"""From a house that nobody uses to an audience, in browsers alone, mostly on phones."""

import re

from django.utils import timezone
from playwright.sync_api import Page, expect

from coulisses.people import rules as people
from coulisses.testing import given
from tests.journeys.opening import painting

PHONE = {"viewport": {"width": 390, "height": 844}}
PASSWORD = "light-on-the-cold-cup"


def signs_up(page: Page, name: str) -> None:
    """Fill in what it takes to have an account."""
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail address").fill(f"{name.lower()}@signs.test")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()


def confirms(page: Page, hal: Page, url: str, name: str) -> None:
    """Type the code that the host reads out, since this house sends no letters."""
    page.get_by_label("Code").wait_for()
    hal.goto(f"{url}/house/letters/")
    letter = hal.locator("li, article", has_text=f"{name.lower()}@signs.test").first
    code = re.search(r"^\s{4}(\S+)$", letter.text_content() or "", re.MULTILINE)
    assert code
    page.get_by_label("Code").fill(code[1])
    page.get_by_role("button", name="Go on").click()


def test_hal_opens_the_door_ana_makes_with_bo_and_dan_comes_to_watch(house, new_page, complaints):
    hal = new_page()
    hal.goto(f"{house.url}/enter/{people.sign_in_link(given.host(), at=timezone.now())}")
    hal.goto(f"{house.url}/house/settings/")
    hal.locator("[name=sign_up][value=open]").check()
    hal.get_by_role("button", name="Keep it so").first.click()

    ana = new_page(**PHONE)
    ana.goto(f"{house.url}/account/signup/")
    signs_up(ana, "Ana")
    confirms(ana, hal, house.url, "Ana")
    ana.wait_for_url("**/desk/")
    ana.get_by_role("link", name="Open a project").click()
    ana.get_by_label("Title").fill("The lamp")
    ana.get_by_label("Name of your studio").fill("Atelier Ana")
    ana.get_by_role("button", name="Open it").click()
    ana.wait_for_url("**/desk/@atelier-ana/the-lamp/")

    ana.get_by_role("link", name="Tell a moment").first.click()
    ana.get_by_label("What happened?").fill("The first wire is bent.")
    quill = {"name": "wire.png", "mimeType": "image/png", "buffer": painting(2)}
    ana.get_by_label("Pictures").set_input_files(quill)
    ana.get_by_label("What the picture shows").fill("A bent wire")
    ana.get_by_role("button", name="Tell it").click()
    expect(ana.get_by_alt_text("A bent wire").first).to_be_visible()

    ana.goto(f"{house.url}/desk/@atelier-ana/team/")
    ana.get_by_label("Whom?").fill("Bo")
    ana.get_by_label("Contributor").check()
    ana.get_by_role("button", name="Invite").click()
    link = ana.get_by_label("The invitation’s link").first.input_value()

    bo = new_page(**PHONE)
    bo.goto(link)
    bo.get_by_role("link", name="Make an account").click()
    signs_up(bo, "Bo")  # without a code: the invitation vouches for him
    bo.get_by_role("button", name="Join").click()
    bo.goto(f"{house.url}/desk/@atelier-ana/the-lamp/tell/")
    bo.get_by_label("What happened?").fill("The shade is too heavy.")
    bo.get_by_label("Doubt").check()
    bo.get_by_label("Advice").check()
    bo.get_by_role("button", name="Propose it").click()
    expect(bo.get_by_text("It waits for a maker’s look.")).to_be_visible()

    ana.goto(f"{house.url}/desk/")
    expect(ana.get_by_text("1 waits for your word")).to_be_visible()
    ana.get_by_role("link", name="The lamp").click()
    ana.get_by_role("link", name="The shade is too heavy.").click()
    ana.get_by_role("button", name="Release it").click()

    dan = new_page(**PHONE)
    stage = f"{house.url}/@atelier-ana/the-lamp/"
    answer = dan.goto(stage)
    assert answer and answer.status == 404
    complaints.clear()  # of the page that is not there yet
    ana.goto(f"{house.url}/desk/@atelier-ana/the-lamp/review/")
    ana.get_by_role("link", name="Raise the curtain").first.click()
    ana.get_by_role("button", name="Raise the curtain").click()
    expect(ana.get_by_text("The curtain is up.")).to_be_visible()
    dan.goto(stage)
    expect(dan.get_by_text("The shade is too heavy.").first).to_be_visible()
    expect(dan.get_by_text("advice").first).to_be_visible()
