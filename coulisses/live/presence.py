"""How many follow each project, counted over every process of the house.

Each process keeps its own counts in a small file of `run/` and touches it as a sign of life; the
total is the sum over the living. Nobody's name is in it, and nothing of it outlives the process.
"""

import contextlib
import json
import os
import secrets
import time
from collections import Counter
from pathlib import Path

ALIVE = 5.0  # seconds after which a file that was not touched speaks for nobody
GONE = 60.0  # seconds after which anybody may take it away


class Presence:
    """This process's counts, and the others'."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"wings-{os.getpid()}-{secrets.token_hex(4)}.json"
        self._said: dict[str, int] = {}

    def totals(self, own: dict[str, int]) -> Counter[str]:
        """Say how many follow here, by log id, and return how many follow everywhere."""
        total = Counter(own)
        with contextlib.suppress(OSError):
            self._say(own)
            for path in self._path.parent.glob("wings-*.json"):
                if path != self._path:
                    total.update(_heard(path))
        return total

    def leave(self) -> None:
        """Take this process's counts away."""
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)

    def _say(self, own: dict[str, int]) -> None:
        if own != self._said or not self._path.exists():
            new = self._path.with_suffix(".new")
            new.write_text(json.dumps(own))
            new.replace(self._path)  # never half written to a reader
            self._said = dict(own)
        else:
            self._path.touch()


def _heard(path: Path) -> dict[str, int]:
    try:
        age = time.time() - path.stat().st_mtime
        if age > GONE:
            path.unlink(missing_ok=True)
        return json.loads(path.read_text()) if age < ALIVE else {}
    except (OSError, ValueError):
        return {}


def is_worth_saying(was: int, now: int) -> bool:
    """Return whether a count moved enough to tell: a large house need not hear each newcomer."""
    return abs(now - was) > was // 100
