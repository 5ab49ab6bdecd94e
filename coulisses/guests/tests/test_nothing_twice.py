"""Whoever made an account has given each thing once, and lost none of it, whatever came first."""

import threading

import pytest
from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from coulisses.cheers import rules as cheers
from coulisses.cheers.models import Cheer, Tally
from coulisses.cheers.queries import mine
from coulisses.credits import gathering
from coulisses.credits.models import Consent, Credit
from coulisses.decisions import queries, rules
from coulisses.decisions.models import Ballot, Decision
from coulisses.decisions.tests.voting import put
from coulisses.lib import ids
from coulisses.people import becoming, holding
from coulisses.people.models import Voice
from coulisses.projects import rules as projects
from coulisses.testing import given as cast
from coulisses.ui import heard
from coulisses.voices.tests.speaking import say, told

pytestmark = pytest.mark.django_db
WORDS = ("courage", "thanks")
acts = some.lists(
    some.tuples(some.sampled_from(["guest", "account"]), some.sampled_from([*WORDS, "a", "b"])),
    max_size=6,
)


def do(boat, entry, decision, voice, what):
    at = timezone.now()
    if what in WORDS:
        cheers.give(boat, entry, what, by=voice, at=at)
    else:
        rules.cast(decision, (what,), by=voice, at=at)


@given(before=acts, after=acts)
@example(before=[("guest", "a"), ("account", "b"), ("guest", "a")], after=[])
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_came_first_each_thing_counts_once_and_none_is_lost(before, after):
    boat, number = cast.project("boat") if not Decision.objects.exists() else at_hand(), ids.new()
    cleo, guest = cast.account(f"Cleo{number}"), cast.guest()
    entry, decision = told(boat), put(boat)
    for one, what in before:
        do(boat, entry, decision, (guest if one == "guest" else cleo).voice_id, what)
    becoming.join(cleo, guest, at=timezone.now())
    cleo.refresh_from_db()
    for one, what in after:  # a page that was open still acts by the guest
        do(boat, entry, decision, (guest if one == "guest" else cleo).voice_id, what)
    gave = {what for _one, what in before + after if what in WORDS}
    assert mine(boat, [entry.position], cleo.voice_id).get(entry.position, set()) == gave
    tallies = Tally.objects.filter(project=boat, position=entry.position, count__gt=0)
    assert dict(tallies.values_list("word", "count")) == dict.fromkeys(gave, 1)
    votes = [what for _one, what in before + after if what not in WORDS]
    decision.refresh_from_db()
    assert decision.turnout == decision.ballots.count() == bool(votes)
    if votes:
        assert queries.of_voice([decision], cleo.voice_id)[decision.pk].choice == votes[-1]
    Decision.objects.filter(pk=decision.pk).update(withdrawn_at=timezone.now())


def at_hand():
    return Decision.objects.select_related("project").first().project


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_who_taps_and_votes_as_they_come_in_has_done_each_once():
    boat, cleo, guest = cast.project(), cast.cleo(), cast.guest()
    entry, decision = told(boat), put(boat)
    say(boat, entry, "I was here", by=cleo)
    ready = threading.Barrier(5)

    def run(act):
        ready.wait()
        for _try in range(20):  # a database may ask one of two to come again
            try:
                act()
                break
            except OperationalError:
                continue
        close_old_connections()
        connection.close()

    jobs = [
        lambda: becoming.join(cleo, guest, at=timezone.now()),
        lambda: do(boat, entry, decision, guest.voice_id, "courage"),
        lambda: do(boat, entry, decision, cleo.voice_id, "courage"),
        lambda: do(boat, entry, decision, guest.voice_id, "a"),
        lambda: do(boat, entry, decision, cleo.voice_id, "a"),
    ]
    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert Cheer.objects.get().voice_id == cleo.voice_id
    assert Tally.objects.get().count == 1
    do(boat, entry, decision, cleo.voice_id, "b")
    decision.refresh_from_db()
    assert decision.turnout == Ballot.objects.count() == 1


def test_of_a_ballot_that_cannot_be_changed_the_first_stands():
    boat, cleo, guest = cast.project(), cast.cleo(), cast.guest()
    decision = put(boat, is_changeable=False)
    rules.cast(decision, ("a",), by=guest.voice_id, at=timezone.now())
    rules.cast(decision, ("b",), by=cleo.voice_id, at=timezone.now())
    becoming.join(cleo, guest, at=timezone.now())
    assert Ballot.objects.get().choice == "a"
    with pytest.raises(rules.AlreadyVoted):
        rules.cast(decision, ("b",), by=cleo.voice_id, at=timezone.now())


def test_credits_shelves_and_consent_follow_whoever_made_an_account():
    boat, cleo, guest = cast.project(), cast.cleo(), cast.guest()
    entry, decision = told(boat), put(boat)
    rules.cast(put(boat), ("a",), by=cleo.voice_id, at=timezone.now())
    Consent.objects.create(
        voice=guest.voice, project=boat, choice="alias", alias="The oar", at=cast.NOON
    )
    do(boat, entry, decision, guest.voice_id, "courage")
    do(boat, entry, decision, guest.voice_id, "a")
    becoming.join(cleo, guest, at=timezone.now())
    assert Voice.objects.filter(became=cleo.voice_id).exists()
    gathering.gather(boat, at=timezone.now())
    lines = Credit.objects.filter(project=boat).exclude(role="maker")
    assert {(one.voice_id, one.role, one.alias) for one in lines} == {
        (cleo.voice_id, "support", "The oar"),
        (cleo.voice_id, "vote", "The oar"),
    }
    kept = {one.name: list(one.rows(cleo)) for one in holding.shelves()}
    assert kept["cheers"] and kept["ballots"] and kept["naming"]


def test_words_of_a_guest_who_joined_the_team_wear_its_badge_and_wait_no_more():
    boat, guest = cast.project(), cast.guest()
    say(boat, told(boat), "I was here before", by=guest)
    dora = cast.account("Dora")
    say(boat, told(boat), "So was I", by=dora)
    becoming.join(dora, guest, at=cast.minutes(1))
    [was] = Voice.objects.filter(became=dora.voice_id)
    assert heard.team_of(boat, {was.pk}) == set()
    projects.join(boat.studio, dora)
    assert heard.team_of(boat, {was.pk, dora.voice_id}) == {was.pk, dora.voice_id}
