"""Turns: who failed rests, and what is owed to others goes on meanwhile.

An errand that does some of what many are owed asks those who rest not to be found. Nothing is
lost with this process: what is owed stands in rows, and who looks next tries all of them.
"""

import logging
import time
from collections.abc import Callable

FIRST_REST = 2.0  # seconds after a failure, which the next doubles
LONGEST_REST = 300.0

_logger = logging.getLogger(__name__)


class Turns:
    """The turns of one errand; `name` says in the log what failed."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._resting: dict[str, tuple[int, float]] = {}

    def resting(self) -> list[str]:
        """Return the keys of those who failed, and are tried again later."""
        now = time.monotonic()
        return [key for key, (_times, until) in list(self._resting.items()) if now < until]

    def take(self, key: str, turn: Callable[[], object]) -> None:
        """Take somebody's turn; where it fails that is logged, and they rest, longer each time."""
        times, _until = self._resting.pop(key, (0, 0.0))
        try:
            turn()
        except Exception:
            rest = min(FIRST_REST * 2 ** min(times, 10), LONGEST_REST)
            self._resting[key] = times + 1, time.monotonic() + rest
            _logger.exception("%s failed for %s and will be tried again", self._name, key)
