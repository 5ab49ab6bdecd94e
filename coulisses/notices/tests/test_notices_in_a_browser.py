"""The bell moves by itself, and whoever follows a notice has read it."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from coulisses.notices.models import Notice
from coulisses.notices.tests import scene
from coulisses.testing import given
from coulisses.testing.programs import until_true
from coulisses.testing.serving import served

pytestmark = pytest.mark.usefixtures("transactional_house")
LOOK = "document.querySelector('notice-bell').dispatchEvent(new Event('look'))"


def test_the_bell_counts_without_a_reload_and_a_notice_leads_to_its_answer(new_page, axe):
    boat = given.project()
    entry = scene.told(boat)
    first = scene.say(boat, entry, "Is it oak?", by=given.cleo())
    client = given.come_in(Client(), given.cleo())
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    with served() as house:
        page = new_page(viewport={"width": 390, "height": 800})
        known = {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": house.address}
        page.context.add_cookies([known])
        page.goto(f"{house.address}/")
        bell = page.locator(".bell [data-unread]")
        expect(bell).to_be_hidden()
        scene.say(boat, entry, "It is larch.", by=given.bo(), to=first)
        scene.pull()
        page.evaluate(LOOK)
        expect(bell).to_be_visible()
        expect(bell).to_have_text("1")
        page.locator(".bell").click()
        axe(page)
        page.get_by_role("link", name="Bo answered you").click()
        page.wait_for_url(f"**/{entry.position}#say-*")
        hers = Notice.objects.filter(voice=given.cleo().voice_id)
        until_true(lambda: hers.exclude(read_at=None).exists(), "the notice is read")
        page.evaluate(LOOK)
        bell.wait_for(state="hidden")
        page.goto(f"{house.address}/notices/choice/")
        axe(page)
        page.get_by_label("from").fill("22:00")
        page.get_by_label("until").fill("07:30")
        page.get_by_role("button", name="Keep it like this").click()
        page.get_by_text("From now on it is like this.").wait_for()
        expect(page.get_by_label("until")).to_have_value("07:30")
