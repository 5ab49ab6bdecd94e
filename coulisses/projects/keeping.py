"""Keeping a room from a page of another's: one room has the hands for it, others show them.

Whoever holds a brainstorm on a phone beside the stage looks at what waits, takes down and slows
down there, by the same rules as at the desk.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from coulisses.projects.models import Project


@dataclass(frozen=True)
class Waiting:
    """Words that wait for a look, by their `number`: what they say, by whom, since when.

    They are `is_clean` where nothing in them asks to be looked at twice: no link, no address, no
    number to call.
    """

    number: int
    name: str
    words: str
    at: datetime
    is_clean: bool


class Hands(Protocol):
    """What keeps a room. Each raises what its own page would."""

    def waiting(self, project: Project, *, limit: int) -> list[Waiting]:
        """Return what waits for a look, the oldest first."""

    def count_waiting(self, project: Project) -> int:
        """Return how much waits."""

    def show(self, project: Project, numbers: Collection[int], *, at: datetime) -> int:
        """Let what waits be heard, in the order in which it came; return how much of it."""

    def refuse(self, project: Project, number: int, *, reason: str, by: str, at: datetime) -> None:
        """Say that words which waited are not shown."""

    def hide(
        self,
        project: Project,
        position: int,
        *,
        reason: str,
        by: str,
        at: datetime,
        rest_hours: int | None = None,
    ) -> None:
        """Hide words, and ask whoever said them to rest, where for hours (0: for good)."""

    def restore(self, project: Project, position: int, *, by: str, at: datetime) -> None:
        """Show hidden words again."""

    def hush(
        self, project: Project, voice: str, *, hours: int, reason: str, by: str, at: datetime
    ) -> None:
        """Ask a voice to rest: it learns so by itself, and nobody else about whom it was."""

    def sent_away(self, project: Project) -> set[str]:
        """Return the voices that were asked to rest for good."""

    def pace(self, project: Project) -> int:
        """Return how many seconds pass between two words of one voice."""

    def slow_to(self, project: Project, seconds: int) -> None:
        """Have so many seconds pass between two words of one voice; 0: as they like."""


_hands: list[Hands] = []


def by(hands: Hands) -> None:
    """Say who has the hands."""
    _hands[:] = [hands]


def hands() -> Hands:
    """Return them."""
    return _hands[0]
