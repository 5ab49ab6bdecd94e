"""What was dropped can be taken back for an hour; then it is gone, and nothing brings it back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import TestCase
from django.utils import timezone

from coulisses.capture import previews, queries, rules, waiting
from coulisses.capture.models import Waiting
from coulisses.capture.refusals import DroppedForGood, WaitingNotFound
from coulisses.capture.tests.saves import added, save
from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.media.models import Version
from coulisses.testing import given

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

AN_HOUR = 60


def held(number, *changes, **more):
    """A save that waits for a maker's word."""
    return save(number, *changes, policy="hold", **more)


def take(project, *saves):
    """Hand saves in as Ana's agent does."""
    return rules.take(project, saves, by_owner=given.ana().voice_id, at=given.NOON)


def kept(project, name="git:a"):
    """Keep a preview of a version, and return where its file stands."""
    shown = {"small": store.Shown(b"x")}
    version = store.keep(project.work, name, reader="picture", facts={}, previews=shown)
    return store.location(version.previews.get())


def forgotten():
    """Let the errand pass, as if what it does were committed."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        return waiting.forget_dropped()


def test_what_is_dropped_leaves_the_tray_and_can_be_taken_back_whole():
    project = given.project()
    (row,) = take(project, held(1, added("boat.png", "a")))
    file = kept(project)
    waiting.drop(project, [row.pk], at=given.NOON)
    assert queries.waiting(project) == []
    lately, _older = queries.dropped(project, since=given.minutes(-1))
    assert [one.pk for one in lately] == [row.pk]
    waiting.take_back(project, [row.pk], at=given.minutes(59))
    (back,) = queries.waiting(project)
    assert (back.pk, back.said, back.dropped_at) == (row.pk, row.said, None)
    assert file.exists()
    (told,) = waiting.release(project, [row.pk], at=given.minutes(60))
    assert told.fact.changes[0]["path"] == "boat.png"


def test_after_an_hour_it_is_gone_for_good_and_says_so():
    project = given.project()
    (row,) = take(project, held(1, added("boat.png", "a")))
    file = kept(project)
    waiting.drop(project, [row.pk], at=given.NOON)
    with pytest.raises(DroppedForGood):
        waiting.take_back(project, [row.pk], at=given.minutes(AN_HOUR))
    assert forgotten() is False
    gone = Waiting.objects.get(pk=row.pk)
    assert (gone.said, gone.is_dropped, gone.dropped_at) == ("", True, None)
    assert not Version.objects.filter(log=project.work).exists()
    assert not file.exists()
    with pytest.raises(DroppedForGood):
        waiting.take_back(project, [row.pk], at=given.minutes(1))


def test_what_was_dropped_just_now_is_not_forgotten():
    project = given.project()
    (row,) = take(project, held(1, added("boat.png", "a")))
    waiting.drop(project, [row.pk], at=timezone.now())
    forgotten()
    assert Waiting.objects.get(pk=row.pk).said == row.said


@pytest.mark.parametrize("is_over", [False, True])
def test_sent_again_it_stays_dropped_within_the_hour_and_after(is_over):
    project = given.project()
    (row,) = take(project, held(1, added("boat.png", "a")))
    waiting.drop(project, [row.pk], at=given.NOON)
    if is_over:
        forgotten()
    (again,) = take(project, save(1, added("boat.png", "a")))
    assert again.is_dropped
    assert queries.once_known(project, [row.once]) == {row.once}
    with pytest.raises(WaitingNotFound):
        waiting.release(project, [row.pk], at=given.minutes(2))
    assert Entry.objects.filter(log=project.work).count() == 2


def test_a_preview_that_comes_within_the_hour_is_kept_for_as_long_and_later_refused():
    project = given.project()
    (row,) = take(project, held(1, added("boat.md", "a")))
    waiting.drop(project, [row.pk], at=given.NOON)
    assert previews.wanted(project, ["git:a"]) == ["git:a"]
    previews.keep(project, "git:a", facts={"reader": "prose"}, previews={"text": b"words"})
    forgotten()
    assert previews.wanted(project, ["git:a"]) == []
    with pytest.raises(store.VersionShredded):
        previews.keep(project, "git:a", facts={"reader": "prose"}, previews={"text": b"words"})


def test_a_state_that_an_entry_or_another_save_shows_keeps_its_preview():
    project = given.project()
    take(project, save(1, added("boat.png", "a")))
    copy, other, last = take(
        project,
        held(2, added("copy.png", "a")),
        held(3, added("other.png", "b")),
        held(4, added("last.png", "b")),
    )
    kept(project, "git:a")
    kept(project, "git:b")
    waiting.drop(project, [copy.pk, other.pk], at=given.NOON)
    waiting.drop(project, [last.pk], at=timezone.now())
    forgotten()
    assert store.known(project.work, ["git:a", "git:b"]) == {"git:a", "git:b"}
    assert waiting.dropped(project, ["git:a", "git:b"]) == set()


def test_what_became_due_while_it_was_dropped_is_held_when_it_comes_back():
    project = given.project()
    soon, later = take(
        project,
        save(1, policy="delay", delay=60),
        save(2, policy="delay", delay=7200),
    )
    waiting.drop(project, [soon.pk, later.pk], at=given.NOON)
    waiting.take_back(project, [soon.pk, later.pk], at=given.minutes(5))
    assert [one.due_at for one in queries.waiting(project)] == [None, later.due_at]


def test_a_clock_is_taken_off_and_nothing_is_told_by_itself():
    project = given.project()
    (row,) = take(project, save(1, policy="delay", delay=60))
    waiting.hold(project, [row.pk])
    waiting.release_due()
    assert [one.due_at for one in queries.waiting(project)] == [None]
    waiting.hold(project, [row.pk])
    waiting.drop(project, [row.pk], at=given.NOON)
    with pytest.raises(WaitingNotFound):
        waiting.hold(project, [row.pk])


def test_eve_takes_nothing_back_and_holds_nothing_of_another_project():
    project, other = given.project(), given.project("other")
    due, dropped = take(project, save(1, policy="delay", delay=60), held(2))
    waiting.drop(project, [dropped.pk], at=given.NOON)
    for verb in (
        lambda: waiting.take_back(other, [dropped.pk], at=given.NOON + timedelta(seconds=1)),
        lambda: waiting.hold(other, [due.pk]),
    ):
        with pytest.raises(WaitingNotFound):
            verb()
    assert Waiting.objects.get(pk=dropped.pk).is_dropped
    assert Waiting.objects.get(pk=due.pk).due_at


def test_the_database_lets_nothing_be_dropped_at_a_time_that_was_not_dropped():
    project = given.project()
    (row,) = take(project, held(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiting.objects.filter(pk=row.pk).update(dropped_at=given.NOON)
