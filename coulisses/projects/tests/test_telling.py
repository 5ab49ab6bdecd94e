"""Sittings partition the log; days count what is public."""

from datetime import timedelta

import pytest

from coulisses.projects.kinds import CurtainRaised, EntryShredded
from coulisses.projects.models import Day, Sitting
from coulisses.projects.telling import LONGEST, tell
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.both_databases


def told(project, minutes, fact=None, **more):
    at = given.minutes(minutes)
    return tell(
        project,
        fact or CurtainRaised(),
        by=given.ana().voice_id,
        happened_at=at,
        told_at=at,
        **more,
    )


def sittings(project):
    rows = Sitting.objects.filter(project=project).order_by("first_position")
    return [(row.first_position, row.last_position, row.count) for row in rows]


def test_a_pause_of_more_than_two_hours_begins_another_sitting():
    project = given.project()
    for minutes in (10, 90, 200, 330):
        told(project, minutes)
    assert sittings(project) == [(1, 5, 5), (6, 6, 1)]


def test_the_past_told_afterwards_sits_where_it_happened():
    project = given.project()
    told(project, -60 * 24 * 30, past=True)
    told(project, -60 * 24 * 30 + 30, past=True)
    assert sittings(project) == [(1, 2, 2), (3, 4, 2)]


def test_a_sitting_knows_how_long_the_work_had_lasted_before_it():
    project = given.project()
    wings = given.tier(project)
    for minutes in (10, 90, 400, 460, 455, 900):
        told(project, minutes)
    told(project, 2000, audience=wings.pk)
    told(project, 2100)
    rows = Sitting.objects.filter(project=project).order_by("first_position")
    lasted = [row.ended_at - row.started_at for row in rows]
    assert [row.worked_before for row in rows] == [
        sum(lasted[:number], timedelta()) for number in range(len(lasted))
    ]
    assert rows.last().worked == timedelta(minutes=90 + 60)


def test_quiet_entries_and_members_entries_move_nothing_that_others_see():
    project = given.project()
    wings = given.tier(project)
    before = Sitting.objects.get(project=project)
    told(project, 600, fact=EntryShredded(about=1, reason=""))
    told(project, 700, audience=wings.pk)
    after = Sitting.objects.get(project=project)
    assert (after.count, after.started_at, after.ended_at) == (
        before.count,
        before.started_at,
        before.ended_at,
    )
    assert after.last_position == 4
    assert Day.objects.get(project=project).count == 2


def test_a_sitting_never_grows_beyond_its_page():
    project = given.project()
    for number in range(LONGEST + 5):
        told(project, number / 100)
    assert [count for _, _, count in sittings(project)] == [LONGEST, 7]
    assert checked(project.work) == LONGEST + 7


def test_days_sum_weights_and_marks():
    project = given.project()
    told(project, 60, weight=41)
    told(project, 24 * 60)
    first, second = Day.objects.filter(project=project).order_by("on")
    assert (first.count, first.weight, first.first_position) == (3, 43, 1)
    assert (second.on - first.on, second.count) == (timedelta(days=1), 1)


def test_a_key_said_twice_counts_once():
    project = given.project()
    told(project, 5, once="k")
    told(project, 5, once="k")
    assert sittings(project) == [(1, 3, 3)]
