"""All of an export is looked at before anything of it is kept: the work, its room, who speaks."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from coulisses.lib.refusals import require
from coulisses.log.models import Log
from coulisses.people.models import Account
from coulisses.projects import room
from coulisses.projects.models import Project, Studio, Tier
from coulisses.transfers import examining, facts, form, hearing, loads, luggage, strangers
from coulisses.transfers.examining import Found, Head, Line
from coulisses.transfers.facts import Unreadable
from coulisses.transfers.refusals import AlreadyHere, NotAsSigned
from coulisses.transfers.sources import Below, Source

Alive = Callable[[float], None]


def silently(_done: float) -> None:
    """Say nothing of how far it is."""


@dataclass(frozen=True)
class Looked:
    """An export that holds: what it is, what was met in it, and its files.

    Of its room, too: None, and empty, in one of a house that had none.
    """

    head: Head
    found: Found
    weight: luggage.Weight
    room: Head | None = None
    heard: Found = field(default_factory=Found)
    beside: luggage.Weight = field(default_factory=luggage.Weight)

    @property
    def voices(self) -> set[str]:
        """The ids of all who tell, speak or are named."""
        return self.found.voices | self.heard.voices


def look(
    source: Source,
    studio: Studio,
    *,
    by: Account,
    at: datetime,
    vkey: str = "",
    alive: Alive = silently,
) -> Looked:
    """Look at all of an export, and keep nothing of it. Raises what `arrive` does."""
    head = examining.head(source, vkey=vkey)
    require(not Log.objects.filter(pk=head.log_id).exists(), AlreadyHere)
    size, unkept = head.checkpoint.size, _unkept(studio, head)

    def draw(line: Line) -> None:
        if not line.by:  # in a room alone there is something that nobody says
            raise Unreadable
        if not line.is_shredded:
            facts.require_shown(unkept, line.fact, by=line.by, at=line.happened_at)

    found = examining.log(source, head, draw, at=at, alive=lambda done: alive(done / size / 2))
    weight = luggage.look(source, found.signed, lambda: alive(0.5))
    looked = _look_at_room(source, Looked(head, found, weight), unkept, at, lambda: alive(0.5))
    strangers.require(looked.voices, studio, by, head.verifier)
    _require_strangers(head)
    room.require_room_in(studio.pk, weight.bytes + looked.beside.bytes)
    return looked


def _look_at_room(
    source: Source, looked: Looked, unkept: Project, at: datetime, alive: Callable[[], None]
) -> Looked:
    """Look at what voices said around a project, whose curtain is up by then."""
    below = Below(source, form.ROOM)
    head = examining.room(below, looked.head)
    if head is None:
        return looked
    require(not Log.objects.filter(pk=head.log_id).exists(), AlreadyHere)
    is_quiet = not head.checkpoint.size
    require(is_quiet or looked.found.raised_at, NotAsSigned, what=f"{form.ROOM}/{form.CHECKPOINT}")
    hear = hearing.Room(unkept, looked.found.audiences).hear
    found = examining.log(below, head, hear, at=at, alive=lambda _done: alive())
    found.voices |= loads.named(below)
    return replace(looked, room=head, heard=found, beside=luggage.look(below, found.signed, alive))


def _unkept(studio: Studio, head: Head) -> Project:
    """Return a project that stands nowhere, to draw cards for."""
    log = Log(pk=head.log_id)
    return Project(studio=studio, slug="arriving", title="", work=log, room=log)


def _require_strangers(head: Head) -> None:
    """Raise AlreadyHere where a circle of another project has the same id."""
    require(not Tier.objects.filter(pk__in=head.tiers).exists(), AlreadyHere)
