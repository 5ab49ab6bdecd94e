"""Counting ballots: pure functions. A ballot is the keys that were chosen; a ranked one in order.

Ballots come as how many there are of each choice, so their order cannot matter. Ties are broken by
lot: of two options the one with the smaller SHA-256 of `lot` and its key goes first, which anybody
can compute again. How an instant run-off goes on is written in docs/decisions/0047.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Choice = tuple[str, ...]
Ballots = Mapping[Choice, int]

NO, YES = "no", "yes"


@dataclass(frozen=True)
class Round:
    """One round of a run-off: who had how many first places; who went `out` after it."""

    totals: dict[str, int]
    out: str = ""


@dataclass(frozen=True)
class Tally:
    """What ballots come to. `totals` of a ranked vote are first places, those of its first round.

    `winner` is empty where nobody voted; `was_drawn` says that a lot was needed for it.
    """

    turnout: int
    totals: dict[str, int]
    winner: str = ""
    was_drawn: bool = False
    rounds: list[Round] = field(default_factory=list)


def count(method: str, keys: Sequence[str], ballots: Ballots, *, lot: bytes) -> Tally:
    """Return the tally of a vote by one of the methods, over these options."""
    turnout = sum(ballots.values())
    if method == "ranked":
        return _run_off(keys, ballots, turnout, lot)
    totals = {key: 0 for key in keys}
    for choice, number in ballots.items():
        for key in choice:
            totals[key] += number
    if not turnout:
        return Tally(turnout, totals)
    if method == "yesno":
        # Half is no majority: without one nothing is decided, and no lot decides it.
        return Tally(turnout, totals, YES if totals[YES] > totals[NO] else NO)
    first = max(totals.values())
    best = [key for key in keys if totals[key] == first]
    return Tally(turnout, totals, min(best, key=lambda key: drawn(lot, key)), len(best) > 1)


def first_places(keys: Sequence[str], ballots: Ballots) -> dict[str, int]:
    """Return how many ballots have each of these options first, of those that they still name."""
    standing, totals = set(keys), {key: 0 for key in keys}
    for choice, number in ballots.items():
        first = next((key for key in choice if key in standing), None)
        if first is not None:
            totals[first] += number
    return totals


def drawn(lot: bytes, key: str) -> bytes:
    """Return the lot that an option draws; the smallest goes first."""
    return hashlib.sha256(lot + key.encode()).digest()


def _run_off(keys: Sequence[str], ballots: Ballots, turnout: int, lot: bytes) -> Tally:
    standing, rounds, was_drawn = list(keys), list[Round](), False
    first = first_places(keys, ballots)
    if not turnout:
        return Tally(turnout, first)
    while True:
        totals = first_places(standing, ballots)
        leader = max(standing, key=lambda key: totals[key])
        if 2 * totals[leader] > sum(totals.values()) or len(standing) == 1:
            rounds.append(Round(totals))
            return Tally(turnout, first, leader, was_drawn, rounds)
        last, is_drawn = _last(standing, totals, rounds, lot)
        was_drawn |= is_drawn
        rounds.append(Round(totals, last))
        standing.remove(last)


def _last(
    standing: Sequence[str], totals: Mapping[str, int], rounds: Sequence[Round], lot: bytes
) -> tuple[str, bool]:
    """Return who goes out: who has fewest; of those, who had fewest before; else by lot."""
    behind = list(standing)
    for said in (totals, *(one.totals for one in reversed(rounds))):
        fewest = min(said[key] for key in behind)
        behind = [key for key in behind if said[key] == fewest]
        if len(behind) == 1:
            return behind[0], False
    return max(behind, key=lambda key: drawn(lot, key)), True
