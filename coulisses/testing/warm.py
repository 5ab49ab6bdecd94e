"""Houses of tests, begun warm: forked from a process that has read all of a house's code already.

Reading it is most of what a house does in its first seconds, and a run of the tests begins
hundreds. From its command line and its settings on, such a house is the one that
`python -m coulisses` runs.
"""

import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from multiprocessing.connection import Connection
from typing import IO, Any

KINDLED = "coulisses.testing.kindled"

_context: Any = None


class Process:
    """A warm `coulisses` command: as much of subprocess.Popen as the tests use."""

    def __init__(
        self,
        words: Sequence[str],
        *,
        environment: Mapping[str, str],
        errors: IO[str] | None = None,
    ) -> None:
        """Run `coulisses` with these words; `stdout` reads what it prints."""
        reading, writing = os.pipe()
        self.stdout = TextIOWrapper(os.fdopen(reading, "rb"), encoding="utf-8")
        out = Connection(writing, readable=False)
        complaints = Connection(os.dup(errors.fileno() if errors else 2), readable=False)
        given = (list(words), dict(environment), out, complaints)
        self._process = _forked().Process(target=_become, args=given)
        with out, complaints:
            self._process.start()
        self.args = ["coulisses", *words]

    @property
    def pid(self) -> int:
        """Its number."""
        return int(self._process.pid)

    @property
    def returncode(self) -> int | None:
        """How it ended: minus the signal's number where one ended it; None while it runs."""
        return self.poll()

    def poll(self) -> int | None:
        """Return how it ended, None while it runs."""
        return None if self._process.exitcode is None else int(self._process.exitcode)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end, and return how it ended. Raises TimeoutExpired."""
        self._process.join(timeout)
        ended = self.poll()
        if ended is None:
            raise subprocess.TimeoutExpired(self.args, timeout or 0)
        return ended

    def send_signal(self, how: int) -> None:
        """Send it a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, how)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


def run(
    *words: object, environment: Mapping[str, str] = os.environ
) -> subprocess.CompletedProcess[str]:
    """Run `coulisses` with these words to its end; returns how that was and what it said."""
    with tempfile.TemporaryFile("w+") as complaints:
        process = Process([*map(str, words)], environment=environment, errors=complaints)
        with process.stdout:
            said = process.stdout.read()
        ended = process.wait()
        complaints.seek(0)
        return subprocess.CompletedProcess(process.args, ended, said, complaints.read())


def say(*words: object, environment: Mapping[str, str] = os.environ) -> str:
    """Run `coulisses` with these words to its end; returns what it prints.

    Raises AssertionError where it fails, with what it complained of.
    """
    done = run(*words, environment=environment)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def _forked() -> Any:
    """Return the context whose first process reads the code, and forks itself from then on."""
    global _context
    if _context is None:
        _context = multiprocessing.get_context("forkserver")
        _context.set_forkserver_preload([KINDLED])
    return _context


def _become(
    words: list[str], environment: dict[str, str], out: Connection, errors: Connection
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(out.fileno(), 1)
    os.dup2(errors.fileno(), 2)
    out.close()
    errors.close()
    _forget_settings()
    sys.argv = ["coulisses", *words]
    runpy.run_module("coulisses", run_name="__main__")


def _forget_settings() -> None:
    """Let settings be read when they are asked for, in this house's own environment."""
    from django.conf import settings
    from django.db import connections
    from django.utils import timezone
    from django.utils.functional import empty

    assert KINDLED in sys.modules  # what fails while it is read would be left out in silence
    sys.modules.pop(os.environ["DJANGO_SETTINGS_MODULE"], None)
    settings._wrapped = empty
    del connections["default"]
    vars(connections)["_settings"] = None
    vars(connections).pop("settings", None)
    kept: Any = timezone.get_default_timezone
    kept.cache_clear()
