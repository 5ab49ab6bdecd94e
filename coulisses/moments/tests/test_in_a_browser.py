"""Ana tells from a phone: a photo, a sound she records there, and one big button."""

import io
import re

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from coulisses.log.models import Entry
from coulisses.moments.models import Draft
from coulisses.people import rules as people
from coulisses.testing import browsers, given
from coulisses.testing.checked import checked

HEARING = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture
def browser():
    """A browser with a microphone, in which a tone is always heard."""
    return browsers.kept.with_flags(*HEARING)


def photo():
    raw = io.BytesIO()
    Image.new("RGB", (800, 600), "teal").save(raw, "JPEG")
    return {"name": "canvas.jpg", "mimeType": "image/jpeg", "buffer": raw.getvalue()}


def test_ana_tells_with_a_photo_and_a_sound_from_her_phone(house, new_page, complaints, axe):
    project = given.project("mast")
    phone = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone.goto(f"{house.url}/enter/{people.sign_in_link(given.ana(), at=timezone.now())}")
    phone.goto(f"{house.url}{project.desk}tell/")
    phone.get_by_role("button", name="Tell it").click()
    expect(phone.get_by_text("There is nothing to tell yet")).to_be_visible()
    complaints.clear()  # the browser's, of an answer that is a refusal
    phone.get_by_label("What happened?").fill("The light has *turned*.")
    phone.get_by_label("Pictures").set_input_files(photo())
    phone.get_by_label("What the picture shows").fill("A canvas")
    phone.get_by_role("button", name="Record a sound").click()
    expect(phone.get_by_text(re.compile(r"^0:(0[2-9]|[1-5]\d)$"))).to_be_visible()
    phone.get_by_role("button", name="Stop").click()
    expect(phone.locator(".parts sound-lanes").get_by_role("button", name="Play")).to_be_visible()
    phone.get_by_label("What is heard").fill("A tone")
    expect(phone.get_by_text("Kept.")).to_be_visible()
    assert Draft.objects.get().body == "The light has *turned*."
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    axe(phone)

    phone.context.set_offline(True)
    phone.get_by_label("What happened?").press_sequentially(" And more.")
    expect(phone.get_by_text("No connection")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("Kept.")).to_be_visible()
    complaints.clear()  # of the connection that was lost on purpose

    phone.get_by_role("button", name="See it as others will").click()
    expect(phone.locator("em", has_text="turned").first).to_be_visible()
    axe(phone)
    phone.get_by_role("link", name="Back to writing").click()
    phone.get_by_role("button", name="Tell it").click()
    phone.wait_for_url(f"{house.url}{project.path}3")
    expect(phone.get_by_role("button", name="Play")).to_be_visible()
    entry = Entry.objects.get(log=project.work, position=3)
    assert entry.fact.body == "The light has *turned*. And more."
    assert (entry.fact.pictures[0]["alt"], entry.fact.sound["words"]) == ("A canvas", "A tone")
    assert not Draft.objects.exists() and checked(project.work) == 3
