"""Two processes read the same log, and one is killed in the middle: each entry is found once."""

import os
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context

import pytest
from django.db import connection

from coulisses.search import feeding, rows, settling
from coulisses.search.models import Bookmark, Slip
from coulisses.search.tests.files import read as read_files
from coulisses.search.tests.files import write
from coulisses.search.tests.looking import find, shred, tell
from coulisses.testing import given

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("transactional_house")]


def test_two_processes_and_a_shredding_at_once_leave_each_entry_found_once():
    project = given.project()
    told = [tell(project, f"wave {number}", at=number) for number in range(40)]

    def follow(_number):
        try:
            while feeding.turn(project, limit=3):
                pass
        finally:
            connection.close()

    def shred_some(_number):
        try:
            for entry in told[::8]:
                shred(project, entry.position)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(lambda do: do(0), [follow, shred_some, follow]))
    feeding.catch_up(project.pk)
    gone = {entry.position for entry in told[::8]}
    kept = Counter(Slip.objects.filter(project=project).values_list("position", flat=True))
    expected = {entry.position for entry in told} - gone
    assert {one for one in kept if one > 2} == expected and set(kept.values()) == {1}
    assert len(find("wave 7").hits) == 1 and len(find("wave 8").hits) == 0


def test_two_processes_that_settle_and_a_shredding_at_once_leave_what_holds_now():
    project = given.project()
    told = [write(project, n, f"zebra{n} heron", path=f"f{n % 4}.md") for n in range(12)]
    feeding.catch_up(project.pk)

    def do(what):
        try:
            what()
        finally:
            connection.close()

    def shred_some():
        for entry in (told[8], told[4], told[11]):
            shred(project, entry.position)

    def settle():
        settling.settle(project.pk)

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(do, [settle, shred_some, settle]))
    read_files(project)
    found = [bool(find(f"zebra{number}").hits) for number in range(12)]
    assert [number for number in range(12) if found[number]] == [0, 7, 9, 10]
    assert len(find("heron").hits) == 4


def test_killed_in_the_middle_of_a_turn_the_index_goes_on_where_it_was(monkeypatch):
    project = given.project()
    for number in range(5):
        tell(project, f"wave {number}", at=number)
    feeding.turn(project, limit=3)
    connection.close()
    insert = rows.insert

    def insert_and_die(slips):
        insert(slips)
        os.kill(os.getpid(), signal.SIGKILL)

    with monkeypatch.context() as here:
        here.setattr(rows, "insert", insert_and_die)
        dying = get_context("fork").Process(target=feeding.catch_up, args=[project.pk])
        dying.start()
        dying.join()
    assert dying.exitcode == -signal.SIGKILL
    assert (len(find("wave").hits), Bookmark.objects.get().position) == (1, 3)
    feeding.catch_up(project.pk)
    assert (len(find("wave").hits), Bookmark.objects.get().position) == (5, 7)
    assert Slip.objects.filter(project=project).count() == 6
