"""A series over a file's versions as a line: drawn here, so that it is seen without script."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from coulisses.ui.figures import number

MOST = 120  # points that a phone still tells apart
MOST_NAMED = 6  # cue numbers under the line
LEFT, RIGHT, TOP, BOTTOM = 13.0, 97.0, 12.0, 90.0  # percent: where the line may run
STEPS = 3  # lines across, at least


@dataclass(frozen=True)
class Point:
    """One version: its cue number, the number it says, what it opens."""

    position: int
    value: float
    href: str
    is_here: bool = False


@dataclass(frozen=True)
class Dot:
    """A point where it stands, in percent; the area that opens it begins `left` and is `wide`."""

    point: Point
    x: float
    y: float
    left: float
    wide: float
    said: str
    is_named: bool


@dataclass(frozen=True)
class Choice:
    """A series that may be looked at instead."""

    name: str
    href: str
    is_shown: bool


@dataclass(frozen=True)
class Chart:
    """A series over versions, in the order of time."""

    name: str
    unit: str
    points: Sequence[Point]
    choices: Sequence[Choice] = ()

    @cached_property
    def dots(self) -> list[Dot]:
        """The points where they stand."""
        low, high = self._reach
        count = len(self.points)
        step = (RIGHT - LEFT) / max(1, count - 1)
        named = _named(count)
        return [
            Dot(
                point=one,
                x=round(LEFT + step * at if count > 1 else 50.0, 2),
                y=round(BOTTOM - (one.value - low) / (high - low) * (BOTTOM - TOP), 2),
                left=round(max(0.0, LEFT + step * (at - 0.5)), 2) if count > 1 else 0.0,
                wide=round(step, 2) if count > 1 else 100.0,
                said=number(one.value, self.unit),
                is_named=at in named,
            )
            for at, one in enumerate(self.points)
        ]

    @property
    def segments(self) -> list[tuple[Dot, Dot]]:
        """The pieces of the line."""
        return list(zip(self.dots, self.dots[1:], strict=False))

    @property
    def levels(self) -> list[tuple[float, str]]:
        """The lines across: how far from the top (percent), and what they stand for."""
        low, high = self._reach
        step = _step(low, high)
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        return [
            (
                round(BOTTOM - (at * step - low) / (high - low) * (BOTTOM - TOP), 2),
                number(float(f"{at * step:.12g}"), self.unit),
            )
            for at in range(first, last + 1)
        ]

    @property
    def first(self) -> Dot:
        """Where the line begins."""
        return self.dots[0]

    @property
    def last(self) -> Dot:
        """Where the line ends."""
        return self.dots[-1]

    @cached_property
    def html(self) -> SafeString:
        """The chart as HTML, in the language it is first asked for in."""
        return render_to_string("ui/chart.html", {"chart": self})

    @cached_property
    def _reach(self) -> tuple[float, float]:
        """The lowest and the highest number that there is room for, on whole steps."""
        values = [one.value for one in self.points]
        low, high = min(values), max(values)
        if low == high:
            room = abs(low) * 0.1 or 1.0
            low, high = low - room, high + room
        step = _step(low, high)
        return math.floor(low / step) * step, math.ceil(high / step) * step


def sampled(count: int, *keep: int) -> list[int]:
    """Return which of `count` versions a line runs through: about MOST, and those of `keep`."""
    size = -(-count // MOST) or 1
    chosen = {*range(0, count, size), *keep, count - 1}
    return sorted(at for at in chosen if 0 <= at < count)


def _named(count: int) -> set[int]:
    """Return which points have their cue number under them."""
    if count <= MOST_NAMED:
        return set(range(count))
    return {round(at * (count - 1) / (MOST_NAMED - 1)) for at in range(MOST_NAMED)}


def _step(low: float, high: float) -> float:
    """Return 1, 2 or 5 times a power of ten, so that a few lines lie between two numbers."""
    rough = (high - low) / STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    return float(max(times * power for times in (1, 2, 5) if times * power <= rough * 1.0000001))
