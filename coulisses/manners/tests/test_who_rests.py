"""Who is asked to rest takes part in no other way, by whatever voice; and can still step back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coulisses.cheers.models import Cheer, Here, Wish
from coulisses.cheers.tests.cheering import tap
from coulisses.credits.models import Consent
from coulisses.decisions.models import Ballot
from coulisses.decisions.tests.voting import put, send
from coulisses.manners import rules
from coulisses.manners.models import Resting
from coulisses.people import becoming
from coulisses.projects import gates
from coulisses.projects import rules as projects
from coulisses.projects.models import Hidden
from coulisses.testing import given
from coulisses.voices.tests.speaking import browser, room, say, told

pytestmark = pytest.mark.django_db
HERE = {"headers": {"Sec-Fetch-Site": "same-origin"}}


def rest(boat, voice, *, hours=0, at=None):
    said = {"hours": hours, "reason": "It hurts", "by": given.ana().voice_id}
    return rules.ask_to_rest(boat, voice, **said, at=at or timezone.now())


@pytest.mark.both_databases
def test_eve_who_rests_cheers_votes_is_seen_and_credited_nowhere():
    boat, eve = given.project(), given.eve()
    entry, decision, client = told(boat), put(boat), browser(eve)
    rest(boat, eve.voice_id)
    assert tap(client, boat, entry.position).status_code == 403
    assert send(client, decision, option="a").status_code == 403
    assert client.post(f"{boat.path}here", {"act": "show"}, **HERE).status_code == 403
    claim = {"choice": "alias", "alias": "The captain"}
    assert client.post(f"{boat.path}credits/mine", claim, **HERE).status_code == 403
    attempt = {"words": "My own hull"}
    assert client.post(f"{boat.path}{entry.position}/say", attempt, **HERE).status_code == 403
    for model in (Cheer, Ballot, Here, Wish, Consent):
        assert not model.objects.exists()


def test_who_rests_takes_back_what_they_gave_and_asks_not_to_be_named():
    boat, eve = given.project(), given.eve()
    entry, client = told(boat), browser(eve)
    assert tap(client, boat, entry.position).status_code == 200
    rest(boat, eve.voice_id)
    assert tap(client, boat, entry.position, act="undo").status_code == 200
    assert not Cheer.objects.exists()
    client.post(f"{boat.path}credits/mine", {"choice": "none"}, **HERE)
    assert Consent.objects.get().choice == "none"


def test_a_rest_ends_by_itself_and_holds_in_one_project():
    boat, eve = given.project(), given.eve().voice_id
    rest(boat, eve, hours=1, at=given.NOON)
    with pytest.raises(Exception, match="rest"):
        gates.may_take_part(boat, eve, at=given.minutes(59))
    assert gates.may_take_part(boat, eve, at=given.minutes(61)) == eve
    other = given.project("kite")
    assert gates.may_take_part(other, eve, at=given.NOON) == eve


def test_asking_costs_one_look_at_the_voice_and_one_at_who_rests(django_assert_num_queries):
    boat, eve = given.project(), given.eve().voice_id
    rest(boat, given.guest().voice_id)
    with django_assert_num_queries(2):
        gates.may_take_part(boat, eve, at=given.NOON)


@pytest.mark.parametrize("is_asked_before", [True, False])
def test_eve_does_not_wake_by_making_an_account_or_coming_in(is_asked_before):
    boat, eve, guest = given.project(), given.eve(), given.guest("Harmless")
    for who in (eve, guest):
        tap(browser(who), boat, told(boat).position)
    if is_asked_before:
        rest(boat, guest.voice_id)
        was = becoming.join(eve, guest, at=timezone.now())
    else:
        was = becoming.join(eve, guest, at=timezone.now())
        rest(boat, was)  # from a word that the guest said
    for voice in (was, eve.voice_id):
        with pytest.raises(Exception, match="rest"):
            gates.may_take_part(boat, voice, at=timezone.now())
    rules.let_speak(boat, was)
    assert gates.may_take_part(boat, was, at=timezone.now()) == eve.voice_id


def test_of_two_rests_the_longer_one_holds():
    boat, eve, guest = given.project(), given.eve(), given.guest()
    tap(browser(eve), boat, told(boat).position)
    rest(boat, eve.voice_id, hours=1, at=given.NOON)
    rest(boat, guest.voice_id, hours=24, at=given.NOON)
    becoming.join(eve, guest, at=given.minutes(1))
    assert Resting.objects.get().until == given.NOON + timedelta(hours=24)


def test_whom_ana_takes_into_her_team_rests_no_more():
    boat, eve = given.project(), given.eve()
    rest(boat, eve.voice_id)
    projects.join(boat.studio, eve)
    assert gates.may_take_part(boat, eve.voice_id, at=timezone.now()) == eve.voice_id


def test_where_a_rest_is_refused_the_words_are_not_hidden_either():
    boat = given.project()
    bo = given.bo()
    projects.join(boat.studio, bo, role="contributor")
    word = say(boat, told(boat), "A word of the team", by=bo)
    ana = browser(given.ana())
    form = {"reason": "Not now", "hours": "24"}
    assert ana.post(f"{boat.path}said/{word.position}/hiding", form).status_code == 409
    assert not Hidden.objects.exists() and room(boat) == ["voice.said"]
