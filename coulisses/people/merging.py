"""Two voices become one: a guest makes an account, and what they did goes on under it.

Each room says how what it keeps of a voice passes to another. What a log holds stays as it was
signed: a log knows two voices, and `people` that they are one.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction

from coulisses.people.models import Voice

Move = Callable[[Voice, Voice, datetime], Iterable[str] | None]
Say = Callable[[set[str]], None]

_moves: list[Move] = []
_says: list[Say] = []


def moves(duty: Move) -> Move:
    """Have `duty(voice, into, at)` called in the transaction that merges one voice into another.

    It may return the ids of projects around which something moved by that.
    """
    if duty not in _moves:
        _moves.append(duty)
    return duty


def said_by(say: Say) -> Say:
    """Have `say(projects)` called last in that transaction, with the ids of those that moved."""
    if say not in _says:
        _says.append(say)
    return say


@transaction.atomic
def merge(voice: Voice, into: Voice, *, at: datetime) -> None:
    """Pass all that rooms keep of a voice to another, then say in which projects that moved."""
    moved = {project for duty in _moves for project in duty(voice, into, at) or ()}
    for say in _says:
        say(moved)
