"""Decided: what a maker tells may show what a vote has decided.

Whoever tells asks here which votes wait for that; the room of decisions answers, and says it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from coulisses.log.models import Entry
from coulisses.projects.models import Project


@dataclass(frozen=True)
class Vote:
    """A vote that was answered and shows nowhere yet: its position in the work, what it asked."""

    position: int
    words: str


Ask = Callable[[Project], list[Vote]]
Say = Callable[[Project, int, Entry, datetime], None]

_asks: list[Ask] = []
_says: list[Say] = []


def known_by(ask: Ask) -> Ask:
    """Have `ask(project)` say which votes show nowhere yet, what was answered last first."""
    _asks.append(ask)
    return ask


def said_by(say: Say) -> Say:
    """Have `say(project, vote, entry, at)` tell, by its hand, that an entry shows what it did."""
    _says.append(say)
    return say


def votes(project: Project) -> list[Vote]:
    """Return the votes that what is told now may show, a page of them."""
    return [one for ask in _asks for one in ask(project)]


def show(project: Project, vote: int, entry: Entry, *, at: datetime) -> None:
    """Say that an entry shows what a vote decided, in the transaction that tells it.

    Raises what the room of decisions refuses: a vote without an answer, one that others read.
    """
    for say in _says:
        say(project, vote, entry, at)
