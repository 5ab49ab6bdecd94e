"""Established voices only; and what a machine sends waits for a look, and is never lost."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import signing
from django.utils import timezone

from coulisses.house import rules as house
from coulisses.manners import gates, rules
from coulisses.manners.models import Held
from coulisses.manners.refusals import OnlyEstablished, RoomIsFull, TooSoon
from coulisses.people import unhurried
from coulisses.people.models import Guest
from coulisses.projects import heard
from coulisses.projects.gates import Waits
from coulisses.testing import given
from coulisses.voices.models import Word
from coulisses.voices.tests.speaking import browser, entry_page, say, told

pytestmark = pytest.mark.django_db


def established(boat, days=3):
    rules.choose(boat, looks_at="links", slow=0, rules="", established_days=days)


def touched(seconds, monkeypatch):
    """Return the signed hour of a form that was touched so long ago."""
    then = timezone.now().timestamp() - seconds
    with monkeypatch.context() as patch:
        patch.setattr(signing.time, "time", lambda: then)
        return unhurried.touched()


@pytest.mark.both_databases
def test_only_whose_words_stood_speaks_where_ana_says_so():
    boat, cleo = given.project(), given.cleo()
    entry = told(boat)
    long_ago = given.NOON
    first = say(boat, entry, "I was here", by=cleo, at=long_ago)
    established(boat)
    say(boat, entry, "And still am", by=cleo)
    heard.hide(boat, first.position, reason="It hurts", at=timezone.now())
    with pytest.raises(OnlyEstablished):
        say(boat, entry, "But that was all", by=cleo)  # what she said since is younger
    say(boat, entry, "A maker always", by=given.bo(), role="maker")


def test_an_address_that_was_confirmed_or_a_makers_word_is_enough():
    boat, cleo, guest = given.project(), given.cleo(), given.guest()
    entry = told(boat)
    established(boat)
    for who in (cleo, guest):
        with pytest.raises(OnlyEstablished) as refused:
            say(boat, entry, "Let me in", by=who)
        assert refused.value.where.startswith("/account/")
    EmailAddress.objects.create(user=cleo, email=cleo.email, verified=True, primary=True)
    Guest.objects.filter(pk=guest.pk).update(verified_at=given.NOON)
    for who in (cleo, guest):
        say(boat, entry, "Thank you", by=who)


def test_who_is_new_reads_it_first_and_can_show_an_address_at_once():
    boat, dan = given.project(), browser()
    entry = told(boat)
    established(boat)
    page = entry_page(dan, boat, entry)
    assert "has shown an address" in page
    sent = {"words": "Good morning", "name": "Dan"}
    answer = dan.post(f"{boat.path}{entry.position}/say", sent)
    assert answer.status_code == 403 and "Good morning" in answer.content.decode()
    assert "/account/guest/" in answer.content.decode()
    assert dan.get("/account/guest/").status_code == 200  # he is known until he has


@pytest.mark.parametrize("seconds, waits", [(0, True), (5, False), (3 * 86_400, True)])
def test_words_sent_faster_than_a_person_types_wait(seconds, waits, settings, monkeypatch):
    settings.UNHURRIED_SECONDS = 2
    boat, dan = given.project(), browser()
    entry = told(boat)
    sent = {"words": "Buy", "name": "Dan", "touched": touched(seconds, monkeypatch)}
    answer = dan.post(f"{boat.path}{entry.position}/say", sent)
    assert answer.status_code == (202 if waits else 302)
    assert Held.objects.exists() == waits == (not Word.objects.exists())


@pytest.mark.parametrize("said", [{}, {"touched": "form:forged"}, {"website": "https://x.test"}])
def test_a_machine_is_not_told_that_its_words_wait_for_ana(said, settings, monkeypatch):
    settings.UNHURRIED_SECONDS = 2
    boat, eve = given.project(), browser()
    entry = told(boat)
    sent = {"words": "Buy", "name": "Eve", "touched": touched(9, monkeypatch)} | said
    sent = sent if said else {"words": "Buy", "name": "Eve"}
    assert eve.post(f"{boat.path}{entry.position}/say", sent).status_code == 202
    assert "Buy" in browser(given.ana()).get(f"{boat.desk}manners/").content.decode()
    again = {"words": "Buy more"}
    assert eve.post(f"{boat.path}{entry.position}/say", again).status_code == 202
    guest = Guest.objects.get()
    Guest.objects.filter(pk=guest.pk).update(verified_at=timezone.now())
    assert eve.post(f"{boat.path}{entry.position}/say", again).status_code == 302


def test_pages_that_all_share_hold_no_hour_and_ask_for_one():
    boat = given.project()
    entry = told(boat)
    first, second = entry_page(browser(), boat, entry), entry_page(browser(), boat, entry)
    assert first == second and 'name="touched" value=""' in first
    assert unhurried.is_unhurried({"touched": browser().get("/touched").content.decode()})


def test_whoever_gave_no_name_yet_gets_the_hour_with_the_page(settings, monkeypatch):
    settings.UNHURRIED_SECONDS = 2
    boat, dan = given.project(), browser()
    entry = told(boat)
    answer = dan.post(f"{boat.path}{entry.position}/say", {"words": "Hello", "name": ""})
    assert answer.status_code == 400 and 'name="touched" value="form:' in answer.content.decode()


def test_the_rules_of_the_house_are_the_hosts_to_write_in_both_languages():
    eve, hal = browser(given.eve()), browser(given.host())
    assert "studio" in browser().get("/rules").content.decode()
    said = {"en": "Be *kind*.", "fr": ""}
    assert eve.post("/rules", said).status_code == 403
    assert browser().post("/rules", said).status_code == 401
    assert hal.post("/rules", said).status_code == 302
    for language in ("en", "fr"):
        page = browser().get("/rules", headers={"Accept-Language": language}).content.decode()
        assert '<div class="words" lang="en"><p>Be <em>kind</em>.' in page
    house.say_the_rules(en="Be kind.", fr="Soyez gentils. <script>")
    page = browser().get("/rules", headers={"Accept-Language": "fr"}).content.decode()
    assert "Soyez gentils" in page and "<script>" not in page
    boat = given.project()
    assert 'href="/rules"' in browser().get(f"{boat.path}manners/").content.decode()


def test_what_waits_for_a_look_counts_for_the_pace_and_a_room_holds_so_much_of_it(monkeypatch):
    boat, cleo, eli = given.project(), given.cleo(), given.account("Eli")
    entry, now = told(boat), timezone.now()
    rules.choose(boat, looks_at="everybody", slow=30, rules="")
    with pytest.raises(Waits):
        say(boat, entry, "First", by=cleo, at=now)
    with pytest.raises(TooSoon):
        say(boat, entry, "Second", by=cleo, at=now + timedelta(seconds=5))
    for who, later in ((eli, 5), (cleo, 31)):
        with pytest.raises(Waits):
            say(boat, entry, "Another", by=who, at=now + timedelta(seconds=later))
    monkeypatch.setattr(gates, "MOST_OF_ALL", 3)
    with pytest.raises(RoomIsFull) as full:
        say(boat, entry, "A fourth", by=given.bo(), at=now)
    assert (full.value.status, full.value.wait) == (429, 300) and Held.objects.count() == 3
