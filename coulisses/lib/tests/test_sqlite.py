"""Writers of one process go in one after the other, as they came."""

import threading
import time

import pytest
from django.db import OperationalError, connection, transaction

from coulisses.lib.sqlite.base import Door
from coulisses.people.models import Voice


def until(is_so):
    ends = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.002)


def test_whoever_came_first_goes_in_first():
    door, came = Door(), []
    assert door.enter()

    def go_in(name):
        door.enter()
        came.append(name)
        door.leave()

    row = [threading.Thread(target=go_in, args=[name]) for name in "abc"]
    for number, one in enumerate(row):
        one.start()
        until(lambda number=number: door.waiting == number + 1)
    door.leave()
    for one in row:
        one.join(20)
    assert came == ["a", "b", "c"] and door.enter()


def test_whoever_waits_too_long_goes_to_knock_and_is_in_nobodys_way():
    door = Door(patience=0.01)
    assert door.enter() and not door.enter()
    door.leave()
    assert door.enter()


def test_one_who_writes_without_end_lets_another_in(transactional_house):
    names = []

    def write(name):
        with transaction.atomic():
            Voice.objects.create(name=name)
            names.append(name)

    def come():
        write("host")
        connection.close()

    host = threading.Thread(target=come)
    with transaction.atomic():
        Voice.objects.create(name="hall")
        host.start()
        until(lambda: connection.door.waiting == 1)
    write("hall")  # at once, but behind who waited
    host.join(20)
    assert names == ["host", "hall"]


def test_a_transaction_that_fails_leaves_the_door_open(transactional_house):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    with pytest.raises(OperationalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select nothing")
    with transaction.atomic():
        connection.close()  # as of a thread that stumbled
    assert connection.door.enter()
    connection.door.leave()
