"""Silent rounds of a whole hall: thrown in turns, in their order, once, whatever happens."""

import threading

import pytest
from django.db import connection, transaction

from coulisses.brainstorms import closing, deriving, hosted, silence, throwing
from coulisses.brainstorms.models import Brainstorm, Idea, Unheard
from coulisses.brainstorms.refusals import RoundIsFull
from coulisses.brainstorms.tests import storming
from coulisses.lib.turns import Turns
from coulisses.projects import withdrawing
from coulisses.testing import given
from coulisses.testing.checked import checked

pytestmark = pytest.mark.django_db
SAID = [f"Idea {number}" for number in range(7)]


class Killed(Exception):
    """What ends a process in the middle."""


@pytest.fixture
def hall(monkeypatch):
    """A round of seven ideas, by three people, of which two are thrown in one turn."""
    monkeypatch.setattr(silence, "A_TURN", 2)
    night = storming.begun(storming.called(), "throw", is_silent=True)
    voices = [given.account(name).voice_id for name in ("Cleo", "Bo", "Dora")]
    for number, words in enumerate(SAID):
        throwing.throw(night, words, by=voices[number % 3], at=given.NOON)
    return night


def words(of):
    return [one.fact.words for one in storming.told(of)]


def throw_all():
    while silence.throw_owed():
        pass


@pytest.mark.both_databases
def test_a_hall_is_thrown_in_turns_and_a_turn_that_is_broken_off_is_taken_again(hall):
    night = storming.begun(hall, "gather")
    assert words(night) == SAID[:2] and night.phase == "gather"
    assert silence.throw_owed() and words(night) == SAID[:4]
    with pytest.raises(Killed), transaction.atomic():
        silence.throw_owed()
        raise Killed
    assert words(night) == SAID[:4] and Unheard.objects.count() == 3
    throw_all()
    assert words(night) == SAID and not Unheard.objects.exists()
    assert not storming.now(night).owed_until and not silence.throw_owed()
    assert checked(night.project.room) == len(SAID) + 2
    standing = list(Idea.objects.order_by("position").values_list("position", "voice"))
    deriving.replay(night.project)
    assert standing == list(Idea.objects.order_by("position").values_list("position", "voice"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_two_processes_that_throw_at_once_throw_nothing_twice_while_others_throw(hall):
    night, cleo = storming.begun(hall, "throw"), given.cleo().voice_id

    def process():
        throw_all()
        connection.close()

    processes = [threading.Thread(target=process) for _ in range(2)]
    for one in processes:
        one.start()
    throwing.throw(night, "Between", by=cleo, at=given.NOON)
    for one in processes:
        one.join()
    assert [one for one in words(night) if one != "Between"] == SAID
    assert len(words(night)) == len(SAID) + 1 and checked(night.project.room)


def test_the_next_silent_round_begins_while_the_one_before_is_thrown(hall):
    night = storming.begun(hall, "throw", is_silent=True)
    throwing.throw(night, "Of the next", by=given.cleo().voice_id, at=given.NOON)
    assert hosted.counts(night).unheard == 1, "what is owed is written no more, but thrown"
    throw_all()
    assert words(night) == SAID and Unheard.objects.count() == 1
    throwing.throw(night, "Again", by=given.bo().voice_id, at=given.NOON)
    storming.begun(night, "vote")
    assert words(night) == [*SAID, "Of the next", "Again"]


def test_what_is_about_to_be_thrown_counts_in_what_it_came_to(hall):
    told = closing.close(hall, by=given.ana().voice_id, at=given.minutes(5))
    assert (told.fact.ideas, told.fact.voices) == (len(SAID), 3)
    throw_all()
    assert Idea.objects.count() == len(SAID)


def test_nothing_is_owed_by_a_work_that_is_withdrawn(hall):
    night = storming.begun(hall, "gather")
    withdrawing.at_once(night.project, by=given.ana().voice_id, at=given.minutes(5))
    assert not Unheard.objects.exists()
    throw_all()
    assert not Brainstorm.objects.exclude(owed_until=0).exists() and Idea.objects.count() == 2


def test_a_round_holds_so_much_and_says_so_by_name(hall, monkeypatch):
    monkeypatch.setattr(silence, "MOST_OF_ALL", len(SAID))
    with pytest.raises(RoundIsFull) as full:
        throwing.throw(hall, "One more", by=given.ana().voice_id, at=given.NOON)
    assert (full.value.status, full.value.wait) == (429, 60)
    assert Unheard.objects.count() == len(SAID)


def test_what_cannot_be_thrown_in_one_brainstorm_holds_up_no_other(hall, monkeypatch, caplog):
    night, other = storming.begun(hall, "gather"), storming.called("dawn")
    other = storming.begun(other, "throw", is_silent=True)
    for said in SAID:
        throwing.throw(other, said, by=given.cleo().voice_id, at=given.NOON)
    other = storming.begun(other, "gather")
    held_up, goes_on = sorted((night, other), key=lambda one: one.pk)
    kept = dict(silence.owed(held_up).values_list("pk", "body"))
    silence.owed(held_up).update(body={"words": "Idea", "unknown": True})
    throw_all()
    assert words(goes_on) == SAID and words(held_up) == SAID[:2]
    assert [one.args[1] for one in caplog.records] == [held_up.pk]
    assert silence.owed(held_up).count() == len(kept) == 5 and not silence.throw_owed()
    for pk, body in kept.items():
        Unheard.objects.filter(pk=pk).update(body=body)
    monkeypatch.setattr(silence, "_turns", Turns("a house that begins anew"))
    throw_all()
    assert words(night) == words(other) == SAID
