"""What a story is made of: mornings, and on each one saves and words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """The canvas was saved at an hour."""

    hour: str


@dataclass(frozen=True)
class Note:
    """The palette's note was saved at an hour."""

    hour: str


@dataclass(frozen=True)
class Moment:
    """The painter told something; `shows` is the number of a state of the canvas, from 1."""

    hour: str
    kind: str
    title: str
    body: str
    is_pinned: bool = False
    shows: int | None = None


@dataclass(frozen=True)
class Morning:
    """A sitting: how many days before the Monday that follows the last one, and its sentence."""

    days_before: int
    sentence: str
    steps: tuple[State | Note | Moment, ...]
