"""Errands look at what moved and at nothing else, and miss nothing, whoever dies in between."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coulisses.log.kinds import Fact, kind
from coulisses.projects import heard, moved, revisions, rows, telling
from coulisses.projects.models import Moved
from coulisses.testing import given

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
READER, OF_ENTRIES = "credits", "notices"


@kind("test.stirred")
class Spoken(Fact):
    """Something that is told, or said under an entry of the work."""

    cue: int


@pytest.fixture
def boat():
    """Return a project beside another, both of which were looked at."""
    boat, _raft = given.project(), given.project("raft")
    look()
    return boat


def look():
    """Look at all there is; return the projects that moved."""
    found = list(moved.awaiting(READER).select_related("project"))
    for one in found:
        moved.looked_at(one)
    return [one.project for one in found]


def tell(boat):
    at, by = given.minutes(5), given.ana().voice_id
    telling.tell(boat, Spoken(cue=1), by=by, happened_at=at, told_at=at)


def say(boat):
    heard.note(boat, Spoken(cue=1), by=given.cleo().voice_id, at=given.minutes(5))


MOVES = {"telling": tell, "saying": say, "beating": heard.stir, "changing": revisions.bump}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_what_moved_is_looked_at_once_and_nothing_else_is(boat, move):
    assert look() == []
    move(boat)
    move(boat)
    assert look() == [boat]
    assert look() == []


def test_who_dies_while_it_is_written_down_or_looked_at_leaves_it_to_the_next(boat, monkeypatch):
    heard.stir(boat)

    def dies(*_projects, **_said):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(rows, "moved", dies)
        moved.awaiting(READER)
    assert not Moved.objects.filter(reader=READER).exists()
    assert [one.project for one in moved.awaiting(READER)] == [
        boat
    ]  # and dies before it has looked
    assert look() == [boat]


def test_what_moves_while_it_is_looked_at_is_looked_at_again(boat):
    heard.stir(boat)
    (one,) = moved.awaiting(READER)
    heard.stir(boat)
    assert len(moved.awaiting(READER)) == 1
    moved.looked_at(one)
    assert look() == [boat]


def test_what_is_put_off_comes_later_or_when_it_moves(boat):
    heard.stir(boat)
    (one,) = moved.awaiting(READER)
    moved.look_again(one, at=timezone.now() + timedelta(hours=1))
    assert look() == []
    heard.stir(boat)
    assert look() == [boat]


def test_a_quiet_house_is_asked_three_short_questions(boat):
    with CaptureQueriesContext(connection) as asked:
        assert not moved.awaiting(READER)
    *counting, _waiting = [one["sql"] for one in asked]
    assert len(counting) == len(moved.COUNTING)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("set local enable_seqscan = off")  # of a few rows it reads all
        plans = [_plan(cursor, one) for one in counting]
    assert [name in plan for name, plan in zip(INDEXES, plans, strict=True)] == [True] * 3, plans


INDEXES = ["log_moved", "project_moved", "pulse_moved"]


def _plan(cursor, query):
    cursor.execute(f"explain {'query plan ' * (connection.vendor == 'sqlite')}{query}")
    return str(cursor.fetchall())


def test_a_beat_alone_has_nobody_write_who_does_not_ask_for_it(boat):
    for one in moved.awaiting(OF_ENTRIES):
        moved.looked_at(one)
    heard.stir(boat)
    assert not moved.awaiting(OF_ENTRIES) and not Moved.objects.exists()
    assert look() == [boat]
