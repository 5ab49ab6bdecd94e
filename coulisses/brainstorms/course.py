"""The course of a brainstorm: which phase follows which, and what its clock says."""

from dataclasses import dataclass
from datetime import datetime, timedelta

CALLED, OPEN, THROW, GATHER, VOTE, SETTLE, ENDED = (
    "called",
    "open",
    "throw",
    "gather",
    "vote",
    "settle",
    "ended",
)
PHASES = (CALLED, OPEN, THROW, GATHER, VOTE, SETTLE, ENDED)
PLAYED = PHASES[1:-1]  # those that a host begins; the first is before, the last after all


@dataclass(frozen=True)
class Clock:
    """What is left of a phase: until `ends_at`, or `left` while it stands still; else no end."""

    ends_at: datetime | None = None
    left: timedelta | None = None

    @property
    def is_stopped(self) -> bool:
        """Whether everything stands still."""
        return self.left is not None

    def is_over(self, at: datetime) -> bool:
        """Whether its time has run out."""
        return self.ends_at is not None and self.ends_at <= at

    def stopped(self, at: datetime) -> "Clock":
        """Return it as it stands still at a time; what has no end has none either way."""
        if self.ends_at is None:
            return Clock()
        return Clock(left=max(self.ends_at - at, timedelta()))

    def resumed(self, at: datetime) -> "Clock":
        """Return it as it runs on from a time."""
        return Clock(at + self.left) if self.left is not None else self

    def extended(self, by: timedelta, at: datetime) -> "Clock":
        """Return it with more time, from now on where it was over."""
        if self.left is not None:
            return Clock(left=self.left + by)
        return Clock(max(self.ends_at, at) + by) if self.ends_at else self


def comes_after(phase: str, other: str) -> bool:
    """Return whether a phase comes later than another in the course."""
    return PHASES.index(phase) > PHASES.index(other)


def next_of(phase: str) -> str:
    """Return the phase that a host begins next; empty where none is left."""
    after = PHASES[PHASES.index(phase) + 1 :]
    return after[0] if after else ""


def began(minutes: float | None, at: datetime) -> Clock:
    """Return the clock of a phase that begins: of so many minutes, or without end."""
    return Clock(at + timedelta(minutes=minutes)) if minutes else Clock()
