"""Settling: what a maker tells may settle a doubt that stands open, or be an attempt at it.

Whoever tells asks here which doubts there are; the room in which doubts live answers, and says it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from coulisses.log.models import Entry
from coulisses.projects.models import Project

SETTLED, TRIED = HOW = "settled", "tried"


@dataclass(frozen=True)
class Doubt:
    """A doubt that is open: its position in the work, and what it is called."""

    position: int
    words: str


Ask = Callable[[Project, datetime], list[Doubt]]
Say = Callable[[Project, int, Entry, str, datetime], None]

_asks: list[Ask] = []
_says: list[Say] = []


def known_by(ask: Ask) -> Ask:
    """Have `ask(project, at)` say which doubts are open, the oldest first, a page of them."""
    _asks.append(ask)
    return ask


def said_by(say: Say) -> Say:
    """Have `say(project, doubt, entry, how, at)` tell, by its hand, what an entry is to a doubt."""
    _says.append(say)
    return say


def doubts(project: Project, *, at: datetime) -> list[Doubt]:
    """Return the doubts that what is told now may settle."""
    return [one for ask in _asks for one in ask(project, at)]


def settle(project: Project, doubt: int, entry: Entry, *, how: str, at: datetime) -> None:
    """Say that an entry settles a doubt, or is an attempt at it, in the transaction that tells it.

    Raises what the room of doubts refuses: one that is over, one that others read.
    """
    for say in _says:
        say(project, doubt, entry, how, at)
