"""The tray by keys on a desk, and by thumb on a phone."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from coulisses.capture.tests.saves import added, save
from coulisses.desk.tests import trays
from coulisses.lib import ids
from coulisses.moments import laying
from coulisses.people import rules as people
from coulisses.testing import given, late

HERE = "document.activeElement.closest('.tray-item')?.id ?? document.activeElement.tagName"
SMALL = """() => [...document.querySelectorAll(
    "maker-tray :is(button, .choose, summary, .pager a)")].filter((one) =>
    one.checkVisibility() && !one.closest(".entry, .compare") && one.tabIndex >= 0
    && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"""


@pytest.fixture
def boat(house):
    return trays.boat(ids.new(), title="Boat")


def come_in(page, house, boat):
    page.goto(f"{house.url}/enter/{people.sign_in_link(given.ana(), at=timezone.now())}")
    page.goto(f"{house.url}{boat.desk}tray/")


def test_ana_goes_through_her_tray_by_keys_and_never_loses_her_place(house, boat, page, axe):
    come_in(page, house, boat)
    axe(page)
    press, said = page.keyboard.press, page.get_by_role("status").first
    rows = trays.waiting(boat)
    press("j")
    assert page.evaluate(HERE) == f"waiting-{rows['An oar']}"
    press("d")
    expect(said).to_contain_text("1 save is dropped.")
    assert page.evaluate(HERE) == f"waiting-{rows['The mast']}"
    press("h")
    expect(said).to_contain_text("held until you say so")
    assert page.evaluate(HERE) == f"waiting-{rows['The mast']}"
    press("u")
    expect(said).to_contain_text("1 save waits again.")
    assert set(trays.waiting(boat)) == set(rows)
    for key in ("ArrowDown", "x", "j", "x", "s"):
        press(key)
    page.keyboard.type("The keel is laid")
    press("Enter")
    expect(said).to_contain_text("lies over 2 steps.")
    assert set(laying.over(boat, range(1, 9))) == {4, 5}
    for key in ("j", "j", "t"):
        press(key)
    page.keyboard.type("The first planks")
    press("Enter")
    expect(said).to_contain_text("The sitting has its title.")
    press("p")
    expect(said).to_contain_text("1 entry is pinned.")
    press("?")
    expect(page.get_by_text("take back what was dropped last")).to_be_visible()
    axe(page)


def test_ana_chooses_by_thumb_and_what_comes_in_moves_nothing(house, boat, phone, axe):
    come_in(phone, house, boat)
    assert phone.evaluate("document.documentElement.scrollWidth") == 320
    bar = phone.locator(".tray-bar")
    expect(bar).to_be_hidden()
    phone.get_by_label("Choose The keel").tap()
    expect(bar).to_be_in_viewport()
    expect(bar).to_contain_text("1 chosen")
    assert phone.evaluate(SMALL) == []
    top = phone.evaluate("document.querySelector('.choose :checked').getBoundingClientRect().top")
    trays.take(boat, save(9, added("rope.png", "r"), title="A rope", policy="hold"))
    phone.evaluate("document.querySelector('maker-tray').look()")
    news = phone.get_by_role("button", name="1 new", exact=True)
    expect(news).to_be_visible()
    where = "document.querySelector('.choose :checked').getBoundingClientRect().top"
    assert phone.evaluate(where) == top
    news.tap()
    expect(phone.get_by_label("Choose A rope")).to_be_visible()
    expect(phone.get_by_label("Choose The keel")).to_be_checked()
    with late.answer(phone, "**/tray/release"):
        bar.get_by_role("button", name="Tell").tap()
        phone.get_by_label("Choose A rope").tap()
    expect(bar).to_contain_text("1 save is told.")
    expect(phone.get_by_label("Choose A rope")).to_be_checked()
    assert set(trays.waiting(boat)) == {"The mast", "An oar", "A rope"}
    for scheme in ("dark", "light"):
        phone.emulate_media(color_scheme=scheme)
        axe(phone)
