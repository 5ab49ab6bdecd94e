"""What a form chose, made into a ballot's keys; bounded by what there is to choose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from coulisses.decisions.models import LONGEST_REASON, Decision
from coulisses.decisions.refusals import (
    ChoiceUnknown,
    ChosenTooMany,
    DecisionTooLong,
    NothingChosen,
    RankedTwice,
)
from coulisses.lib.refusals import require
from coulisses.lib.text import clean_line


class Posted(Protocol):
    """What a form sent, as Django holds it."""

    def get(self, name: str, otherwise: str) -> str:
        """Return the last value of a name."""

    def getlist(self, name: str) -> list[str]:
        """Return all values of a name."""


@dataclass(frozen=True)
class Typed:
    """A ballot as a form holds it: keys, or places by key (1, 2 …), a reason, a code.

    `once` is a secret that a page made, so that what is sent twice is known again.
    """

    keys: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    code: str = ""
    once: str = ""

    @classmethod
    def of(cls, decision: Decision, posted: Posted) -> "Typed":
        """Return what a form has sent for a decision."""
        places = {key: posted.get(f"place-{key}", "").strip()[:4] for key in decision.keys}
        return cls(
            keys=tuple(posted.getlist("option")[: len(decision.keys) + 1]),
            places={key: place for key, place in places.items() if place},
            reason=posted.get("reason", ""),
            code=posted.get("code", "")[:100],
            once=posted.get("once", "")[:100],
        )


def chosen(decision: Decision, typed: Typed) -> tuple[str, ...]:
    """Return the keys of a ballot: of a ranked vote in order, else in that of the options.

    Raises ChoiceUnknown, NothingChosen, ChosenTooMany, RankedTwice.
    """
    if decision.method == "ranked":
        return _ranked(typed.places, len(decision.keys))
    require(set(typed.keys) <= set(decision.keys), ChoiceUnknown)
    keys = tuple(key for key in decision.keys if key in typed.keys)
    require(keys, NothingChosen)
    most = most_of(decision)
    require(len(keys) <= most, ChosenTooMany, most=most)
    return keys


def most_of(decision: Decision) -> int:
    """Return how many options a ballot may name."""
    if decision.method in ("single", "yesno"):
        return 1
    return decision.most or len(decision.options)


def reason(said: str) -> str:
    """Return why somebody votes so, on one line. Raises DecisionTooLong."""
    line = clean_line(said)
    require(len(line) <= LONGEST_REASON, DecisionTooLong, most=LONGEST_REASON)
    return line


def _ranked(places: Mapping[str, str], count: int) -> tuple[str, ...]:
    """Return keys by their places; gaps between places say nothing."""
    require(places, NothingChosen)
    known = {str(place): place for place in range(1, count + 1)}
    require(set(places.values()) <= set(known), ChoiceUnknown)
    require(len(set(places.values())) == len(places), RankedTwice)
    return tuple(sorted(places, key=lambda key: known[places[key]]))


def as_places(keys: Sequence[str]) -> dict[str, str]:
    """Return a ranked ballot as a form holds it."""
    return {key: str(place) for place, key in enumerate(keys, start=1)}
