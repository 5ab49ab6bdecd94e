"""The pages in a real browser: nobody is kept out, nothing is cut off, nothing jumps."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from coulisses.lib import ids
from coulisses.pages.tests import told
from coulisses.people import rules as people
from coulisses.projects import rules as projects
from coulisses.testing import given


@pytest.fixture
def project(house):
    made = told.everything(ids.new())
    by = given.ana().voice_id
    projects.shred(made, 8, reason="told in haste", by=by, at=given.minutes(300))
    return made


@pytest.fixture
def stage(house, project):
    return f"{house.url}{project.path}"


def come_in(page, house):
    page.goto(f"{house.url}/enter/{people.sign_in_link(given.ana(), at=timezone.now())}")


PLACES = (
    "",
    "4",
    "6",
    "8",
    "files/canvas.png",
    "files/chapter.md",
    "sittings/1",
    "?show=doubts",
    "cues/",
    "since/4",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_the_pages(house, stage, new_page, axe, scheme):
    page = new_page(color_scheme=scheme)
    for address in (f"{house.url}/", f"{house.url}/enter", *(stage + place for place in PLACES)):
        assert page.goto(address).ok, address
        axe(page)


def test_everybody_can_use_the_makers_pages(house, stage, new_page, axe):
    page = new_page()
    come_in(page, house)
    for place in ("", "6", "6/shred", "sittings/1"):
        assert page.goto(stage + place).ok, place
        for details in page.locator("details").all():
            details.evaluate("one => { one.open = true; }")
        axe(page)


def test_nothing_is_cut_off_on_a_small_phone(house, stage, fits):
    for address in (f"{house.url}/", f"{house.url}/enter", *(stage + place for place in PLACES)):
        fits(address)


def test_what_a_thumb_must_hit_is_large_enough(stage, phone):
    phone.goto(stage)
    small = phone.evaluate(
        """() => [...document.querySelectorAll('.button, .reach, .tabs a, .dock a, .dock button')]
        .filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 44)
        .map(one => one.outerHTML)"""
    )
    assert small == []


def test_a_new_entry_comes_in_at_the_top_by_itself(stage, project, page):
    page.goto(stage)
    page.wait_for_selector("[data-presence]:not([hidden])")
    told.say(project, "Fresh from the bench", at=timezone.now())
    page.get_by_text("Fresh from the bench").wait_for()


def test_a_new_entry_never_moves_what_is_being_read(stage, project, page):
    for number in range(12):
        told.say(project, f"A long day {number}", body="words " * 80, at=given.minutes(number))
    page.goto(stage)
    page.wait_for_selector("[data-presence]:not([hidden])")
    cue = page.locator(".entry").nth(6)
    cue.scroll_into_view_if_needed()
    page.wait_for_function("document.fonts.status === 'loaded'")
    before = cue.bounding_box()
    told.say(project, "Fresh from the bench", at=timezone.now())
    page.get_by_role("button", name="1 new step").wait_for()
    assert cue.bounding_box() == before
    page.get_by_role("button", name="1 new step").click()
    page.get_by_text("Fresh from the bench").wait_for()


def test_a_second_tab_hears_through_the_firsts_stream(stage, project, page):
    second = page.context.new_page()
    for tab in (page, second):
        tab.goto(stage)
        tab.wait_for_selector("[data-presence]:not([hidden])")
    told.say(project, "Heard in both", at=timezone.now())
    for tab in (page, second):
        tab.get_by_text("Heard in both").wait_for()


def test_shredded_words_leave_a_page_that_stays_open(stage, project, page):
    page.goto(stage)
    page.wait_for_selector("[data-presence]:not([hidden])")
    by = given.ana().voice_id
    projects.shred(project, 6, reason="on second thought", by=by, at=timezone.now())
    page.get_by_text("on second thought").wait_for()
    assert "A doubt" not in page.content()


def test_words_shredded_while_they_wait_to_be_let_in_never_are(stage, project, page):
    page.goto(stage)
    page.wait_for_selector("[data-presence]:not([hidden])")
    page.locator(".entry").last.scroll_into_view_if_needed()
    entry = told.say(project, "Told in haste", at=timezone.now())
    page.get_by_role("button", name="1 new step").wait_for()
    by = given.ana().voice_id
    projects.shred(project, entry.position, reason="on second thought", by=by, at=timezone.now())
    page.get_by_role("button", name="2 new steps").click()
    page.locator(f"#cue-{entry.position}").get_by_text("on second thought").wait_for()
    assert "Told in haste" not in page.content()


def test_j_and_k_lead_to_the_neighbours(stage, page):
    page.goto(f"{stage}5")
    page.keyboard.press("j")
    page.wait_for_url("**/4")
    page.keyboard.press("k")
    page.wait_for_url("**/5")


def test_the_strip_is_walked_by_keys_and_opens_what_its_label_says(stage, page):
    page.goto(stage)
    strip = page.get_by_role("slider", name="Go back in time")
    strip.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    expect(strip).to_have_attribute("aria-valuetext", re.compile("First sketch"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/3")


def test_the_curtain_between_two_pictures_is_drawn_by_keys(stage, page):
    page.goto(stage)
    curtain = page.get_by_role("slider", name=re.compile("first state"))
    curtain.focus()
    page.keyboard.press("ArrowRight")
    expect(curtain).to_have_value("36")


def test_without_script_one_reads_tells_and_pins(house, stage, new_page):
    page = new_page(java_script_enabled=False)
    come_in(page, house)
    page.goto(stage)
    page.get_by_role("link", name="Tell a moment").click()
    page.get_by_label("Doubt", exact=True).check()
    page.get_by_text("A title").click()
    page.get_by_label("Title").fill("Told without script")
    page.get_by_role("button", name="Tell it").click()
    page.get_by_role("heading", name="Told without script").first.wait_for()
    page.get_by_role("button", name="Put it into the short reading").click()
    page.goto(stage)
    page.get_by_label("Beside the log").get_by_text("Told without script").first.wait_for()


def test_a_stage_weighs_what_a_slow_line_can_carry(stage, new_page):
    page, weights = new_page(), {}
    page.on("requestfinished", lambda asked: weights.update({asked.url: asked.sizes()}))
    page.goto(stage)
    page.wait_for_load_state("load")
    page.wait_for_function("document.fonts.status === 'loaded'")
    bodies = [size["responseBodySize"] for url, size in weights.items() if "/picture/" not in url]
    assert len(bodies) >= 5 and sum(bodies) < 250_000
