"""In which order a capture shows what was saved together: the most telling first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from coulisses_agent import changes
from coulisses_agent.folder.moved import Moved
from coulisses_agent.git import names
from coulisses_readers import code

RANKS = {"picture": 0, "sound": 1, "document": 2, "figures": 3, "prose": 4, "code": 5}


def ordered(moved: Iterable[Moved]) -> list[Moved]:
    """Return files as a capture shows them: pictures, sound, documents, figures, prose, the rest.

    Among those alike, what has changed more in size goes first, less where machines write.
    """
    return sorted(moved, key=lambda one: (_rank(one), -_estimate(one), one.path))


def _rank(one: Moved) -> int:
    return RANKS.get(changes.reader_of(one.path), 6)


def _estimate(one: Moved) -> float:
    if _rank(one) < RANKS["prose"]:
        return 0
    sizes = [known.stamp.size if known else 0 for known in (one.former, one.now)]
    return (1 + abs(sizes[0] - sizes[1])) * code.tellingness(names.path(one.path))


def lines(change: dict[str, Any]) -> float:
    """Return how much a change changed, in lines, less where machines write."""
    lines = int(change.get("added") or 0) + int(change.get("removed") or 0)
    return lines * code.tellingness(change["path"])
