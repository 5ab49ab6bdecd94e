"""Seeds: what a voice gave in a room is taken to a composer, and the trail leads to what it became.

A page links to a composer with a seed; the words stand there, for whoever makes the project in
whose room they were given. Once it is told, in that project or another, the trail is tied.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from coulisses.lib import places, text
from coulisses.log.models import Entry
from coulisses.projects import sight, trail
from coulisses.projects.models import Project

LONGEST = 48  # characters of a seed
HOW = "shaped"


@dataclass(frozen=True)
class Seed:
    """What was given: its words, in which project's room, and by whom: positions and voices."""

    project: Project
    words: str
    gave: Sequence[tuple[int, str]]


Find = Callable[[str, int], Seed | None]

_finds: list[Find] = []


def by(find: Find) -> Find:
    """Have `find(project id, position)` say what was given there; None where it is not its own."""
    if find not in _finds:
        _finds.append(find)
    return find


def spelled(project: str, position: int) -> str:
    """Return a seed as addresses carry it: a project's id and a position of its room."""
    return f"{project}-{position}"


def find(said: str, user: Any) -> Seed | None:
    """Return what a seed names, for a maker of the project where it was given; else None."""
    project, _dash, position = said[:LONGEST].replace("\0", "").rpartition("-")
    at = text.number(position) or 0
    if not project or not 0 < at <= places.GREATEST:
        return None
    found = next((seed for ask in _finds if (seed := ask(project, at))), None)
    is_maker = found and sight.role_of(user, found.project.studio_id) in ("owner", "maker")
    return found if is_maker else None


@transaction.atomic
def grew(said: str, user: Any, into: Project, entry: Entry, *, at: datetime) -> None:
    """Tie the trail from what a seed names, if it names something, to an entry that was told.

    In another project nothing that was given there has a position: it is tied by its voice alone.
    """
    seed = find(said, user)
    for gave, voice in seed.gave if seed else ():
        place = gave if seed and seed.project.pk == into.pk else 0
        trail.tie(into, voice=voice, gave=place, became=entry.position, how=HOW, at=at)
