"""What became of doubts, for their makers' own figures: rooms that know it say so here."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from coulisses.projects.models import Project


@dataclass(frozen=True)
class Answer:
    """Something that a doubt was answered by, or, where it `ends` it, what became of it."""

    position: int
    at: datetime
    ends: str = ""


@dataclass(frozen=True)
class Known:
    """When a doubt was first answered, when and how it ended; None and empty where it was not."""

    answered_at: datetime | None = None
    ended_at: datetime | None = None
    end: str = ""


Ask = Callable[[Project, Collection[int]], Iterable[Answer]]

_asked: list[Ask] = []


def by(ask: Ask) -> Ask:
    """Have `ask(project, positions)` say by what these doubts were answered, in a query or two."""
    if ask not in _asked:
        _asked.append(ask)
    return ask


def known(project: Project, positions: Collection[int]) -> dict[int, Known]:
    """Return what is known of these doubts, by position; of what ends one twice, the last holds."""
    found: dict[int, Known] = {}
    for answer in sorted(_answers(project, positions), key=lambda one: one.at):
        was = found.get(answer.position, Known())
        first = was.answered_at or (None if answer.ends else answer.at)
        ended = (answer.at, answer.ends) if answer.ends else (was.ended_at, was.end)
        found[answer.position] = Known(first, *ended)
    return found


def _answers(project: Project, positions: Collection[int]) -> Iterable[Answer]:
    return [one for ask in _asked for one in ask(project, positions)] if positions else []
