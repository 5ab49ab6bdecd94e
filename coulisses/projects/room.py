"""How much of the house a studio may fill: asked before anything is kept beside its logs."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Q, Sum, Value
from django.db.models.functions import Coalesce

from coulisses.lib.refusals import require
from coulisses.log.models import Log
from coulisses.projects.models import Allowance, Studio
from coulisses.projects.refusals import StudioFull

GIBIBYTE = 1 << 30


@dataclass(frozen=True)
class Filled:
    """The bytes that a studio fills, and how many it may; None: any number."""

    bytes: int
    most: int | None

    def has_room(self, coming: int) -> bool:
        """Whether so many bytes more may come."""
        return self.most is None or self.bytes + coming <= self.most


def of(studio_id: str) -> Filled:
    """Return how full a studio is, in one query."""
    places = ("work__room__previews", "work__room__originals", "room__room__previews")
    held = sum((Coalesce(F(f"projects__{one}"), 0) for one in places), start=Value(0))
    rows = Studio.objects.filter(pk=studio_id).annotate(held=Sum(held))
    found = rows.values_list("held", "allowance__bytes").first()
    held_bytes, allowed = found or (0, None)
    return Filled(held_bytes or 0, most(allowed))


def most(allowed: int | None) -> int | None:
    """Return the bytes that a studio may fill, by what its host has allowed; None: any number."""
    return (settings.STUDIO_BYTES if allowed is None else allowed) or None


def require_room(log: Log, coming: int) -> None:
    """Raise StudioFull unless so many bytes may be kept beside one of a project's logs."""
    theirs = Studio.objects.filter(Q(projects__work=log.pk) | Q(projects__room=log.pk))
    studio = theirs.values_list("pk", flat=True)
    require_room_in(studio[:1], coming)  # type: ignore[arg-type]  # a subquery: still one question


def require_room_in(studio_id: str, coming: int) -> None:
    """Raise StudioFull unless a studio may fill so many bytes more."""
    filled = of(studio_id)
    gib = "0" if filled.most is None else f"{filled.most / GIBIBYTE:.3g}"
    require(filled.has_room(coming), StudioFull, gib=gib)


def has_share(studio_id: str, share: float) -> bool:
    """Whether no more than a share of the room that a studio may fill is filled."""
    filled = of(studio_id)
    return filled.most is None or filled.bytes <= share * filled.most


def allow(studio: Studio, bytes_: int | None) -> None:
    """Let a studio fill so many bytes (0: any number; None: as the house says of all)."""
    if bytes_ is None:
        Allowance.objects.filter(studio=studio).delete()
    else:
        Allowance.objects.update_or_create(studio=studio, defaults={"bytes": bytes_})
