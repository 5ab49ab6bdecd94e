"""Somebody need not read everybody: muted words fold away for them alone, who is blocked is not
answered by."""

import pytest
from django.utils import timezone

from coulisses.doubts import leads
from coulisses.manners import rules
from coulisses.notices.tests import scene
from coulisses.people import becoming, shunning
from coulisses.testing import given
from coulisses.ui import heard
from coulisses.voices.tests.speaking import browser, entry_page, say, told

pytestmark = pytest.mark.django_db
FOLDED = '<details class="shunned">'


def quiet(client, boat, word, act):
    return client.post(f"{boat.path}said/{word.position}/quiet", {"act": act})


@pytest.mark.both_databases
def test_cleo_mutes_eve_from_a_word_and_nobody_else_is_any_the_wiser():
    boat, cleo, eve = given.project(), given.cleo(), given.eve()
    entry = told(boat)
    word = say(boat, entry, "I am a nuisance", by=eve)
    client = browser(cleo)
    assert "Mute" in entry_page(client, boat, entry)
    answer = quiet(client, boat, word, "mute")
    assert answer.status_code == 302 and "#" not in answer["Location"]  # led to, a fold opens
    page = entry_page(client, boat, entry)
    assert FOLDED in page and "I am a nuisance" in page  # a tap away
    for other in (browser(), browser(eve), browser(given.ana())):
        assert FOLDED not in entry_page(other, boat, entry)
    assert "Eve" in client.get("/account/kept-away/").content.decode()
    quiet(client, boat, word, "hear")
    assert FOLDED not in entry_page(client, boat, entry)


def test_what_comes_in_is_known_by_its_mark_on_that_page_alone():
    boat, cleo, eve = given.project(), given.cleo(), given.eve()
    entry = told(boat)
    shunning.shun(cleo.voice_id, eve.voice_id, is_blocked=False, at=given.NOON)
    client, mark = browser(cleo), heard.mark(boat, eve.voice_id)
    assert f'<meta name="muted" content="{mark}"' in entry_page(client, boat, entry)
    assert 'name="muted"' not in entry_page(browser(), boat, entry)
    say(boat, entry, "Here I am", by=eve)
    page = entry_page(browser(), boat, entry)
    assert f'data-by="{mark}"' in page and eve.voice_id not in page
    assert heard.mark(given.project("kite"), eve.voice_id) != mark


def test_who_is_blocked_answers_no_more_and_whoever_is_of_the_team_always_may():
    boat, cleo, eve = given.project(), given.cleo(), given.eve()
    entry = told(boat)
    first, theirs = say(boat, entry, "My thread", by=cleo), say(boat, entry, "Mine", by=eve)
    quiet(browser(cleo), boat, theirs, "block")
    answer = {"words": "And another thing", "to": str(first.position)}
    refused = browser(eve).post(f"{boat.path}{entry.position}/say", answer)
    assert refused.status_code == 403 and "And another thing" in refused.content.decode()
    say(boat, entry, "So I begin a thread of my own", by=eve)
    quiet(browser(cleo), boat, say(boat, entry, "A maker", by=given.bo(), role="maker"), "block")
    say(boat, entry, "All the same", by=given.bo(), to=first.position, role="maker")


def test_who_is_blocked_takes_no_lead_further_by_whatever_voice():
    boat, cleo, eve, guest = given.project(), given.cleo(), given.eve(), given.guest("Harmless")
    doubt = told(boat, "doubt", "Is the red too loud?", asks="advice")
    say(boat, told(boat), "I was here", by=eve)
    now = {"at": timezone.now()}
    lead = leads.offer(boat, doubt, words="Paint it", by=cleo.voice_id, **now)
    shunning.shun(cleo.voice_id, guest.voice_id, is_blocked=True, **now)
    becoming.join(eve, guest, **now)
    for voice in (guest.voice_id, eve.voice_id):
        with pytest.raises(Exception, match="rather not hear"):
            leads.develop(boat, doubt, lead.position, words="No", by=voice, **now)


def test_a_guest_has_a_list_of_their_own_and_a_passer_by_none():
    boat, eve = given.project(), given.eve()
    word = say(boat, told(boat), "I am a nuisance", by=eve)
    gus = browser(given.guest())
    quiet(gus, boat, word, "block")
    assert "blocked" in gus.get("/account/kept-away/").content.decode()
    gus.post("/account/kept-away/", {"voice": eve.voice_id, "act": "hear"})
    assert "Eve" not in gus.get("/account/kept-away/").content.decode()
    assert quiet(browser(), boat, word, "mute").status_code == 401
    assert browser().get("/account/kept-away/").status_code == 401


def test_eve_learns_of_nothing_by_muting_what_she_cannot_read():
    boat, hidden = given.project(), given.project("secret", is_raised=False)
    tier = given.tier(boat, given.cleo())
    entry = told(boat, title="For the wings", audience=tier.pk)
    word = say(boat, entry, "Among us", by=given.cleo())
    eve = browser(given.eve())
    assert quiet(eve, boat, word, "mute").status_code == 404
    assert eve.post(f"{boat.path}said/999/quiet", {"act": "mute"}).status_code == 404
    assert eve.post(f"{hidden.path}said/1/quiet", {"act": "mute"}).status_code == 404
    assert eve.get(f"{boat.path}said/{word.position}/quiet").status_code == 405
    own = say(boat, told(boat), "Mine", by=given.eve())
    assert quiet(eve, boat, own, "mute").status_code == 409
    asked = {"act": "mute"}
    from_afar = eve.post(
        f"{boat.path}said/{own.position}/quiet", asked, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert from_afar.status_code == 403


def test_of_what_is_done_about_somebody_they_are_told_by_whomever():
    boat, cleo, ana = given.project(), given.cleo(), given.ana()
    word = say(boat, told(boat), "Too loud", by=cleo)
    shunning.shun(cleo.voice_id, ana.voice_id, is_blocked=True, at=given.NOON)
    hand = {"by": ana.voice_id, "at": timezone.now()}
    rules.hide(boat, word.position, reason="It hurts", **hand)
    scene.pull()
    assert scene.sentences(cleo) == ["Words of yours in “Boat” were hidden."]
