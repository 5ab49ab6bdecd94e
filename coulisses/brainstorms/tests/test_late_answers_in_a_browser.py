"""A slow line at a wall: what is written and heard while an answer is on its way stays."""

from django.utils import timezone
from playwright.sync_api import expect

from coulisses.brainstorms import throwing
from coulisses.brainstorms.tests import storming
from coulisses.manners import rules as manners
from coulisses.people import rules as people
from coulisses.testing import given, late


def test_words_and_ideas_that_come_while_an_answer_is_on_its_way_stay(house, new_page):
    night = storming.begun(storming.called("late"), "throw")
    bo = given.bo().voice_id
    snow = throwing.throw(night, "Snow", by=bo, at=timezone.now()).position
    cleo = new_page(viewport={"width": 390, "height": 844})
    cleo.goto(f"{house.url}/enter/{people.sign_in_link(given.cleo(), at=timezone.now())}")
    cleo.goto(f"{house.url}{night.project.path}wall/")
    box, ideas = cleo.get_by_role("textbox", name="Your idea"), cleo.locator("article.idea")

    with late.answer(cleo, "**/wall/ideas"):
        box.fill("A lamp")
        box.press("Enter")
        box.fill("A song")
        expect(ideas.filter(has_text="A lamp")).to_be_visible()  # the stream was quicker
    expect(ideas.filter(has_text="A lamp")).to_contain_text("Take it back")
    expect(box).to_have_value("A song")
    box.press("Enter")
    expect(ideas).to_have_count(3)

    who = {"by": given.ana().voice_id, "at": timezone.now()}
    manners.hide(night.project, snow, reason="A moment", **who)
    expect(ideas).to_have_count(2)
    with late.answer(cleo, "**/wall/", method="GET") as is_answered:
        manners.restore(night.project, snow, **who)
        is_answered()
        throwing.throw(night, "A swing", by=bo, at=timezone.now())
        expect(ideas.filter(has_text="A swing")).to_be_visible()
    expect(ideas.filter(has_text="Snow")).to_be_visible()
    expect(ideas.filter(has_text="A swing")).to_be_visible()
    expect(ideas).to_have_count(4)
