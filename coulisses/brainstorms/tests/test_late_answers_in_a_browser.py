"""A slow line at a wall: what is written and heard while an answer is on its way stays."""

from django.utils import timezone
from playwright.sync_api import expect

from coulisses.brainstorms import throwing
from coulisses.brainstorms.tests import storming
from coulisses.manners import rules as manners
from coulisses.people import rules as people
from coulisses.projects.models import Project
from coulisses.testing import given, late


def test_words_and_ideas_that_come_while_an_answer_is_on_its_way_stay(house, new_page):
    night = storming.begun(storming.called("late"), "throw")
    cleo = given.cleo().voice_id
    snow = throwing.throw(night, "Snow", by=cleo, at=timezone.now()).position
    bo = new_page(viewport={"width": 390, "height": 844})
    bo.goto(f"{house.url}/enter/{people.sign_in_link(given.bo(), at=timezone.now())}")
    bo.goto(f"{house.url}{night.project.path}wall/")
    box, ideas = bo.get_by_role("textbox", name="Your idea"), bo.locator("article.idea")

    with late.answer(bo, "**/wall/ideas"):
        box.fill("A lamp")
        box.press("Enter")
        box.fill("A song")
        expect(ideas.filter(has_text="A lamp")).to_be_visible()  # the stream was quicker
    expect(ideas.filter(has_text="A lamp")).to_contain_text("Take it back")
    expect(box).to_have_value("A song")
    box.press("Enter")
    expect(ideas).to_have_count(3)

    # A wall that is closed to others is read anew by those within.
    Project.objects.filter(pk=night.project_id).update(is_room_closed=True)
    bo.reload()
    who = {"by": given.ana().voice_id, "at": timezone.now()}
    manners.hide(night.project, snow, reason="A moment", **who)
    expect(ideas).to_have_count(2)
    with late.answer(bo, "**/wall/", method="GET") as is_answered:
        manners.restore(night.project, snow, **who)
        is_answered()
        throwing.throw(night, "A swing", by=cleo, at=timezone.now())
        expect(ideas.filter(has_text="A swing")).to_be_visible()
    expect(ideas.filter(has_text="Snow")).to_be_visible()
    expect(ideas.filter(has_text="A swing")).to_be_visible()
    expect(ideas).to_have_count(4)
