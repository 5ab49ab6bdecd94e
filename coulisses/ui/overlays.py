"""Overlays: what a transparent page lays over somebody's stream; rooms say what they have for it.

The page is read anew whenever something moves, so that what a room gives is plain HTML. Whoever
streams shows it to all, and so it is what a passer-by may see, whoever asks.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from coulisses.projects.models import Project
from coulisses.ui.slots import Reader


@dataclass(frozen=True)
class Drawn:
    """What a room draws now: empty for nothing; it changes by itself at `until`."""

    html: SafeString = field(default_factory=SafeString)
    until: datetime | None = None


Fill = Callable[[Project, Reader], Drawn]

_known: dict[str, tuple[int, Any, Fill]] = {}


def of(name: str, label: Any, *, order: int) -> Callable[[Fill], Fill]:
    """Have `fill(project, reader)` draw what is asked for by this name."""

    def enrol(fill: Fill) -> Fill:
        _known[name] = order, label, fill
        return fill

    return enrol


def labels() -> list[tuple[str, str]]:
    """Return the name and the words for each, in their order."""
    rows = sorted((order, name, label) for name, (order, label, _fill) in _known.items())
    return [(name, str(label)) for _order, name, label in rows]


def fill(project: Project, reader: Reader, names: list[str]) -> list[tuple[str, Drawn]]:
    """Return what these draw, in their order."""
    asked = [name for name, _label in labels() if name in names]
    drawn = [(name, _known[name][2](project, reader)) for name in asked]
    return [(name, one) for name, one in drawn if one.html]
