"""Figures and frames in a real browser: read by everybody, cut off nowhere, without script."""

import pytest
from playwright.sync_api import expect

from coulisses.lib import ids
from coulisses.pages.tests import told
from coulisses.testing import given


@pytest.fixture
def stage(house):
    project = given.project(ids.new())
    wide = "Month\tSubscribers\tIncome in the season\tHow many have left\n" * 9
    told.club(project, *range(100, 130), text=wide)
    change = told.picture(project, "git:p1", facts={"changed": 1000})
    told.save(project, change, title="Canvas", at=given.minutes(-9))
    facts = {"changed": 142, "where": [50, 600, 300, 350]}
    change = told.picture(project, "git:p2", before="git:p1", facts=facts)
    told.save(project, change, title="Canvas", at=given.minutes(-8))
    return f"{house.url}{project.path}"


PLACES = ("", "5", "34", "files/club.csv", "files/club.csv?at=9&series=Income")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_figures_and_frames(stage, new_page, axe, scheme):
    page = new_page(color_scheme=scheme)
    for place in PLACES:
        assert page.goto(stage + place).ok, place
        for details in page.locator("details").all():
            details.evaluate("one => { one.open = true; }")
        axe(page)


def test_figures_and_frames_are_not_cut_off_on_a_small_phone(stage, fits):
    for place in PLACES:
        fits(stage + place)


def test_a_point_of_the_line_leads_to_its_version_without_script(stage, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(f"{stage}files/club.csv")
    page.locator(".chart svg a").first.click()
    page.wait_for_url("**?at=3")
    page.get_by_role("link", name="Income").click()
    expect(page.get_by_role("figure").locator("figcaption")).to_have_text("Income")


def test_the_frame_can_be_taken_off_the_picture(stage, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(f"{stage}34")
    expect(page.locator(".compare .where")).to_be_visible()
    page.get_by_label("Frame what changed").uncheck()
    expect(page.locator(".compare .where")).to_be_hidden()
