"""What two tabs of Eve do at the same moment: nobody waits for nobody, and every purse is right."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from coulisses.brainstorms import (
    holding,
    throwing,
    voting,
)
from coulisses.brainstorms.models import Dots, Idea, Purse
from coulisses.brainstorms.tests import storming
from coulisses.brainstorms.tests.test_eve_comes_back import ana, idea
from coulisses.brainstorms.tests.test_wall import host
from coulisses.brainstorms.throwing import Throw
from coulisses.projects import unsaying
from coulisses.testing import given


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_who_begins_a_phase_and_who_throws_masked_do_not_wait_for_each_other():
    night = host(storming.called(names="asked"), "throw")
    throws = [Throw("A", given.cleo().voice_id), Throw("B", given.bo().voice_id, without_name=True)]
    held, done = threading.Event(), []

    def throw_them():
        held.wait(60)
        done.extend(throwing.throw_all(night, throws, at=timezone.now()))
        connection.close()

    hall = threading.Thread(target=throw_them)
    hall.start()
    with transaction.atomic():
        holding.hold(night)
        held.set()
        hall.join(0.5)  # until it waits for the phase, and holds no room meanwhile
        idea(night, "C")
    hall.join()
    assert [type(one).__name__ for one in done] == ["Entry", "Entry"] and Idea.objects.count() == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.both_databases
def test_an_idea_that_goes_while_its_dots_are_taken_back_leaves_every_purse_right():
    night, bo = host(storming.called(), "throw"), given.bo().voice_id
    position = idea(night)
    night = host(night, "vote")
    for _ in range(4):
        voting.place(night, position, by=bo, at=timezone.now())

    def take_back():
        for _ in range(4):
            try:
                voting.take_back(night, position, by=bo, at=timezone.now())
            except Exception as failed:
                raised.append(type(failed).__name__)
        connection.close()

    raised = []
    tab = threading.Thread(target=take_back)
    tab.start()
    unsaying.unsay(night.project, position, reason="taken_back", **ana())
    tab.join()
    assert Purse.objects.get().spent == 0 and not Dots.objects.exists()
    assert set(raised) <= {"NoDotThere"}
