"""Outlets hear what everybody may hear, once it can no longer be taken back."""

from datetime import timedelta

import pytest

from coulisses.moments import rules as moments
from coulisses.projects import announced
from coulisses.projects import rules as projects
from coulisses.testing import given

pytestmark = pytest.mark.django_db
LATER = given.minutes(60)


def _tell(project, words, **more):
    at = more.pop("at", given.minutes(1))
    return moments.tell(
        project,
        kind="progress",
        body=words,
        by=given.ana().voice_id,
        happened_at=at,
        told_at=at,
        **more,
    )


def test_what_was_told_is_announced_once_its_minute_is_over():
    project = given.project()
    begun = announced.end_of(project)
    told = _tell(project, "The keel is laid.")
    at_once = announced.ready(project, after=begun, at=given.minutes(1.5))
    assert at_once.entries == [] and at_once.upto == begun
    later = announced.ready(project, after=at_once.upto, at=given.minutes(2))
    assert [one.position for one in later.entries] == [told.position]
    assert announced.ready(project, after=later.upto, at=LATER).entries == []


def test_a_rehearsal_and_what_was_told_in_it_are_announced_to_nobody():
    project = given.project(is_raised=False)
    _tell(project, "Nobody sees this yet.")
    assert announced.ready(project, after=0, at=LATER).entries == []
    curtain = projects.raise_curtain(project, by=given.ana().voice_id, at=given.minutes(5))
    project.refresh_from_db()
    after = _tell(project, "Now you do.", at=given.minutes(6))
    heard = announced.ready(project, after=0, at=LATER)
    assert [one.position for one in heard.entries] == [curtain.position, after.position]


def test_the_wings_are_announced_to_nobody():
    project = given.project()
    begun, tier = announced.end_of(project), given.tier(project)
    _tell(project, "For the wings.", audience=tier.pk)
    public = _tell(project, "For all.", at=given.minutes(2))
    heard = announced.ready(project, after=begun, at=LATER + timedelta(hours=2))
    assert [one.position for one in heard.entries] == [public.position]
    assert heard.upto == public.position


def test_many_come_a_read_at_a_time():
    project = given.project()
    begun = announced.end_of(project)
    told = [_tell(project, f"Plank {n}.").position for n in range(5)]
    first = announced.ready(project, after=begun, at=LATER, limit=4)
    assert not first.is_all
    rest = announced.ready(project, after=first.upto, at=LATER, limit=100)
    assert rest.is_all
    assert [one.position for one in [*first.entries, *rest.entries]] == told


def test_a_new_outlet_begins_at_the_end():
    project = given.project()
    told = _tell(project, "Before anybody followed.")
    assert announced.end_of(project) == told.position
