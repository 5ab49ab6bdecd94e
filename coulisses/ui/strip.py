"""The strip of marks under a work: its whole life, one mark an entry, or one a few days."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

MOST = 240  # marks that a phone still tells apart
NEAR = 0.75  # percent of the strip
TALLEST = 72  # percent, of what is only work
LEAST = 7  # percent: two pixels
SOFTLY = 0.4  # a little more than a square root would: one huge import flattens nothing
HEIGHTS = {"doubt": 70, "question": 70, "failure": 85, "breakthrough": 85, "milestone": 100}
GAPS = [(timedelta(days=7), 3), (timedelta(days=1), 2), (timedelta(hours=2), 1)]


@dataclass(frozen=True)
class Mark:
    """One mark: where it is (percent from the start), how tall (percent), what it opens.

    A mark of one moment has its `time`, an ISO hour in UTC, that the browser says; others `when`.
    """

    href: str
    when: str
    label: str
    height: int
    kind: str = ""
    picture: str = ""
    is_now: bool = False
    at: float = 0.0
    time: str = ""

    @property
    def top(self) -> int:
        """The mark's upper end, in percent from the top."""
        return 100 - self.height


@dataclass(frozen=True)
class Strip:
    """Marks in the order of time, and the words under their two ends and between."""

    marks: Sequence[Mark]
    begin: str
    middle: str
    end: str

    @cached_property
    def html(self) -> SafeString:
        """The strip as HTML, in the language it is first asked for in."""
        return render_to_string("ui/scrubber.html", {"strip": self})

    @property
    def drawn(self) -> SafeString:
        """The marks as HTML: told a new entry, a strip has the same ones but for the last."""
        return mark_safe("".join(map(_drawn, self.marks)))  # noqa: S308  templates made each

    @property
    def is_thin(self) -> bool:
        """Whether marks stand so near each other that they must be thin."""
        return any(after.at - before.at < NEAR for before, after in pairwise(self.marks))


@lru_cache(maxsize=4_096)
def _drawn(mark: Mark) -> str:
    return render_to_string("ui/mark.html", {"mark": mark}).strip()


def height(kind: str, weight: int) -> int:
    """Return a mark's height: what happened stands tall, work as tall as what it changed."""
    return HEIGHTS.get(kind) or min(60, 26 + int(9 * math.log10(1 + weight)))


def relative(weight: int, most: int) -> int:
    """Return the height of a stretch of work beside the busiest; small ones show too."""
    return max(LEAST, round(TALLEST * min(1.0, weight / max(1, most)) ** SOFTLY))


def gap(before: datetime, after: datetime) -> int:
    """Return how many marks wide the silence between two entries is drawn."""
    silence = abs(after - before)
    return next((width for least, width in GAPS if silence >= least), 0)


def places(times: Sequence[datetime]) -> list[float]:
    """Return where marks stand, in percent: evenly, with room where work rested."""
    steps = [0.0] if times else []
    for before, after in pairwise(times):
        steps.append(steps[-1] + 1 + gap(before, after) * 0.8)
    return spread(steps)


def spread(steps: Iterable[float]) -> list[float]:
    """Return numbers as percentages of the strip, with half a mark free at both ends."""
    listed = list(steps)
    whole = max(listed, default=0) or 1
    return [round(0.6 + 98.8 * step / whole, 2) for step in listed]
