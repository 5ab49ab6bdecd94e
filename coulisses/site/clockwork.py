"""The errands of a serving process, with its database connections given back between turns."""

import contextlib
from collections.abc import Iterator

from django.db import connections

from coulisses.host import running
from coulisses.lib.errands import Runner


def runner() -> Runner:
    """Return what runs this house's errands, and keeps in rows how they go."""
    return Runner(_connected, running.Notes().take)


@contextlib.contextmanager
def _connected() -> Iterator[None]:
    try:
        yield
    finally:
        connections.close_all()
