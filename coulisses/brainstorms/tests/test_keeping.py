"""What people gave goes on the day after it was promised; kept ideas stay where rules say so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coulisses.brainstorms import closing, keeping, settling, throwing, voting
from coulisses.brainstorms.models import (
    Brainstorm,
    Coming,
    Dots,
    Entrance,
    Idea,
    Mask,
    Purse,
)
from coulisses.brainstorms.tests import storming
from coulisses.log.models import Entry
from coulisses.manners.models import Held
from coulisses.projects import giving
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db


def played(game):
    """Return a brainstorm of two ideas, one of them kept, that was to be kept until yesterday."""
    ana, night = given.ana().voice_id, storming.called(names="asked")
    giving.choose(night.project, game, at=given.NOON)
    night = storming.begun(night, "throw")
    for who, words in ((given.cleo(), "A map"), (given.bo(), "A song")):
        throwing.throw(night, words, by=who.voice_id, at=given.NOON, without_name=True)
    night = storming.begun(night, "vote")
    first, second = Idea.objects.order_by("position").values_list("position", flat=True)
    voting.place(night, first, by=given.cleo().voice_id, at=given.NOON)
    night = storming.begun(night, "settle")
    for place, kept in ((first, True), (second, False)):
        settling.settle(
            night, place, is_kept=kept, words="Because", taken_by="Bo", by=ana, at=given.NOON
        )
    for model in (Coming, Entrance):
        model.objects.create(project=night.project, voice=given.cleo().voice, at=given.NOON)
    yesterday = timezone.localtime().date() - timedelta(days=1)
    Brainstorm.objects.update(keeps_until=yesterday)
    return storming.now(night), first


def let_go():
    while keeping.let_go_due():
        pass


def words(night):
    told = night.project.room.entries.filter(kind__in=["idea.thrown", "idea.settled"])
    rows = told.select_related("sealed").order_by("position")
    return [one.fact.words for one in rows if not one.is_shredded]


def test_on_the_day_after_words_masks_dots_and_purses_are_gone(monkeypatch):
    monkeypatch.setattr(keeping, "A_TURN", 1)
    night, _first = played("here")
    let_go()
    assert words(night) == []
    for model in (Dots, Purse, Mask, Coming, Entrance):
        assert not model.objects.exists(), model
    assert not Idea.objects.filter(is_gone=False).exists()
    assert storming.now(night).let_go_at
    assert not keeping.let_go_due()
    checked(night.project.room)


@pytest.mark.parametrize("game", ["kept", "open"])
def test_kept_ideas_stay_where_the_rules_say_so_with_who_threw_them(game):
    night, first = played(game)
    let_go()
    assert words(night) == ["A map", "Because"]
    [stays] = Idea.objects.filter(is_gone=False)
    assert (stays.position, stays.is_kept) == (first, True)
    assert Mask.objects.get().mask_id == stays.voice
    assert not Dots.objects.exists()


@pytest.mark.parametrize(("game", "stays"), [("here", False), ("open", True)])
def test_a_record_says_again_only_what_outlives_the_day(game, stays):
    night, _first = played(game)
    closing.close(night, by=given.ana().voice_id, at=given.NOON)
    let_go()
    told = night.project.work.entries.select_related("sealed").get(kind=keeping.RECORD)
    assert told.is_shredded is not stays
    checked(night.project.work)


def test_words_that_wait_for_a_look_go_too():
    night, _first = played("open")
    Held.objects.create(
        project=night.project, voice=given.cleo().voice, kind="idea.thrown", body={"words": "Hm"},
        at=given.NOON,
    )  # fmt: skip
    let_go()
    assert not Held.objects.exists()


def test_until_the_last_day_nothing_goes():
    night, _first = played("here")
    Brainstorm.objects.update(keeps_until=timezone.localtime().date())
    assert not keeping.let_go_due()
    assert len(words(night)) == 4


@pytest.mark.parametrize(("game", "stays"), [("here", False), ("kept", True)])
def test_what_the_work_tells_of_kept_ideas_goes_where_they_do(game, stays):
    night, _first = played(game)
    told = closing.close(night, by=given.ana().voice_id, at=given.minutes(60))
    let_go()
    entry = Entry.objects.select_related("sealed").get(log=told.log_id, position=told.position)
    assert entry.is_shredded is not stays
    checked(night.project.work)


def test_what_cannot_be_let_go_in_one_brainstorm_holds_up_no_other(caplog):
    night, _first = played("here")
    other = storming.begun(storming.called("dawn"), "throw")
    throwing.throw(other, "A lamp", by=given.cleo().voice_id, at=given.NOON)
    Brainstorm.objects.update(keeps_until=night.keeps_until)
    held_up, gone = sorted((night, other), key=lambda one: one.pk)
    Brainstorm.objects.filter(pk=held_up.pk).update(called_position=99)
    let_go()
    assert words(held_up) and not words(gone)
    assert [one.args[1] for one in caplog.records] == [held_up.pk]
