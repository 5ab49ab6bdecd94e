"""A vote in a real browser: one taps, others see that somebody did, an order makes room."""

from django.utils import timezone
from playwright.sync_api import expect

from coulisses.decisions import closing
from coulisses.decisions.models import Ballot
from coulisses.decisions.tests.voting import address, put
from coulisses.lib import ids
from coulisses.testing import given


def test_dan_votes_where_he_stands_and_cleo_sees_that_somebody_did(house, new_page, axe):
    project = given.project(ids.new().lower()[:20])
    decision = put(project, method="ranked", shown="after_vote")
    dan, cleo = new_page(), new_page(viewport={"width": 320, "height": 640})
    for page in (dan, cleo):
        page.set_default_timeout(60_000)
        page.goto(f"{house.url}{address(decision)}")
    axe(cleo)
    dan.get_by_label("Blue", exact=True).select_option("1")
    dan.get_by_label("Red", exact=True).select_option("1")  # Blue makes room
    expect(dan.get_by_label("Blue", exact=True)).to_have_value("2")
    dan.get_by_role("button", name="Further up · Blue").click()
    expect(dan.locator(".ranks label").first).to_have_text("Blue")
    dan.get_by_role("button", name="Vote").click()
    dan.get_by_text("Your vote is in:").wait_for()
    axe(dan)
    assert Ballot.objects.get(decision=decision).choice == "b,a"
    cleo.locator("[data-turnout]", has_text="1 vote").wait_for()
    cleo.get_by_label("Ochre", exact=True).select_option("1")
    cleo.get_by_role("button", name="Vote").click()
    dan.locator("[data-count=c]", has_text="1 vote").wait_for()
    closing.close(decision, by=given.ana().voice_id, at=timezone.now())
    cleo.get_by_text("still to come").wait_for()
    assert cleo.evaluate("document.documentElement.scrollWidth") <= 320
    axe(cleo)
