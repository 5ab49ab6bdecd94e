"""Everything a page is for, in a browser that runs no script."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from coulisses.lib import ids
from coulisses.pages.tests import told
from coulisses.people import rules as people
from coulisses.testing import given
from tests.journeys import acts


@pytest.fixture
def stage(house):
    project = given.project(ids.new(), title="The boat")
    told.save(project, told.picture(project, "git:v1"), title="First sketch")
    second = told.picture(project, "git:v2", before="git:v1")
    told.save(project, second, title="Second sketch", at=given.minutes(2))
    for number in range(5, 66):
        told.say(project, f"Plank {number}", body="*planed*", at=given.minutes(number))
    return f"{house.url}{project.path}"


@pytest.fixture
def page(new_page):
    return new_page(java_script_enabled=False)


def test_dan_reads_pages_both_ways_a_files_life_and_his_language(stage, page):
    page.goto(stage)
    newest, middle, oldest = range(65, 35, -1), range(35, 5, -1), range(5, 0, -1)
    for cues, onwards in ((newest, "Older"), (middle, "Older"), (oldest, "Newer")):
        acts.shows(page, *cues)
        page.get_by_role("link", name=onwards).click()
    acts.shows(page, *middle)
    page.get_by_role("link", name="Newer").click()
    acts.shows(page, *newest)

    page.goto(stage)
    page.get_by_role("link", name="The life of canvas.png").click()
    expect(page.get_by_text("version 2 of 2")).to_be_visible()
    page.get_by_role("link", name="← Before").click()
    expect(page.get_by_text("version 1 of 2")).to_be_visible()
    expect(page.get_by_alt_text("canvas.png, version 1")).to_be_visible()
    page.get_by_role("link", name="After →").click()
    expect(page.get_by_text("version 2 of 2")).to_be_visible()

    page.get_by_role("button", name="Français").click()
    expect(page.get_by_text("la vie d’un fichier")).to_be_visible()
    expect(page).to_have_url(re.compile("/files/canvas.png"))
    page.goto(stage)
    expect(page.get_by_role("link", name="Plus ancien")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("link", name="Older")).to_be_visible()


def test_ana_comes_in_tells_pins_and_leaves(house, stage, page):
    link = people.sign_in_link(given.ana(), at=timezone.now())
    page.goto(f"{house.url}/enter/{link}")
    page.goto(stage)
    page.get_by_text("Tell a moment").click()
    acts.tells(page, "Breakthrough", "It floats", button="Tell it", body="At **last**.")
    expect(page.get_by_role("heading", name="It floats").last).to_be_visible()
    expect(page.locator("strong", has_text="last")).to_be_visible()
    page.get_by_role("button", name="Put it into the short reading").click()
    page.goto(stage)
    beside = page.get_by_label("Beside the log")
    expect(beside.get_by_role("link", name="It floats")).to_be_visible()
    page.get_by_role("link", name="all at once").click()
    expect(page.locator("#log .entry")).to_have_count(1)
    acts.shows(page, 66)
    page.get_by_role("button", name="Leave").first.click()
    page.goto(stage)
    expect(page.get_by_text("Tell a moment")).to_have_count(0)
    expect(page.get_by_role("link", name="Come in").first).to_be_visible()
