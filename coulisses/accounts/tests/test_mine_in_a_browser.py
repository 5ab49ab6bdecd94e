"""What is somebody's own, and how one is heard, in a browser: on a small phone, and by axe."""

import pytest
from django.utils import timezone

from coulisses.people import rules
from coulisses.testing import given
from coulisses.testing.serving import served

pytestmark = pytest.mark.usefixtures("transactional_house")

OPEN = ["/privacy", "/contact", "/@atelier/boat/report", "/@atelier/boat/1/report"]
OWN = ["/account/data/", "/account/data/name/", "/account/deletion/", "/house/reports/"]


def test_hal_asks_on_his_phone_for_all_that_is_his_and_everybody_can_read_these_pages(phone, axe):
    given.project()
    with served() as house:
        for path in OPEN:
            phone.goto(house.address + path)
            axe(phone)
            assert phone.evaluate("document.documentElement.scrollWidth") == 320, path
        secret = rules.sign_in_link(given.host(), at=timezone.now())
        phone.goto(f"{house.address}/enter/{secret}")
        for path in OWN:
            phone.goto(house.address + path)
            axe(phone)
            assert phone.evaluate("document.documentElement.scrollWidth") == 320, path
        phone.goto(house.address + "/account/data/")
        phone.get_by_role("button", name="Put it together").click()
        phone.wait_for_selector("text=It is ready", timeout=30_000)
        with phone.expect_download() as taken:
            phone.get_by_role("link", name="Take it home").click()
        assert taken.value.suggested_filename == "coulisses.zip"
