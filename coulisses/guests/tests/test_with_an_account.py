"""What a guest gave follows them when they make an account, and nobody else."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from coulisses.guests import sweeping
from coulisses.people import acting, holding
from coulisses.people import rules as people
from coulisses.people.models import Account, Guest, Voice
from coulisses.testing import given
from coulisses.testing.checked import checked
from coulisses.voices.models import Word
from coulisses.voices.tests.speaking import browser, entry_page, say, told

pytestmark = pytest.mark.django_db
JOINING = "/account/guest/joining"


def said_as_gus(boat, entry, words="A keel of oak"):
    client = browser()
    answer = client.post(f"{boat.path}{entry.position}/say", {"words": words, "name": "Gus"})
    assert answer.status_code == 302
    return client


def newcomer(name="Dan"):
    return people.welcome(name=name, email=f"{name}@new.test", at=timezone.now())


@pytest.mark.both_databases
def test_a_new_account_takes_over_the_voice_of_the_guest():
    boat = given.project()
    entry = told(boat)
    client = said_as_gus(boat, entry)
    dan = newcomer()
    client.force_login(dan)
    assert "as <bdi>Gus</bdi>" in client.get("/account/").content.decode()
    client.post(JOINING, {"answer": "yes", "next": boat.path})
    dan = Account.objects.get(pk=dan.pk)
    assert Word.objects.get().voice == dan.voice_id and not Guest.objects.exists()
    page = entry_page(browser(), boat, entry)
    assert "Dan" in page and "Gus" not in page
    assert "left-guest" not in client.get("/account/").content.decode()
    assert checked(boat.room) == 1


@pytest.mark.both_databases
def test_who_spoke_before_keeps_both_and_may_put_either_right():
    boat, cleo = given.project(), given.cleo()
    entry = told(boat)
    say(boat, entry, "I was here", by=cleo)
    client = said_as_gus(boat, entry)
    client.force_login(cleo)
    client.post(JOINING, {"answer": "yes"})
    word = Word.objects.get(position=2)
    assert word.voice != cleo.voice_id
    page = entry_page(browser(), boat, entry)
    assert "Gus" not in page and page.count("Cleo") >= 2
    assert f"said/{word.position}/amendment" in entry_page(client, boat, entry)
    answer = client.post(f"{boat.path}said/{word.position}/amendment", {"words": "Of elm"})
    assert answer.status_code == 302
    [shelf] = [one for one in holding.shelves() if one.name == "said"]
    assert {row["said"]["words"] for row in shelf.rows(cleo) if row["said"]} >= {
        "I was here",
        "A keel of oak",
    }
    [shelf] = [one for one in holding.shelves() if one.name == "terms"]
    assert len(list(shelf.rows(cleo))) == 2
    people.erase_name(cleo.voice, at=timezone.now())
    assert "Cleo" not in entry_page(browser(), boat, entry)
    assert not Voice.objects.filter(name="Gus").exists()


def test_somebody_elses_words_on_a_shared_computer_stay_theirs():
    boat = given.project()
    entry = told(boat)
    client = said_as_gus(boat, entry)
    client.force_login(given.cleo())
    client.post(JOINING, {"answer": "no", "next": "//evil.test/"})
    assert "left-guest" not in client.get("/account/").content.decode()
    assert "Gus" in entry_page(browser(), boat, entry)
    assert client.post(JOINING, {"answer": "yes"}).status_code == 409


def test_eve_takes_over_no_guest_of_another_browser():
    boat = given.project()
    said_as_gus(boat, told(boat))
    gus, eve = Guest.objects.get(), browser(given.eve())
    for said in ({"answer": "yes", "guest": gus.pk}, {"answer": "yes", acting.KEPT: gus.pk}):
        assert eve.post(f"{JOINING}?guest={gus.pk}", said).status_code == 409
    assert browser().post(JOINING, {"answer": "yes"}).status_code in (302, 401)
    assert Guest.objects.get() == gus and gus.voice.became is None


def test_a_session_that_eve_planted_is_not_the_guests():
    boat = given.project()
    entry, eve, gus = told(boat), browser(), browser()
    session = eve.session
    session["planted"] = "yes"
    session.save()
    planted, name = session.session_key, settings.SESSION_COOKIE_NAME
    gus.cookies[name] = eve.cookies[name] = planted
    gus.post(f"{boat.path}{entry.position}/say", {"words": "Hello", "name": "Gus"})
    assert gus.cookies[name].value != planted
    assert acting.KEPT not in eve.session


@pytest.mark.both_databases
def test_guests_who_did_nothing_are_forgotten_after_a_month():
    boat, idle, spoke = given.project(), given.guest("Ida"), given.guest("Gus")
    say(boat, told(boat), "Bonjour", by=spoke)
    young = given.guest("Yun")
    old = timezone.now() - sweeping.STAYS - timedelta(days=1)
    Guest.objects.exclude(pk=young.pk).update(created_at=old)
    Guest.objects.filter(pk=young.pk).update(created_at=timezone.now())
    assert not sweeping.sweep() and not sweeping.sweep()
    assert {one.voice.name for one in Guest.objects.all()} == {"Gus", "Yun"}
    assert not Voice.objects.filter(pk=idle.voice_id).exists()
