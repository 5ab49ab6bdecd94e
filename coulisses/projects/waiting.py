"""What waits for a word of the team: rooms say what they have, the desk shows it, oldest first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coulisses.projects.models import Project


@dataclass(frozen=True)
class Waiting:
    """Something that a voice gave and nobody of the team has answered yet.

    `words` are its first, `place` is where one answers, below the project's address; `key` names it
    among what its room has.
    """

    key: str
    voice: str
    words: str
    place: str
    at: datetime


Ask = Callable[[Project, int], Iterable[Waiting]]
Count = Callable[[Project], int]

_asked: dict[str, tuple[Any, Ask, Count]] = {}


def by(name: str, label: Any, count: Count) -> Callable[[Ask], Ask]:
    """Have `ask(project, limit)` return the oldest that waits, and `count(project)` how many do."""

    def enrol(ask: Ask) -> Ask:
        _asked[name] = label, ask, count
        return ask

    return enrol


def oldest(project: Project, *, limit: int) -> list[tuple[str, Waiting]]:
    """Return what has waited longest, each with the words for what it is."""
    found = [
        (str(label), one) for label, ask, _count in _asked.values() for one in ask(project, limit)
    ]
    return sorted(found, key=lambda one: one[1].at)[:limit]


def count(project: Project) -> int:
    """Return how many wait for a word."""
    return sum(counted(project) for _label, _ask, counted in _asked.values())
