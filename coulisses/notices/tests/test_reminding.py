"""A vote that closes soon reminds once whoever takes part, may vote and has not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coulisses.decisions import rules as decisions
from coulisses.decisions.models import Decision
from coulisses.decisions.tests.voting import put
from coulisses.following.tests import scene as followers
from coulisses.notices import reminders
from coulisses.notices.models import Notice, Reminded
from coulisses.notices.tests import scene
from coulisses.people import becoming
from coulisses.projects.models import Project
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def closing(boat, **said):
    """Return a vote that closes within the hour."""
    now = timezone.now()
    made = put(boat, at=now - timedelta(days=3), closes_at=now + timedelta(hours=1), **said)
    return Decision.objects.get(pk=made.pk)


def remind():
    while reminders.remind():
        pass


def reminded():
    return sorted(Notice.objects.filter(log="ends").values_list("voice__name", flat=True))


@pytest.mark.both_databases
def test_who_takes_part_and_has_not_voted_is_reminded_once_in_turns(monkeypatch):
    monkeypatch.setattr(reminders, "A_TURN", 1)
    boat = given.project()
    entry = scene.told(boat)
    for who in (given.cleo(), given.guest(), given.account("Dan")):
        scene.say(boat, entry, "Ahoy", by=who)
    followers.follower(boat, account=given.eve())
    vote = closing(boat)
    decisions.cast(vote, ("a",), by=given.account("Dan").voice_id, at=timezone.now())
    remind(), remind()
    assert reminded() == ["Cleo", "Eve", "Gus"]
    [said] = scene.sentences(given.cleo())
    assert (
        said == "The vote “Which colour for the hull?” in “Boat” closes soon, and yours is not in."
    )
    Reminded.objects.update(reached="", done_at=None)  # a process that died on the way
    remind()
    assert len(reminded()) == 3
    decisions.cast(vote, ("b",), by=given.cleo().voice_id, at=timezone.now())
    assert scene.sentences(given.cleo()) == []  # it is done, and said no more
    Decision.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    assert scene.sentences(given.eve()) == []


def test_who_may_not_vote_or_voted_as_a_guest_is_not_reminded():
    boat, gus, dan = given.project(), given.guest(), given.account("Dan")
    given.tier(boat, given.cleo())
    entry = scene.told(boat)
    for who in (given.cleo(), gus, dan):
        scene.say(boat, entry, "Ahoy", by=who)
    closing(boat, who="members")
    remind()
    assert reminded() == ["Cleo"]
    everybody = closing(boat)
    decisions.cast(everybody, ("a",), by=gus.voice_id, at=timezone.now())
    becoming.join(dan, gus, at=timezone.now())
    remind()
    assert reminded() == ["Cleo", "Cleo"]
    Project.objects.update(withdrawn_at=timezone.now())
    assert scene.sentences(given.cleo()) == []


def test_a_reminder_comes_before_its_vote_is_over():
    boat, cleo = given.project(), scene.proven(given.cleo())
    scene.say(boat, scene.told(boat), "Ahoy", by=cleo)
    # Where it is noon or midnight, so that no morning's letter comes before the end by itself.
    scene.chooses(cleo, mail="daily", zone=f"Etc/GMT+{timezone.now().hour % 12}")
    closing(boat)
    remind(), scene.mailing.write()
    assert "closes soon" in scene.letters()["cleo@far.test"].subject
