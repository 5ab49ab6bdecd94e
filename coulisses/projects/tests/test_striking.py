"""Striking a rehearsal: marked, spared or shredded in the breath in which the curtain rises."""

import pytest

from coulisses.log.models import Entry
from coulisses.log.refusals import EntryNotFound
from coulisses.moments import rules as moments
from coulisses.pins import rules as pins
from coulisses.projects import rules, striking
from coulisses.projects.face_refusals import NothingToStrike, OnlyInRehearsal
from coulisses.projects.models import Sitting, Struck
from coulisses.sittings import rules as sittings
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


@pytest.fixture
def dory():
    project = given.project("dory", is_raised=False)
    for number in range(3):
        at = given.minutes(number)
        told = {"by": given.ana().voice_id, "happened_at": at, "told_at": at}
        moments.tell(project, kind="note", title=f"Note {number}", **told)
    return project


def who(minutes=9):
    return {"by": given.ana().voice_id, "at": given.minutes(minutes)}


def words_of(project):
    rows = Entry.objects.filter(log=project.work, kind__startswith="moment")
    return [row.position for row in rows.order_by("position") if not row.is_shredded]


@pytest.mark.both_databases
def test_what_is_struck_is_shredded_when_the_curtain_rises_with_what_was_said_of_it(dory):
    moments.amend(dory, 3, title="Note 1, better", body="", **who(5))
    pins.pin(dory, 3, **who(6))
    striking.strike(dory, 3)
    striking.strike(dory, 3)
    assert striking.doomed(dory) == [3, 5]
    assert words_of(dory) == [2, 3, 4, 5]
    rules.raise_curtain(dory, **who())
    assert words_of(dory) == [2, 4]
    assert not Struck.objects.exists()
    last = list(Entry.objects.filter(log=dory.work).order_by("position"))[-3:]
    assert [one.kind for one in last] == ["entry.shredded", "entry.shredded", "curtain.raised"]
    assert last[0].fact.reason == striking.REASON
    checked(dory.work)


def test_what_is_spared_stays(dory):
    striking.strike(dory, 3)
    striking.spare(dory, 3)
    striking.spare(dory, 3)
    rules.raise_curtain(dory, **who())
    assert words_of(dory) == [2, 3, 4]


def test_what_is_shredded_meanwhile_does_not_hinder_the_curtain(dory):
    striking.strike(dory, 3)
    rules.shred(dory, 3, reason="at once", **who(5))
    assert striking.doomed(dory) == []
    rules.raise_curtain(dory, **who())
    checked(dory.work)


def test_a_title_over_a_sitting_can_be_struck_and_stays_when_its_first_entry_goes(dory):
    titled = sittings.title(dory, 1, "Ana and Bo quarrel", **who(5))
    striking.strike(dory, 2)
    assert striking.doomed(dory) == [2]
    striking.strike(dory, titled.position)
    rules.raise_curtain(dory, **who())
    assert not Sitting.objects.filter(project=dory).exclude(title="").exists()


def test_what_opens_a_project_or_only_speaks_of_others_cannot_be_struck(dory):
    pins.pin(dory, 3, **who(5))
    rules.shred(dory, 4, reason="gone", **who(6))
    for position in (1, 4, 5):
        with pytest.raises(NothingToStrike):
            striking.strike(dory, position)
    with pytest.raises(EntryNotFound):
        striking.strike(dory, 99)


def test_nothing_is_struck_once_the_curtain_is_up(dory):
    rules.raise_curtain(dory, **who())
    for act in (striking.strike, striking.spare):
        with pytest.raises(OnlyInRehearsal):
            act(dory, 2)
