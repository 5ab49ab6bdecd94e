"""A stage without a mouse: every step is a key, and the eye always sees where it is."""

import re

import pytest
from playwright.sync_api import Page, expect

from coulisses.lib import ids
from coulisses.pages.tests import told

NAME = """() => {
  const one = document.activeElement;
  return one.getAttribute("aria-label") ?? one.textContent.trim();
}"""
# What marks the place: an outline on the element or on what is drawn around it.
MARKED = """() => {
  const one = document.activeElement;
  const drawn = [one, one.parentElement, one.previousElementSibling, one.nextElementSibling];
  return drawn.filter(Boolean).some((part) => [null, "::before", "::after"].some((side) => {
    const style = getComputedStyle(part, side);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  }));
}"""


@pytest.fixture
def stage(house):
    return f"{house.url}{told.everything(ids.new()).path}"


def tab_to(page: Page, name: str, *, most: int = 60) -> None:
    """Press Tab until something of that name has the focus; each stop must be visible."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate(NAME)
        stops.append(said)
        assert page.evaluate(MARKED), f"nothing marks the focus on {said!r}"
        if name in said:
            return
    raise AssertionError(stops)


def test_dan_reaches_everything_on_a_stage_by_keys(stage, page):
    page.goto(stage)
    tab_to(page, "Go to the log", most=1)
    expect(page.get_by_role("link", name="Go to the log")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.wait_for_url("**/#log")
    tab_to(page, "Doubts", most=5)
    page.keyboard.press("Enter")
    page.wait_for_url("**/?show=doubts#log")
    expect(page.get_by_role("link", name="Doubts")).to_have_attribute("aria-current", "true")
    expect(page.locator("#log .entry")).to_have_count(1)


def test_dan_draws_the_curtain_and_walks_the_strip_by_arrows(stage, page):
    page.goto(stage)
    tab_to(page, "Draw the curtain")
    curtain = page.get_by_role("slider", name="Draw the curtain")
    drawn = f"{int(curtain.input_value()) - 3}%"
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("before-after").first).to_have_attribute("style", f"--at: {drawn};")
    expect(curtain).to_have_attribute("aria-valuetext", drawn.replace("%", " %"))

    tab_to(page, "Go back in time", most=3)
    strip = page.get_by_role("slider", name="Go back in time")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    label = page.locator("log-scrubber .peek")
    expect(label).to_be_visible()
    expect(label).to_contain_text("4 · Second sketch")
    expect(strip).to_have_attribute("aria-valuenow", "3")
    expect(strip).to_have_attribute("aria-valuetext", re.compile("Second sketch"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/4")


def test_dan_goes_from_entry_to_entry_by_j_and_k(stage, page):
    page.goto(stage)
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#cue-14:focus-within")).to_be_in_viewport()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/15")
    page.keyboard.press("j")
    page.wait_for_url("**/14")
    page.keyboard.press("j")
    page.wait_for_url("**/13")
    page.keyboard.press("k")
    page.wait_for_url("**/14")


def test_a_thumb_chooses_on_the_strip_and_opens_by_the_label(stage, phone):
    phone.goto(stage)
    strip = phone.locator("log-scrubber .strip")
    strip.tap(position={"x": 4, "y": 20})
    label = phone.locator("log-scrubber .peek")
    expect(label).to_be_visible()
    phone.locator("h1").tap()
    expect(label).to_be_hidden()
    strip.tap(position={"x": 4, "y": 20})
    expect(label).to_be_visible()
    expect(phone).to_have_url(stage)
    label.tap()
    phone.wait_for_url("**/2")
