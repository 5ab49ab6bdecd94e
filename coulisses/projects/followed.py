"""Who follows a project, and how: rooms that know how many say so here, for its team's figures."""

from collections.abc import Callable
from typing import Any

from coulisses.projects.models import Project

Count = Callable[[Project], int]

_known: dict[str, tuple[Any, Count]] = {}


def by(name: str, label: Any) -> Callable[[Count], Count]:
    """Say that this function counts those who follow a project in one way: "By letter"."""

    def enrol(count: Count) -> Count:
        _known[name] = (label, count)
        return count

    return enrol


def counts(project: Project) -> list[tuple[str, int]]:
    """Return how many follow a project, in each way that somebody counts."""
    return [(str(label), count(project)) for _, (label, count) in sorted(_known.items())]
