"""A real house for a test: the server in a process of its own, the test another one of that house.

What the test appends, with `given` and the rules, it appends to the house's own database; the
bell rings across, as between two web processes.
"""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coulisses.testing import foundations, warm
from coulisses.testing.databases import sqlite, use, use_default

ENDS_WITHIN = 60.0  # seconds: machines that test are busy


class HouseDidNotOpen(Exception):
    """The server ended before it said where it listens; its words are the message."""


class House:
    """A server on a data folder of its own, on a free port of this machine."""

    def __init__(self, data: Path, *options: str) -> None:
        self.data = data
        self.options = options
        self.url = ""
        self._port = "0"
        self._log = data.with_suffix(".log")
        self._server: warm.Process | None = None

    def open(self) -> None:
        """Start, and return when it listens; once started again, it has the same address."""
        foundations.lay(self.data)
        command = ["serve", "--data", str(self.data), "--port", self._port, *self.options]
        with self._log.open("a") as log:
            self._server = warm.Process(command, environment=self.environment(), errors=log)
        found = re.search(r"http://[\w.]+:(\d+)", self._server.stdout.readline())
        if not found:
            raise HouseDidNotOpen(self._log.read_text())
        self.url, self._port = found.group(0), found.group(1)

    def close(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End it and return its exit status. Raises TimeoutExpired where it doesn't end."""
        assert self._server
        self._server.send_signal(how)
        try:
            return self._server.wait(ENDS_WITHIN)
        finally:
            self._server.kill()
            self._server.wait()
            self._server.stdout.close()

    def say(self, *verb: str) -> str:
        """Run a `coulisses` verb on this house; returns what it prints."""
        return warm.say(verb[0], "--data", self.data, *verb[1:], environment=self.environment())

    def complaints(self) -> str:
        """Return all that the server wrote to its standard error."""
        return self._log.read_text()

    def database(self) -> dict[str, Any]:
        """Return Django's description of the house's database."""
        return sqlite(self.data / "house.sqlite3")

    def environment(self) -> dict[str, str]:
        """Return the environment of the house's processes."""
        return {**os.environ, "COULISSES_DATA": str(self.data)}


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Open one house for the tests of a file."""
    opened = House(tmp_path_factory.mktemp("house") / "data")
    opened.open()
    yield opened
    opened.close()


@pytest.fixture
def house(open_house: House, django_db_blocker: Any, settings: Any) -> Iterator[House]:
    """Bring the test into the open house: it may use rules and ledger as a process of it."""
    settings.DATA = open_house.data
    settings.MEDIA_ROOT = str(open_house.data / "media")
    with django_db_blocker.unblock():
        use(open_house.database())
        yield open_house
        use_default()
