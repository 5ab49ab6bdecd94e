"""The cue light in a real browser: Dan sees it come on while Ana starts, and replays it later."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from coulisses.lib import ids
from coulisses.moments import rules as moments
from coulisses.people import rules as people
from coulisses.sessions import announcing, rules
from coulisses.sessions.announcing import Plan
from coulisses.testing import given


@pytest.fixture
def project(house):
    return given.project(ids.new().lower()[:20])


def come_in(page, house):
    page.goto(f"{house.url}/enter/{people.sign_in_link(given.ana(), at=timezone.now())}")


def tell(project, title, at):
    return moments.tell(
        project,
        kind="progress",
        title=title,
        by=given.ana().voice_id,
        happened_at=at,
        told_at=at,
    )


def test_dan_sees_the_cue_light_come_on_and_replays_what_came(house, project, new_page, axe):
    ana, dan = new_page(), new_page(color_scheme="dark", reduced_motion="reduce")
    come_in(ana, house)
    stage = f"{house.url}{project.path}"
    dan.goto(stage)
    dan.wait_for_selector("[data-presence]:not([hidden])")
    ana.goto(stage)
    ana.get_by_label("What are you at?").fill("The keel")
    axe(ana)
    ana.get_by_role("button", name="I’m working now").click()
    dan.locator(".cue.is-live").wait_for()
    expect(dan.locator("work-clock")).to_have_text(re.compile(r"00:\d\d:\d\d"))
    expect(dan.locator(".at-work")).to_contain_text("The keel")
    ana.get_by_label("What are you at now?").fill("Sanding")
    ana.get_by_role("button", name="Say it").click()
    dan.locator(".at-work", has_text="Sanding").wait_for()

    dan.locator(".cue.is-live").click()
    dan.wait_for_url("**/sessions/1/")
    axe(dan)
    tell(project, "Fresh from the bench", timezone.now())
    dan.get_by_role("heading", name="Fresh from the bench").wait_for()
    ana.get_by_role("button", name="End the session").click()
    ana.wait_for_url("**/sessions/1/")
    dan.get_by_text("The session is over").wait_for()

    dan.reload()
    axe(dan)
    shown = dan.locator("ol.cues > li:visible")
    expect(shown).to_have_count(3)
    dan.get_by_role("button", name="Replay", exact=True).click()
    expect(shown).to_have_count(1)
    dan.get_by_role("heading", name="Fresh from the bench").wait_for()
    dan.get_by_role("status").filter(has_text="3 of 3").wait_for()
    dan.get_by_role("button", name="Replay", exact=True).press("ArrowLeft")
    dan.get_by_role("status").filter(has_text="2 of 3").wait_for()
    dan.get_by_role("button", name="Everything at once").click()
    expect(shown).to_have_count(3)


def test_a_page_to_wait_on_begins_by_itself_on_the_smallest_phone(house, project, phone, fits, axe):
    now, by = timezone.now(), given.ana().voice_id
    soon = Plan(now + timedelta(minutes=40), 60, "The varnish, " + "coat" * 20, "Come and ask.")
    session = announcing.announce(project, soon, by=by, at=now)
    address = f"{house.url}{session.path}"
    fits(address, ready="count-down")
    expect(phone.locator("count-down")).to_have_text(re.compile(r"^in (3\d|40) minutes$"))
    axe(phone)
    rules.start(project, words="Stirring", by=by, at=timezone.now())
    phone.locator(".cue.is-live").wait_for()
    for place in ("", "sessions/", "sessions/1/"):
        fits(f"{house.url}{project.path}{place}")
    come_in(phone, house)
    fits(f"{house.url}{project.desk}sessions/?announce=1")
    axe(phone)
