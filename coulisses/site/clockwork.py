"""The errands of a process: called when something is told, their database connections looked after.

One that looks often keeps its connection where the database is a file; to open it costs more than
the look. A server's connections are given back after each turn: there are never enough of them.
"""

import contextlib
from collections.abc import Iterator

from django.db import connection, connections

from coulisses.host import running
from coulisses.lib.errands import Errand, Runner
from coulisses.log import bell

OFTEN = 20.0  # seconds between two looks


class Clockwork(Runner):
    """Runs this house's errands, and keeps in rows how they go."""

    def __init__(self) -> None:
        super().__init__(_connected, running.Notes().take)

    def start(self, *, only_own: bool = False) -> None:
        """Begin, and hear the bell."""
        super().start(only_own=only_own)
        bell.listen(self._hear)

    def end(self) -> None:
        """Hear no more, and ask all to end."""
        bell.unlisten(self._hear)
        super().end()

    def _hear(self, log_id: str, position: int) -> None:
        if position != bell.NO_ENTRY or log_id == bell.EVERY_LOG:
            self.call()


@contextlib.contextmanager
def _connected(errand: Errand) -> Iterator[None]:
    try:
        yield
    finally:
        if connection.vendor == "sqlite" and errand.rest <= OFTEN:
            connection.close_if_unusable_or_obsolete()
        else:
            connections.close_all()
