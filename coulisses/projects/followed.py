"""Who follows a project, and how: rooms that know say so here, for whoever asks."""

from collections.abc import Callable
from typing import Any

from coulisses.people.models import Account
from coulisses.projects.models import Project

Count = Callable[[Project], int]
Ask = Callable[[Project, Account], bool]

_known: dict[str, tuple[Any, Count]] = {}
_asked: list[Ask] = []


def by(name: str, label: Any) -> Callable[[Count], Count]:
    """Say that this function counts those who follow a project in one way: "By letter"."""

    def enrol(count: Count) -> Count:
        _known[name] = (label, count)
        return count

    return enrol


def counts(project: Project) -> list[tuple[str, int]]:
    """Return how many follow a project, in each way that somebody counts."""
    return [(str(label), count(project)) for _, (label, count) in sorted(_known.items())]


def told_by(ask: Ask) -> Ask:
    """Have `ask(project, account)` say whether somebody follows a project in some way."""
    if ask not in _asked:
        _asked.append(ask)
    return ask


def is_followed(project: Project, account: Account) -> bool:
    """Return whether an account follows a project, in any way that somebody knows of."""
    return any(ask(project, account) for ask in _asked)
