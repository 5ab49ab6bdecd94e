"""A browser remembers how far its reader was; the house does not."""

from django.utils import timezone
from playwright.sync_api import expect

from coulisses.lib import ids
from coulisses.pages.tests import told


def test_dan_comes_back_and_is_told_once_what_is_new(house, new_page):
    project = told.everything(ids.new())
    stage = f"{house.url}{project.path}"
    page = new_page(viewport={"width": 320, "height": 640})
    news = page.locator("since-last section")
    page.goto(stage)
    page.wait_for_selector("[data-presence]:not([hidden])")
    expect(news).to_have_count(0)  # a first visit
    page.goto(f"{house.url}/privacy")
    told.say(project, "The keel is laid", kind="milestone", at=timezone.now())
    page.goto(stage)
    news.get_by_role("link", name="The keel is laid").wait_for()
    expect(news.get_by_role("listitem")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.reload()
    news.wait_for()  # nobody loses it by looking twice
    news.get_by_role("button", name="Put away").click()
    expect(news).to_have_count(0)
    page.reload()
    page.wait_for_selector("[data-presence]:not([hidden])")
    expect(news).to_have_count(0)
    assert project.pk not in str(page.context.cookies())
