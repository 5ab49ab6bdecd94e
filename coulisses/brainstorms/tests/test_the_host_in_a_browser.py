"""A host on a phone drives a hall: what is tapped beside the stage is seen from the last row."""

from django.utils import timezone
from playwright.sync_api import expect

from coulisses.brainstorms import throwing
from coulisses.brainstorms.models import Brainstorm
from coulisses.lib import ids
from coulisses.people import rules as people
from coulisses.projects.gates import Waits
from coulisses.testing import given


def test_a_console_on_a_phone_drives_a_screen_and_a_wall(house, new_page, axe, complaints):
    project = given.project(ids.new().lower()[:20], title="How do we ride in the dark?")
    night = Brainstorm.objects.create(project=project)
    host = new_page(viewport={"width": 390, "height": 844})
    hall = new_page(viewport={"width": 1280, "height": 720})
    host.goto(f"{house.url}/enter/{people.sign_in_link(given.ana(), at=timezone.now())}")
    host.goto(f"{house.url}{project.desk}wall/")
    hall.goto(f"{house.url}{project.path}wall/screen/")
    expect(hall.get_by_role("heading", name=project.title)).to_be_visible()
    axe(host)
    for name in ("Next: Open", "Next: Throw"):
        host.get_by_role("button", name=name).click()
    expect(hall.get_by_text("The first idea is yours.")).to_be_visible()

    # What is thrown waits on the phone; let be heard, it is in the hall, without a page load.
    host.evaluate("document.body.dataset.stays = 1")
    for words in ("A map of empty streets", "See www.soap.test"):
        _throw(night, words)
    expect(host.get_by_text("look twice")).to_be_visible()
    host.get_by_role("button", name="Show all that are clean").click()
    expect(hall.locator("[data-idea]")).to_contain_text("A map of empty streets")
    expect(host.locator("#latest")).to_contain_text("A map of empty streets")
    # What comes while a button of the console has the focus stands there, too.
    _throw(night, "See www.rope.test")
    expect(host.locator("#waiting")).to_contain_text("www.rope.test")
    for words in ("www.soap.test", "www.rope.test"):
        one = host.locator("#waiting li", has_text=words)
        one.get_by_role("button", name="Don’t show it").first.click()
        expect(one).to_have_count(0)
    expect(host.get_by_text("Nothing waits.")).to_be_visible()
    axe(hall)

    # The screen is the host's: one idea, black, and the course again with the next phase.
    host.get_by_role("button", name="Show it big").click()
    expect(hall.locator("#screen")).to_have_attribute("data-scene", "idea")
    host.get_by_role("button", name="Black").click()
    expect(hall.locator("#screen")).to_have_attribute("data-scene", "black")
    host.get_by_text("Take down …").click()
    host.locator("#latest").get_by_role("button", name="Take it down").click()
    expect(host.get_by_role("alert")).to_contain_text("Say why")
    host.get_by_role("button", name="Stop everything").click()
    expect(host.get_by_text("Everything stands still.")).to_be_visible()
    host.get_by_role("button", name="Go on").click()
    host.get_by_role("button", name="Next: Gather").click()
    expect(hall.locator("#screen")).to_have_attribute("data-scene", "families")
    assert host.evaluate("document.body.dataset.stays") == "1"
    assert host.evaluate("document.documentElement.scrollWidth") <= 390
    axe(host)
    assert all("400" in one for one in complaints)  # what was taken down without a reason
    complaints.clear()


def _throw(night, words):
    of = Brainstorm.objects.select_related("project__studio", "project__room").get(pk=night.pk)
    try:
        throwing.throw(of, words, by=given.cleo().voice_id, at=timezone.now())
    except Waits:
        return
    raise AssertionError("it did not wait")
