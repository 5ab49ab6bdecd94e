"""Rings by PostgreSQL's NOTIFY: nothing to run beside the database.

Each NOTIFY takes a lock at its commit, which all of the server's databases share: a house that
hundreds tell in at once does better with a broker. It needs the server itself; poolers that hand
out connections by the transaction deliver nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connections

from coulisses.log.bell import carriers
from coulisses.log.bell.lines import GLANCE, PATIENCE, Line, Say

ALIVE: dict[str, Any] = {
    "connect_timeout": int(PATIENCE),
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}


class Notices(Line):
    """The carrier of `postgres`, the house's own database, or of another by its address."""

    def __init__(self, address: str, call_back: carriers.CallBack) -> None:
        super().__init__(call_back)
        self._address = address if ":" in address else ""

    def _hear(self, *, opened: Callable[[], None]) -> Iterator[str]:
        with self._connected() as connection:
            connection.execute(f"listen {carriers.channel()}")
            opened()
            while True:
                for notice in connection.notifies(timeout=GLANCE):
                    yield notice.payload
                yield ""

    @contextmanager
    def _speaks(self) -> Iterator[Say]:
        with self._connected() as connection:
            yield lambda message: _notify(connection, message)

    def _connected(self) -> "psycopg.Connection[Any]":
        if self._address:
            return psycopg.connect(self._address, autocommit=True, **ALIVE)
        own = connections["default"].get_connection_params()
        own.pop("cursor_factory", None)
        return psycopg.connect(autocommit=True, **{**ALIVE, **own})


def _notify(connection: "psycopg.Connection[Any]", message: str) -> None:
    connection.execute("select pg_notify(%s, %s)", [carriers.channel(), message])
