"""That something was said around a project is told to those who may know of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coulisses.log import ledger
from coulisses.moments.kinds import MomentTold
from coulisses.projects import heard, signals
from coulisses.testing import given

pytestmark = pytest.mark.django_db


def say(project, *, audience=ledger.PUBLIC):
    fact = MomentTold(kind="note", title="Round")
    by, now = given.cleo().voice_id, timezone.now()
    return heard.note(project, fact, by=by, at=now, audience=audience).position


def around(project, audiences, *, ago=5):
    since = timezone.now() - timedelta(seconds=ago)
    return signals.changed(project, audiences=audiences, since=since).get("around")


def test_streams_hear_of_the_newest_words_and_not_how_many_there_are():
    boat = given.project()
    assert around(boat, ledger.OUTSIDE) is None
    say(boat)
    newest = say(boat)
    assert around(boat, ledger.OUTSIDE) == newest
    assert around(boat, ledger.OUTSIDE, ago=-5) is None


def test_eve_is_not_told_when_members_speak():
    boat = given.project()
    circle = given.tier(boat, given.cleo())
    public = say(boat)
    hushed = say(boat, audience=circle.pk)
    assert around(boat, ledger.EVERYTHING) == hushed
    assert around(boat, ledger.OUTSIDE | {circle.pk}) == hushed
    assert around(boat, ledger.OUTSIDE) == public
