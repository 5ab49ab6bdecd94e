"""Dan speaks from his phone; Cleo reads it as it comes, and nothing moves under her eyes."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from playwright.sync_api import expect

from coulisses.manners import rules as manners
from coulisses.moments import pictures
from coulisses.people import rules as people
from coulisses.testing import given, late
from coulisses.testing.checked import checked
from coulisses.voices.models import Word
from coulisses.voices.tests import speaking
from coulisses.voices.tests.pictures import png

MANY = "A line that takes its room on a phone. " * 12


def test_what_dan_says_appears_where_cleo_reads_and_moves_nothing(house, new_page, complaints, axe):
    boat = given.project("mast")
    hull = speaking.told(boat, body=MANY)
    for number in range(4):
        speaking.say(boat, hull, f"{number}: {MANY}", by=given.eve())
    phone = {"viewport": {"width": 390, "height": 844}}
    cleo, dan = new_page(**phone), new_page(**phone)
    cleo.goto(f"{house.url}/enter/{people.sign_in_link(given.cleo(), at=timezone.now())}")
    for page in (cleo, dan):
        page.goto(f"{house.url}{boat.path}{hull.position}")
    first = cleo.locator("#thread-1")
    first.scroll_into_view_if_needed()
    cleo.locator("#thread-4 .say").scroll_into_view_if_needed()
    cleo.wait_for_function("document.fonts.status === 'loaded'")
    stands = cleo.locator("#thread-4 .say").bounding_box()

    dan.get_by_label("Say something").fill("I stay")
    dan.reload()
    expect(dan.get_by_label("Say something")).to_have_value("I stay")  # kept on his device
    dan.get_by_label("Say something").fill("So *round*")
    dan.get_by_role("button", name="Say it").click()
    expect(dan.get_by_label("Your name")).to_be_focused()
    dan.get_by_label("Your name").fill("Dan")
    dan.context.set_offline(True)
    dan.get_by_role("button", name="Say it").click()
    expect(dan.get_by_text("No connection: your words")).to_be_in_viewport()
    dan.context.set_offline(False)
    complaints.clear()  # the browser's, of a line that was cut
    with late.answer(dan, "**/say"):
        dan.get_by_role("button", name="Say it").click()
        dan.get_by_label("Say something").fill("And")
    said = dan.locator("#say-5")
    expect(said.locator("em", has_text="round")).to_be_visible()
    expect(dan.get_by_label("Say something")).to_have_value("And")
    expect(dan.get_by_label("Your name")).to_have_count(0)
    assert dan.evaluate("document.documentElement.scrollWidth") == 390

    dan.locator("#thread-1 [data-answer]").click()
    dan.locator("#answer-1").get_by_label("Your answer").fill("To the first")
    dan.locator("#answer-1").get_by_role("button", name="Answer").click()
    expect(dan.locator("#thread-1 .answers")).to_contain_text("To the first")
    bar = cleo.get_by_role("button", name="new word")
    expect(bar).to_be_visible()
    assert cleo.locator("#thread-4 .say").bounding_box() == stands
    rude = speaking.say(boat, hull, "Rude words", by=given.guest("Eve")).position
    expect(bar).to_contain_text("3 new words")
    manners.hide(boat, rude, reason="Kindly", by=given.ana().voice_id, at=timezone.now())
    expect(dan.locator(f"#say-{rude}")).to_contain_text("Hidden: Kindly")
    bar.click()
    expect(cleo.locator("#thread-1 .answers")).to_contain_text("To the first")
    expect(cleo.locator(f"#say-{rude}")).to_contain_text("Hidden: Kindly")
    axe(cleo)

    said.get_by_text("Take it back …").click()
    said.get_by_role("button", name="Take it back").click()
    expect(dan.locator("#say-5")).to_contain_text("was taken back")
    expect(cleo.locator("#say-5")).to_contain_text("was taken back")
    assert Word.objects.get(position=5).is_gone and checked(boat.room) == 9
    _point(dan, house, boat)

    dan.context.clear_cookies()  # as a browser does after a while: he is asked who he is, here
    complaints.clear()
    dan.get_by_label("Say something").fill("Once more")
    dan.get_by_role("button", name="Say it").click()
    expect(dan.get_by_label("Your name")).to_be_visible()
    expect(dan.get_by_label("Say something")).to_have_value("Once more")
    complaints.clear()  # the browser's, of an answer that is no 200


def _point(page, house, boat):
    """Choose a place in a picture by a tap; it stands as a mark and in words."""
    shown = pictures.keep(boat, [SimpleUploadedFile("hull.png", png(), "image/png")])
    hull = speaking.told(boat, pictures=shown)
    page.goto(f"{house.url}{boat.path}{hull.position}")
    page.get_by_text("A sound, pictures, an attempt, a place").click()
    page.get_by_label("In which file").select_option("Picture 1")
    picture = page.locator(".entry .pictures img")
    box = picture.bounding_box()
    picture.click(position={"x": box["width"] / 2, "y": box["height"] / 4})
    expect(page.get_by_label("From the top")).to_have_value(re.compile(r"^(24\d|25\d|260)$"))
    page.get_by_label("Say something").fill("Here")
    page.get_by_role("button", name="Say it").click()
    expect(page.locator(".marks g:not(.is-chosen)")).to_have_count(1)
    page.locator(".say .spot a", has_text="at the top").click()
    expect(page.locator(".entry .pictures img")).to_have_class("is-meant")
    expect(page).to_have_url(re.compile(f"/{hull.position}$"))
