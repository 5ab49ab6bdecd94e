"""Pace: how often somebody may do something, counted in this process alone and written nowhere."""

import threading
import time
from collections import OrderedDict

from coulisses.lib.calm import TooOften
from coulisses.lib.refusals import require


class Bucket:
    """Lets everybody do something `most` times at once, and then once in `each` seconds.

    It remembers `kept` names, those that came last.
    """

    def __init__(self, most: int, *, each: float, kept: int = 10_000) -> None:
        self._most, self._each, self._kept = most, each, kept
        self._full_at: OrderedDict[str, float] = OrderedDict()  # when each is as at first again
        self._lock = threading.Lock()

    def require(self, name: str, *, now: float | None = None) -> None:
        """Count a try; raises TooOften."""
        now = time.monotonic() if now is None else now
        with self._lock:
            full_at = max(self._full_at.pop(name, now), now) + self._each
            beyond = full_at - now - self._most * self._each
            self._full_at[name] = full_at if beyond <= 0 else full_at - self._each
            if len(self._full_at) > self._kept:
                self._full_at.popitem(last=False)
        require(beyond <= 0, TooOften, seconds=beyond)

    def forget(self) -> None:
        """Begin anew with everybody."""
        with self._lock:
            self._full_at.clear()
