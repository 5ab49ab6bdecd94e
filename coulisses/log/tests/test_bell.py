"""The bell is heard after commit, here and in other processes, and never stops a writer."""

import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import transaction

from coulisses.log import bell
from coulisses.testing.programs import until_true

LOG, OTHER = "a" * 26, "b" * 26
LISTENER = """
import os, sys, threading
import django
django.setup()
from coulisses.log import bell
bell.listen(lambda log, position: print(f"{log} {position}", flush=True))
print("listens" if bell.is_heard() else "deaf", flush=True)
sys.stdin.read()
"""

pytestmark = pytest.mark.usefixtures("transactional_house")


@contextmanager
def heard():
    rings = []

    def hear(log_id, position):
        if log_id in {LOG, OTHER}:  # what earlier tests rolled back may ring too, and harms nobody
            rings.append((log_id, position))

    bell.listen(hear)
    try:
        yield rings
    finally:
        bell.unlisten(hear)


@contextmanager
def another_process():
    process = subprocess.Popen(
        [sys.executable, "-c", LISTENER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "coulisses.site.settings"},
    )
    try:
        assert process.stdout.readline().strip() == "listens"
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def sockets():
    return list((settings.DATA / "run").glob("bell-*.sock"))


def test_it_rings_after_commit_and_only_then():
    with heard() as rings:
        with transaction.atomic():
            bell.ring(LOG, 1)
            assert rings == []
        assert rings == [(LOG, 1)]


def test_a_transaction_rings_once_for_each_log_with_the_last_position():
    with heard() as rings, transaction.atomic():
        for position in range(1, 200):
            bell.ring(LOG, position)
        bell.ring(OTHER, 7)
    assert sorted(rings) == [(LOG, 199), (OTHER, 7)]


def test_what_was_rolled_back_does_not_silence_what_was_not():
    with heard() as rings, transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            bell.ring(LOG, 1)
            raise ZeroDivisionError
        bell.ring(OTHER, 2)
    assert (OTHER, 2) in rings


def test_a_signal_rings_without_an_entry():
    with heard() as rings:
        bell.signal(LOG)
    assert rings == [(LOG, bell.NO_ENTRY)]


def test_a_signal_is_heard_beside_what_its_transaction_told():
    with heard() as rings, transaction.atomic():
        bell.ring(LOG, 5)
        bell.signal(LOG)
    assert sorted(rings) == [(LOG, bell.NO_ENTRY), (LOG, 5)]


def test_a_listener_that_fails_hurts_nobody():
    def fail(log_id, position):
        raise ZeroDivisionError

    bell.listen(fail)
    try:
        with heard() as rings:
            bell.ring(LOG, 1)
        assert rings == [(LOG, 1)]
    finally:
        bell.unlisten(fail)


def test_another_process_hears_within_a_tenth_of_a_second():
    with another_process() as other:
        took = []
        for position in range(41, 61):
            began = time.monotonic()
            bell.ring(LOG, position)
            assert other.stdout.readline() == f"{LOG} {position}\n"
            took.append(time.monotonic() - began)
        assert min(took) < 0.1  # where nothing else runs, all are


def test_a_process_that_is_busy_hears_of_the_last_ring_nevertheless():
    with another_process() as other:
        for position in range(1, 2001):
            bell.ring(LOG, position)
        last = ""
        reader = threading.Timer(60, other.kill)
        reader.start()
        while last != f"{LOG} 2000\n":
            last = other.stdout.readline()
            assert last, "the last ring was never heard"
        reader.cancel()


def test_the_socket_of_a_dead_process_is_taken_away():
    bell.ring(LOG, 1)  # takes what earlier tests left
    with another_process():
        assert len(sockets()) == 1
    assert len(sockets()) == 1  # killed, it could not
    bell.ring(LOG, 1)
    assert sockets() == []


def test_who_leaves_takes_the_socket_along():
    bell.ring(LOG, 1)  # takes what earlier tests left
    with heard():
        assert bell.is_heard()
        assert len(sockets()) == 1
    assert not bell.is_heard()
    assert sockets() == []


def test_a_data_folder_with_a_long_name_is_heard_too(settings, tmp_path):
    settings.DATA = tmp_path / ("long" * 30) / ("name" * 20)
    with heard() as rings:
        assert bell.is_heard()
        folder = settings.DATA
        code = (
            "import sys, pathlib; import django; django.setup();"
            "from django.conf import settings; settings.DATA = pathlib.Path(sys.argv[1]);"
            "from coulisses.log import bell;"
            "bell.ring('a' * 26, 5)"
        )
        subprocess.run(
            [sys.executable, "-c", code, str(folder)],
            check=True,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "coulisses.site.settings"},
        )
        until_true(lambda: rings, "the ring is heard")
    assert rings == [(LOG, 5)]
