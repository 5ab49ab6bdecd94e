"""What waits is for the team alone, until it is released, due or dropped."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coulisses.capture import queries, rules, waiting
from coulisses.capture.models import PieceVersion, Unseen, Waiting
from coulisses.capture.refusals import CaptureTooLong, WaitingNotFound
from coulisses.capture.tests.saves import added, changed, save
from coulisses.log.models import Entry, Log
from coulisses.projects.models import Day, Role, Sitting
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def held(number, *changes, **more):
    """A save that waits for a maker's word."""
    return save(number, *changes, policy="hold", **more)


def take(project, *saves):
    """Hand saves in as Ana's agent does."""
    return rules.take(project, saves, by_owner=given.ana().voice_id, at=given.minutes(1_000))


def test_a_held_save_moves_nothing_that_others_see():
    project = given.project()
    before = Log.objects.values().get(pk=project.work_id)
    (row,) = take(project, held(1, added("contract.md", "a")))
    assert isinstance(row, Waiting)
    assert Log.objects.values().get(pk=project.work_id) == before
    assert not PieceVersion.objects.filter(project=project).exists()
    assert Entry.objects.filter(log=project.work).count() == 2
    assert Sitting.objects.get(project=project).last_position == 2
    assert sum(Day.objects.values_list("count", flat=True)) == 2


def test_a_released_save_is_told_like_any_other_and_once():
    project = given.project()
    (row,) = take(project, held(1, added("boat.png", "a")))
    (entry,) = waiting.release(project, [row.pk], at=given.minutes(2_000))
    assert (entry.position, entry.fact.changes[0]["path"]) == (3, "boat.png")
    assert entry.happened_at == given.minutes(1)
    assert queries.waiting(project) == []
    (again,) = take(project, held(1, added("boat.png", "a")))
    assert (again.position, again.is_new) == (3, False)
    with pytest.raises(WaitingNotFound):
        waiting.release(project, [row.pk], at=given.minutes(2_000))
    assert checked(project.work) == 3


@pytest.mark.parametrize("is_dropped", [False, True])
def test_no_difference_from_a_state_that_waits_or_was_dropped_is_shown(is_dropped):
    project = given.project()
    (row,) = take(project, held(1, added("draft.md", "a")))
    if is_dropped:
        waiting.drop(project, [row.pk], at=given.NOON)
        waiting.forget_dropped()
    words = [["=", "kept "], ["-", "the secret ending"], ["+", "another"]]
    (told,) = take(project, save(2, changed("draft.md", "b", "a", words=words)))
    (change,) = told.fact.changes
    assert change["before"] is None
    assert "words" not in change
    assert change["after"]["version"] == "git:b"


def test_released_in_order_the_second_shows_what_changed_since_the_first():
    project = given.project()
    words = [["-", "one"], ["+", "two"]]
    first, second = take(
        project,
        held(1, added("draft.md", "a")),
        held(2, changed("draft.md", "b", "a", words=words)),
    )
    told = waiting.release(project, [second.pk, first.pk], at=given.minutes(2_000))
    assert [one.fact.title for one in told] == ["Save 1", "Save 2"]
    assert told[1].fact.changes[0]["before"]["version"] == "git:a"
    assert not Unseen.objects.exists()


def test_released_alone_the_second_does_not_betray_the_first():
    project = given.project()
    words = [["-", "one"], ["+", "two"]]
    _first, second = take(
        project,
        held(1, added("draft.md", "a")),
        held(2, changed("draft.md", "b", "a", words=words)),
    )
    (told,) = waiting.release(project, [second.pk], at=given.minutes(2_000))
    assert told.fact.changes[0]["before"] is None
    assert "words" not in told.fact.changes[0]


def test_a_delayed_save_is_told_when_it_is_due_and_not_before():
    project = given.project()
    long_ago = timezone.now() - timedelta(days=3)
    later, due = (
        save(number, added(f"{number}.png", f"{number}"), policy="delay", delay=days * 86_400)
        for number, days in ((1, 4), (2, 2))
    )
    rules.take(project, [later, due], by_owner=given.ana().voice_id, at=long_ago)
    assert waiting.release_due() is False
    assert [one.once for one in queries.waiting(project)] == [later.once]
    told = Entry.objects.filter(log=project.work).latest("position")
    assert told.once == due.once
    assert timezone.now() - told.told_at < timedelta(minutes=1)


def test_a_delayed_save_for_members_that_are_no_more_waits_for_a_maker_and_delays_no_other():
    project = given.project()
    tier = given.tier(project)
    late = [
        save(1, policy="delay", delay=60, audience=tier.pk),
        save(2, policy="delay", delay=120),
    ]
    take(project, *late)
    tier.delete()
    waiting.release_due()
    (row,) = queries.waiting(project)
    assert (row.once, row.due_at) == (late[0].once, None)
    assert Entry.objects.filter(log=project.work).latest("position").once == late[1].once


def test_a_held_save_too_long_is_refused_when_it_comes_in():
    project = given.project()
    changes = [
        added(f"{number}.md", f"{number}", words=[["+", "é" * 1_900]]) for number in range(20)
    ]
    with pytest.raises(CaptureTooLong):
        take(project, held(1, *changes))
    assert not Waiting.objects.exists()


@pytest.mark.parametrize("role", ["contributor", ""])
def test_a_clock_stops_with_the_place_of_who_set_it(role):
    project, bo = given.project(), given.bo()
    delayed = save(1, policy="delay", delay=60)
    rules.take(project, [delayed], by_owner=bo.voice_id, at=given.minutes(1))
    hand = Role.objects.filter(studio=project.studio, account=bo)
    hand.update(role=role) if role else hand.delete()
    waiting.release_due()
    assert Waiting.objects.get().due_at is None
    assert checked(project.work) == 2


def test_a_delay_says_how_long_and_nothing_else_does():
    for wrong in ({"policy": "delay"}, {"delay": 5}, {"policy": "hold", "delay": 5}):
        with pytest.raises(ValueError, match="how many seconds"):
            save(1, **wrong)


def test_another_project_cannot_release_or_drop_it():
    project, other = given.project(), given.project("other")
    (row,) = take(project, held(1))
    for verb in (
        lambda: waiting.release(other, [row.pk], at=given.NOON),
        lambda: waiting.drop(other, [row.pk], at=given.NOON),
    ):
        with pytest.raises(WaitingNotFound):
            verb()
    assert [one.pk for one in queries.waiting(project)] == [row.pk]
