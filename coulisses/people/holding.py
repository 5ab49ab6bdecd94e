"""What the house holds of somebody: each room says it of itself, in its `belongings` module.

A room says what it keeps (for whoever asks for all that is theirs), what it lets go of when a name
is taken out, and what stands in the way of somebody's leaving or goes with them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from coulisses.people.models import Account, Voice

Row = dict[str, Any]
Rows = Callable[[Account], Iterator[Row]]
Files = Callable[[Account], Iterator[tuple[str, Path]]]
AtErasure = Callable[[Voice, str, list[str]], None]
BeforeLeaving = Callable[[Account], None]
AtLeaving = Callable[[Account, datetime], None]


@dataclass(frozen=True)
class Shelf:
    """One kind of thing kept of somebody: `rows` are JSON-able, `files` names and where they lie.

    `name` is that of its file in what they take home (lowercase letters, digits, hyphens).
    """

    name: str
    title: Any
    rows: Rows
    files: Files | None = None


@dataclass(frozen=True)
class Keeping:
    """What is kept, why, and how long: a time, or words where it depends."""

    name: str
    what: Any
    why: Any
    how_long: timedelta | Any


_keepings: dict[str, Keeping] = {}
_shelves: dict[str, Shelf] = {}
_at_erasure: list[AtErasure] = []
_before_leaving: list[BeforeLeaving] = []
_at_leaving: list[AtLeaving] = []


def shelf(name: str, title: Any, *, files: Files | None = None) -> Callable[[Rows], Rows]:
    """Say that this function yields what a room keeps of an account, a row at a time."""

    def enrol(rows: Rows) -> Rows:
        _shelves[name] = Shelf(name, title, rows, files)
        return rows

    return enrol


def shelves() -> list[Shelf]:
    """Return all that rooms keep of people, by name."""
    return [_shelves[name] for name in sorted(_shelves)]


def keeps(name: str, what: Any, *, why: Any, how_long: Any) -> None:
    """Say what a room keeps of people, why and how long; the page on privacy says it to all.

    `how_long` is the very constant that the code goes by, or words where it depends.
    """
    _keepings[name] = Keeping(name, what, why, how_long)


def keepings() -> list[Keeping]:
    """Return all that rooms say they keep, by name."""
    return [_keepings[name] for name in sorted(_keepings)]


def at_erasure(duty: AtErasure) -> AtErasure:
    """Have `duty(voice, name, logs)` called in the transaction that takes a name out.

    `name` is the one that goes; `logs` are those in which the voice speaks.
    """
    if duty not in _at_erasure:
        _at_erasure.append(duty)
    return duty


def before_leaving(duty: BeforeLeaving) -> BeforeLeaving:
    """Have `duty(account)` asked whether somebody may leave: it raises a refusal where not."""
    if duty not in _before_leaving:
        _before_leaving.append(duty)
    return duty


def at_leaving(duty: AtLeaving) -> AtLeaving:
    """Have `duty(account, at)` called in the transaction in which an account goes.

    Rows that belong to an account by a cascading key go by themselves.
    """
    if duty not in _at_leaving:
        _at_leaving.append(duty)
    return duty


def erase(voice: Voice, name: str, logs: list[str]) -> None:
    """Take a name out of every room."""
    for duty in _at_erasure:
        duty(voice, name, logs)


def require_free(account: Account) -> None:
    """Raise the first refusal that keeps somebody from leaving."""
    for duty in _before_leaving:
        duty(account)


def let_go(account: Account, at: datetime) -> None:
    """Take out of every room what goes with an account."""
    for duty in _at_leaving:
        duty(account, at)
