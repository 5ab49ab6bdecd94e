"""The bell by brokers: real servers that come and go, and nobody who rings waits for them."""

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections import deque

import psycopg
import pytest

from coulisses.log.bell import carriers, lines
from coulisses.testing import postgres, programs

LOG, OTHER = "a" * 26, "b" * 26
LISTENER = """
import sys, threading, time
import django
django.setup()
from coulisses.log import bell
def say(words):  # in one piece: two threads speak
    sys.stdout.write(f"{words}\\n")
    sys.stdout.flush()
bell.listen(lambda log, position: say(f"{log or 'every'} {position}"))
def watch():
    was = None
    while True:
        now = bell.is_heard()
        if now != was:
            say("heard" if now else "deaf")
        was = now
        time.sleep(0.01)
threading.Thread(target=watch, daemon=True).start()
sys.stdin.read()
"""


class Listener:
    """Another process of the house; what it has heard is in `said`."""

    def __init__(self, address):
        self.said = deque()
        self.process = subprocess.Popen(
            [sys.executable, "-c", LISTENER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "coulisses.site.settings",
                 "COULISSES_BELL": address},
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.said.append(line.strip())

    def hears(self, line, within=60):
        programs.until_true(lambda: line in self.said, f"{line} of {[*self.said]}", within=within)

    def end(self):
        self.process.kill()
        said = self.process.stderr.read()
        self.process.wait()
        self._reader.join()
        for one in (self.process.stdin, self.process.stdout, self.process.stderr):
            one.close()
        return said


@contextlib.contextmanager
def of_postgres(_folder):
    """Yield an address, what cuts every line there, and what lets them come back."""
    described = postgres.address()
    address = f"postgres://postgres@/postgres?host={described['HOST']}"

    def cut():
        with psycopg.connect(address, autocommit=True) as link:
            link.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where query ilike '%coulisses_%' and pid <> pg_backend_pid()"
            )

    yield address, cut, lambda: None


@contextlib.contextmanager
def of_nats(folder):
    with programs.nats(folder) as server:
        yield f"nats://127.0.0.1:{server.port}", server.kill, server.begin


@contextlib.contextmanager
def of_valkey(folder):
    with programs.valkey(folder) as server:
        yield f"valkey://127.0.0.1:{server.port}/0", server.kill, server.begin


@pytest.mark.parametrize("of", [of_postgres, of_nats, of_valkey])
def test_a_ring_reaches_another_machine_and_a_broker_that_dies_stops_nobody(of, tmp_path):
    with of(tmp_path) as (address, cut, mend):
        own = carriers.make(address, lambda *_: None)
        other = Listener(address)
        try:
            other.hears("heard")
            own.ring(LOG, 1)
            other.hears(f"{LOG} 1")

            took = []
            for position in range(2, 7):
                began = time.monotonic()
                own.ring(LOG, position)
                other.hears(f"{LOG} {position}")
                took.append(time.monotonic() - began)
            assert min(took) < lines.PATIENCE  # a few milliseconds where nothing else runs

            other.said.clear()
            cut()
            other.hears("deaf")
            began = time.monotonic()
            for position in range(7, 1003):
                own.ring(LOG, position)
            # Who tells does not wait for a broker, not even once.
            assert time.monotonic() - began < lines.PATIENCE
            mend()
            other.hears("heard")
            other.hears("every 0")  # some may have been missed: what is kept is forgotten
            own.ring(LOG, 1003)
            own.ring(OTHER, carriers.NO_ENTRY)
            other.hears(f"{LOG} 1003")
            other.hears(f"{OTHER} 0")
        finally:
            said = other.end()
        assert "Traceback" not in said


def test_a_broker_that_was_never_there_stops_nobody_and_is_said_to_be_missing(settings):
    from coulisses.host import health, jobs
    from coulisses.log import bell

    settings.BELL = f"nats://somebody:secret@127.0.0.1:{programs.free_port()}"
    heard = []

    def hear(log_id, position):
        heard.append((log_id, position))

    bell.listen(hear)
    try:
        began = time.monotonic()
        bell._call_back(LOG, 1)
        bell._carrier().ring(LOG, 1)
        assert time.monotonic() - began < lines.PATIENCE
        assert not bell.is_heard()
        assert heard == [(LOG, 1)]  # this process hears itself without any broker
        assert health.of_the_bell() == {"bell": "not heard", "carrier": "nats"}
        said = [
            str(one[1])
            for one in jobs.in_words(
                {"database": "writable", "disk": "has room", "version": "1", **health.of_the_bell()}
            )
        ]
        assert any("nats" in one for one in said)
        assert not any("secret" in one for one in said)
    finally:
        bell.unlisten(hear)


def test_two_houses_at_one_broker_do_not_hear_each_other(settings):
    ours = carriers.channel()
    settings.SECRET_KEY = "another house's"
    assert carriers.channel() != ours
