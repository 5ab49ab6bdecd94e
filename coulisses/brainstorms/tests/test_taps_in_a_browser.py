"""A host taps twice, or lets made-up voices come: a tap is one act, and waves go on."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from coulisses.brainstorms import practising
from coulisses.brainstorms.tests import storming
from coulisses.people import rules as people
from coulisses.testing import given, late


def test_who_taps_twice_skips_no_phase_and_made_up_voices_go_on_coming(house, new_page):
    at = timezone.now()
    night = practising.begin(storming.called("taps"), by=given.ana().voice_id, at=at)
    ana = new_page(viewport={"width": 390, "height": 844})
    ana.goto(f"{house.url}/enter/{people.sign_in_link(given.ana(), at=at)}")
    ana.clock.install(time=at)
    ana.goto(f"{house.url}{night.project.desk}wall/")
    ana.clock.pause_at(at + timedelta(hours=1))  # what waits in the page waits for this test
    sent = []
    ana.on("request", lambda asked: asked.method == "POST" and sent.append(asked.url))

    def is_replaced():
        expect(ana.locator("#practice[data-old]")).to_have_count(0)
        ana.evaluate("document.querySelector('#practice').dataset.old = 1")

    # Twice before the answer, and at once on what came in its place.
    begin, after = (ana.get_by_role("button", name=f"Next: {one}") for one in ("Open", "Throw"))
    with late.answer(ana, "**/wall/phase"):
        begin.click()
        begin.click()
    expect(after).to_have_attribute("aria-disabled", "true")
    after.click(force=True)
    ana.clock.run_for(700)
    expect(after).not_to_have_attribute("aria-disabled", "true")
    after.click()
    expect(ana.get_by_role("button", name="Next: Gather")).to_be_visible()
    assert len(sent) == 2, "each phase was begun once"

    # One tap lets them come again and again, also once the console was read anew in between.
    is_replaced()
    ana.get_by_role("button", name="Let made-up voices come").click()
    for _wave in range(2):
        is_replaced()
        ana.evaluate("document.dispatchEvent(new CustomEvent('heard'))")
        ana.clock.run_for(400)
        is_replaced()
        with ana.expect_response("**/wall/practice/crowd"):
            ana.clock.run_for(4000)
    expect(ana.locator("#latest li").first).to_be_visible()
