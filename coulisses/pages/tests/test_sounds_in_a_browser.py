"""Takes in a real browser: played, sought in, switched at the same second, equally loud."""

import pytest
from playwright.sync_api import expect

from coulisses.lib import ids
from coulisses.pages.tests import told
from coulisses.testing import given
from coulisses_readers.tests import sounds

HEARD = """() => [...document.querySelectorAll('.now audio')].map(one => ({
    at: one.currentTime, paused: one.paused, volume: one.volume }))"""
SWITCHED = f"(button) => {{ button.click(); return ({HEARD})(); }}"


@pytest.fixture
def stage(house):
    project = given.project(ids.new(), title="Refrain")
    first = told.sound(project, "git:s1", sounds.sound("wav", 12, sounds.tone(-20), rate=24_000))
    told.save(project, first, title="First take", at=given.minutes(1))
    take = sounds.sound("wav", 10, sounds.tone(-26), rate=24_000)
    second = told.sound(project, "git:s2", take, before="git:s1")
    told.save(project, second, title="Second take", at=given.minutes(2))
    return f"{house.url}{project.path}"


def playing(page, index, after=0.0):
    """Wait until one of the two is heard beyond a second, and return both."""
    page.wait_for_function(
        f"""() => {{ const one = document.querySelectorAll('.now audio')[{index}];
        return !one.paused && one.currentTime > {after}; }}"""
    )
    return page.evaluate(HEARD)


def test_two_takes_are_played_and_switched_at_the_same_second_equally_loud(stage, page):
    page.goto(stage)
    now = page.locator(".now")
    now.get_by_role("button", name="Play").click()
    before, after = playing(page, 1, after=0.3)
    assert before["paused"] and after["volume"] == 1
    before, after = now.get_by_role("button", name="before").evaluate(SWITCHED)
    assert after["paused"] and before["at"] == pytest.approx(after["at"], abs=0.05)
    before, after = playing(page, 0, after=0.3)
    assert before["volume"] == pytest.approx(0.501, abs=0.005)
    expect(now.get_by_role("button", name="before")).to_have_attribute("aria-pressed", "true")
    now.get_by_role("button", name="Pause").click()
    assert all(one["paused"] for one in page.evaluate(HEARD))


def test_one_seeks_by_keys_and_by_a_click_into_either_take(stage, page):
    page.goto(stage)
    line = page.locator(".now").get_by_role("slider", name="refrain.wav, now")
    line.focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    expect(line).to_have_attribute("aria-valuetext", "0:02 of 0:12")
    other = page.locator(".now").get_by_role("slider", name="refrain.wav, before")
    box = other.bounding_box()
    other.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(other).to_have_attribute("aria-valuetext", "0:06 of 0:12")
    page.locator(".now").get_by_role("button", name="Play").click()
    before, _after = playing(page, 0, after=6)
    assert before["at"] < 9


def test_only_one_player_is_heard_on_a_page(stage, page):
    page.goto(stage)
    page.locator(".now").get_by_role("button", name="Play").click()
    playing(page, 1)
    page.locator(".log").get_by_role("button", name="Play").first.click()
    page.wait_for_function("document.querySelectorAll('.now audio')[1].paused")
    expect(page.locator(".log").get_by_role("button", name="Pause")).to_have_count(1)


def test_a_take_that_ends_can_be_heard_again(stage, page):
    page.goto(stage)
    now = page.locator(".now")
    line = now.get_by_role("slider", name="refrain.wav, now")
    line.focus()
    page.keyboard.press("End")
    now.get_by_role("button", name="Play").click()
    both = playing(page, 1, after=0.1)
    assert both[1]["at"] < 5


def test_beyond_its_end_a_shorter_take_is_silent_and_does_not_begin_anew(stage, page):
    page.goto(stage)
    now = page.locator(".now")
    before = now.get_by_role("slider", name="refrain.wav, before")
    box = before.bounding_box()
    before.click(position={"x": box["width"] * 11 / 12, "y": box["height"] / 2})
    now.get_by_role("button", name="Play").click()
    playing(page, 0, after=10.5)
    now.get_by_role("button", name="now").click()
    now.get_by_role("button", name="Play").wait_for()
    assert all(one["paused"] for one in page.evaluate(HEARD))


def test_without_script_each_take_has_its_own_player(stage, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(stage)
    players = page.locator(".now audio")
    expect(players).to_have_count(2)
    expect(players.first).to_be_visible()
    expect(players.first).to_have_attribute("controls", "")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_the_lanes(stage, new_page, axe, scheme):
    page = new_page(color_scheme=scheme)
    for place in ("", "4", "files/refrain.wav"):
        assert page.goto(stage + place).ok
        page.wait_for_selector("sound-lanes[ready]")
        axe(page)


def test_on_a_small_phone_nothing_is_cut_off_and_a_thumb_hits(stage, phone, fits):
    for place in ("", "4", "files/refrain.wav"):
        fits(stage + place, ready="sound-lanes[ready]")
        small = phone.evaluate(
            """() => [...document.querySelectorAll('sound-lanes button, sound-lanes input')]
            .filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"""
        )
        assert small == []
