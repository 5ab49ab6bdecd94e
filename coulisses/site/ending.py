"""Ending while a house is still being made ready: at once, and as asked."""

import signal
import sys
import threading

_wished = threading.Event()


def at_once() -> None:
    """Take SIGTERM as the wish to end from now on: what runs is left there.

    What was being written is rolled back: the next start goes on from there.
    """
    signal.signal(signal.SIGTERM, _leave)


def soon() -> None:
    """Only note the wish from now on: an event loop that is left while it begins never ends."""
    signal.signal(signal.SIGTERM, lambda _number, _frame: _wished.set())


def is_wished() -> bool:
    """Whether the wish has come, even where nothing can be raised: while an object is let go of."""
    return _wished.is_set()


def _leave(_number: int, _frame: object) -> None:
    _wished.set()
    sys.exit(0)
