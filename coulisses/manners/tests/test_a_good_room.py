"""A room is kept: what waits, what is hidden and why, who rests; and all of it can be read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coulisses.log.models import Entry
from coulisses.manners import rules
from coulisses.manners.models import Closed, Held, Manners, Resting
from coulisses.manners.refusals import (
    AskedToRest,
    EnoughWaits,
    NotSaid,
    ReasonNeeded,
    TeamSpeaksFreely,
    TooManyAtOnce,
    TooSoon,
)
from coulisses.projects.gates import Waits
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses.voices.models import Word
from coulisses.voices.tests.speaking import browser, entry_page, room, say, told

pytestmark = pytest.mark.django_db


def choose(boat, **said):
    return rules.choose(boat, **{"looks_at": "links", "slow": 0, "rules": "", **said})


def hide(boat, word, reason="It hurts somebody", **said):
    act = dict(by=given.ana().voice_id, at=timezone.now())
    return rules.hide(boat, word.position, reason=reason, **act, **said)


@pytest.mark.both_databases
def test_a_newcomers_link_waits_and_is_heard_once_ana_has_looked():
    boat, cleo = given.project(), given.cleo()
    entry = told(boat)
    with pytest.raises(Waits):
        say(boat, entry, "See https://example.org/oars", by=cleo)
    assert not Word.objects.exists()
    ana = browser(given.ana())
    page = ana.get(f"{boat.desk}manners/").content.decode()
    assert "example.org/oars" in page and "Cleo" in page
    held = Held.objects.get()
    ana.post(f"{boat.desk}manners/waiting/{held.pk}")
    assert "example.org/oars" in entry_page(browser(), boat, entry)
    assert not Held.objects.exists()
    say(boat, entry, "And https://example.org/sails", by=cleo)  # she is no newcomer any more
    assert ana.post(f"{boat.desk}manners/waiting/{held.pk}").status_code == 404
    assert checked(boat.room) == 2


@pytest.mark.parametrize(
    "words",
    [
        "[oars [of ash]](//example.org)",
        "[oars]\n\n[oars]: &#104;ttps&#58;//example.org",
        "[oars][1]\n\n[1]: //example.org",
        "<mailto:oars@example.org>",
    ],
)
def test_a_newcomers_link_waits_however_it_is_spelled(words):
    boat = given.project()
    with pytest.raises(Waits):
        say(boat, told(boat), words, by=given.cleo())
    say(boat, told(boat), "[sic] I < 3 oars, a[0] and <b>", by=given.cleo())


def test_why_members_words_are_hidden_or_refused_is_told_to_members_alone():
    boat, cleo, act = given.project(), given.cleo(), dict(by=given.ana().voice_id)
    wings = given.tier(boat, cleo)
    entry = told(boat, audience=wings.pk)
    hide(boat, say(boat, entry, "The keel is cracked", by=cleo), "The keel is a secret",
         rest_hours=1)  # fmt: skip
    choose(boat, looks_at="everybody")
    Resting.objects.all().delete()
    with pytest.raises(Waits):
        say(boat, entry, "The keel, again", by=cleo)
    rules.refuse(Held.objects.get(), reason="That keel is a secret", at=timezone.now(), **act)
    acts = Entry.objects.filter(log=boat.room, topic="manners")
    assert set(acts.values_list("audience", flat=True)) == {wings.pk} and acts.count() == 3
    assert "keel" not in browser().get(f"{boat.path}manners/").content.decode()
    assert "secret" in browser(cleo).get(f"{boat.path}manners/").content.decode()


def test_nobody_is_asked_to_rest_for_what_nobody_said():
    with pytest.raises(NotSaid):
        rules.ask_to_rest(
            given.project(), "", hours=1, reason="x", by=given.ana().voice_id, at=given.NOON
        )


@pytest.mark.parametrize(
    "looks_at, waits", [("links", ""), ("guests", "g"), ("newcomers", "gc"), ("everybody", "gce")]
)
def test_whose_words_wait_is_the_teams_choice(looks_at, waits):
    boat, cleo, guest, old = given.project(), given.cleo(), given.guest(), given.account("Eli")
    entry = told(boat)
    say(boat, entry, "I was here before", by=old)
    choose(boat, looks_at=looks_at)
    for key, who in (("g", guest), ("c", cleo), ("e", old)):
        if key in waits:
            with pytest.raises(Waits):
                say(boat, entry, "Bonjour", by=who)
        else:
            say(boat, entry, "Bonjour", by=who)


def test_no_more_than_a_few_words_of_one_voice_wait():
    boat, cleo = given.project(), given.cleo()
    choose(boat, looks_at="everybody")
    entry = told(boat)
    for number in range(5):
        with pytest.raises(Waits):
            say(boat, entry, f"{number}", by=cleo)
    with pytest.raises(EnoughWaits):
        say(boat, entry, "once more", by=cleo)


def test_whoever_waits_for_a_look_finds_their_words_and_nobody_else_does():
    boat, cleo = given.project(), given.cleo()
    choose(boat, looks_at="everybody")
    entry = told(boat)
    with pytest.raises(Waits):
        say(boat, entry, "Of the keel", by=cleo)
    assert "Of the keel" in entry_page(browser(cleo), boat, entry)
    for other in (browser(), browser(given.eve())):
        assert "Of the keel" not in entry_page(other, boat, entry)
    assert "Of the keel" not in entry_page(browser(cleo), boat, told(boat))
    rules.release(Held.objects.select_related("project").get(), at=timezone.now())
    assert entry_page(browser(cleo), boat, entry).count("Of the keel") == 1


def test_what_is_not_let_through_goes_with_a_reason_that_names_nobody():
    boat, cleo = given.project(), given.cleo()
    choose(boat, looks_at="everybody")
    entry = told(boat)
    with pytest.raises(Waits):
        say(boat, entry, "Buy my oars", by=cleo)
    ana, held = browser(given.ana()), Held.objects.get()
    place = f"{boat.desk}manners/waiting/{held.pk}"
    assert ana.post(place, {"act": "refuse", "reason": " "}).status_code == 400
    ana.post(place, {"act": "refuse", "reason": "No advertising"})
    acts = browser().get(f"{boat.path}manners/").content.decode()
    assert "No advertising" in acts
    assert "Cleo" not in acts and "my oars" not in acts


def test_hidden_words_are_read_by_their_author_and_the_team_and_come_back():
    boat, cleo, dan = given.project(), given.cleo(), browser()
    entry = told(boat)
    word = say(boat, entry, "You are all fools", by=cleo)
    ana = browser(given.ana())
    place = f"{boat.path}said/{word.position}/hiding"
    ana.post(place, {"reason": "It hurts somebody"})
    seen = entry_page(dan, boat, entry)
    assert "fools" not in seen and "It hurts somebody" in seen
    assert "fools" not in dan.get(f"{boat.path}said/{word.position}/").content.decode()
    assert "fools" in entry_page(browser(cleo), boat, entry)
    assert "fools" in entry_page(ana, boat, entry)
    ana.post(place, {"act": "restore"})
    assert "fools" in entry_page(dan, boat, entry)
    assert room(boat) == ["voice.said", "word.hidden", "word.restored"]
    acts = dan.get(f"{boat.path}manners/").content.decode()
    assert "shown again" in acts and "fools" not in acts and "Cleo" not in acts


def test_whoever_is_asked_to_rest_reads_why_and_speaks_again_later():
    boat, cleo = given.project(), given.cleo()
    entry, now = told(boat), timezone.now()
    word = say(boat, entry, "Fools", by=cleo)
    ana = browser(given.ana())
    said = {"reason": "Take a walk", "hours": "24"}
    ana.post(f"{boat.path}said/{word.position}/hiding", said)
    with pytest.raises(AskedToRest):
        say(boat, entry, "But", by=cleo)
    answer = browser(cleo).post(f"{boat.path}{entry.position}/say", {"words": "But why"})
    assert answer.status_code == 403
    assert "Take a walk" in answer.content.decode() and "But why" in answer.content.decode()
    read = entry_page(browser(cleo), boat, entry)
    assert "The team asks you to rest until" in read and "Take a walk" in read
    assert "asks you to rest" not in entry_page(browser(), boat, entry)
    say(boat, entry, "Here I am", by=cleo, at=now + timedelta(hours=25))
    ana.post(f"{boat.desk}manners/resting/{cleo.voice_id}")
    assert not Resting.objects.exists()


def test_one_of_the_team_is_never_asked_to_rest():
    boat = given.project()
    with pytest.raises(TeamSpeaksFreely):
        by = given.ana().voice_id
        bo = given.bo().voice_id
        rules.ask_to_rest(boat, bo, hours=1, reason="Hush", by=by, at=timezone.now())


def test_a_closed_thread_says_so_keeps_what_was_typed_and_opens_again():
    boat, cleo = given.project(), given.cleo()
    entry, ana = told(boat), browser(given.ana())
    ana.post(f"{boat.path}{entry.position}/closing", {"reason": "All is said"})
    closed = entry_page(browser(), boat, entry)
    assert "All is said" in closed
    assert 'name="words"' not in closed, "a form that would be refused"
    answer = browser(cleo).post(f"{boat.path}{entry.position}/say", {"words": "One thing more"})
    assert answer.status_code == 409
    assert "One thing more" in answer.content.decode()
    ana.post(f"{boat.path}{entry.position}/closing", {"act": "reopen"})
    assert not Closed.objects.exists()
    say(boat, entry, "One thing more", by=cleo)


def test_a_slow_room_lets_each_voice_speak_at_its_pace():
    boat, cleo, eli = given.project(), given.cleo(), given.account("Eli")
    entry, now = told(boat), timezone.now()
    choose(boat, slow=30)
    say(boat, entry, "First", by=cleo, at=now)
    with pytest.raises(TooSoon):
        say(boat, entry, "Second", by=cleo, at=now + timedelta(seconds=5))
    say(boat, entry, "And I", by=eli, at=now + timedelta(seconds=5))
    say(boat, entry, "Second", by=cleo, at=now + timedelta(seconds=31))


def test_a_flood_ends_after_a_few_words_and_hits_nobody_else():
    boat, cleo, eli = given.project(), given.cleo(), given.account("Eli")
    entry = told(boat)
    for number in range(8):
        say(boat, entry, f"{number}", by=cleo)
    with pytest.raises(TooManyAtOnce):
        say(boat, entry, "again", by=cleo)
    say(boat, entry, "A word", by=eli)


def test_an_act_needs_a_reason_and_words_to_act_on():
    boat, cleo = given.project(), given.cleo()
    word = say(boat, told(boat), "Hello", by=cleo)
    with pytest.raises(ReasonNeeded):
        hide(boat, word, reason="  ")
    act = hide(boat, word)
    with pytest.raises(NotSaid):
        rules.hide(boat, act.position, reason="x", by=given.ana().voice_id, at=timezone.now())


def test_the_team_chooses_at_the_desk_and_everybody_reads_the_rules():
    boat, ana = given.project(), browser(given.ana())
    chosen = {"looks_at": "newcomers", "slow": "30", "rules": "Be *kind*."}
    assert ana.post(f"{boat.desk}manners/", chosen).status_code == 302
    kept = Manners.objects.get()
    assert (kept.looks_at, kept.slow, kept.rules) == ("newcomers", 30, "Be *kind*.")
    page = browser().get(f"{boat.path}manners/").content.decode()
    assert "<em>kind</em>" in page and "30 seconds" in page
    wrong = ana.post(f"{boat.desk}manners/", {**chosen, "looks_at": "nobody"})
    assert wrong.status_code == 422 and "Be *kind*." in wrong.content.decode()


def test_eve_keeps_no_room_that_is_not_hers():
    boat, cleo = given.project(), given.cleo()
    entry = told(boat)
    word = say(boat, entry, "Hello", by=cleo)
    choose(boat, looks_at="guests")
    with pytest.raises(Waits):
        say(boat, entry, "Hello", by=given.guest())
    held, before = Held.objects.get(), Entry.objects.count()
    fay = given.fay(boat.studio)
    for who in (None, given.eve(), cleo, fay):
        eve = browser(who)
        for place in (
            f"{boat.path}said/{word.position}/hiding",
            f"{boat.path}{entry.position}/closing",
            f"{boat.desk}manners/",
            f"{boat.desk}manners/waiting/{held.pk}",
            f"{boat.desk}manners/resting/{cleo.voice_id}",
        ):
            answer = eve.post(place, {"reason": "mine now", "looks_at": "links", "slow": "0"})
            assert answer.status_code in (401, 403, 404), (who, place)
    from_elsewhere = browser(given.ana())
    from_elsewhere.defaults["HTTP_SEC_FETCH_SITE"] = "cross-site"
    place = f"{boat.path}said/{word.position}/hiding"
    assert from_elsewhere.post(place, {"reason": "x"}).status_code == 403
    assert Entry.objects.count() == before
    assert Held.objects.exists() and not Closed.objects.exists()


def test_what_was_done_in_a_rehearsal_is_nobodys_to_read():
    quiet = given.project("quiet", is_raised=False)
    assert browser().get(f"{quiet.path}manners/").status_code == 404
