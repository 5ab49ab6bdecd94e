"""Two voices become one: a guest makes an account, and what they did goes on under it.

Each room says how what it keeps of a voice passes to another. What a log holds stays as it was
signed: a log knows two voices, and `people` that they are one.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from coulisses.people.models import Voice

Move = Callable[[Voice, Voice, datetime], None]

_moves: list[Move] = []


def moves(duty: Move) -> Move:
    """Have `duty(voice, into, at)` called in the transaction that merges one voice into another."""
    if duty not in _moves:
        _moves.append(duty)
    return duty


@transaction.atomic
def merge(voice: Voice, into: Voice, *, at: datetime) -> None:
    """Pass all that rooms keep of a voice to another."""
    for duty in _moves:
        duty(voice, into, at)
