"""Which ideas belong together, and which say the same: proposed on the host's own machine.

A proposer is a module with one function, `propose(ideas, told)`; the setting ALIKE of the house
names it. `ideas` are `(position, words)`; it returns a `Proposal`, and may say how far it is by
`told(done, total)`. It runs in a child process that knows neither Django, nor the house's data, nor
its environment: it is given words, and answers with positions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

Idea = tuple[int, str]  # position, words
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Proposal:
    """Families as (name, positions), twins as (position, position, likeness from 0 to 1).

    An idea is in one family at most; of twins the earlier idea comes first.
    """

    families: list[tuple[str, list[int]]] = field(default_factory=list)
    twins: list[tuple[int, int, float]] = field(default_factory=list)


class Proposer(Protocol):
    """What the setting ALIKE names."""

    def propose(self, ideas: Sequence[Idea], told: Told) -> Proposal:
        """Return families and twins; equal for equal ideas, in whatever order they come."""
        ...
