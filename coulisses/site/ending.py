"""Ending while a house is still being made ready: at once, and as asked."""

import signal
import sys


def at_once() -> None:
    """Take SIGTERM as the wish to end from now on, until the server takes it by itself.

    What was being written is rolled back: the next start goes on from there.
    """
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
