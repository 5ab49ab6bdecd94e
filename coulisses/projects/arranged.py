"""A studio's projects in the order that it gave them, a page at a time; new ones come first."""

from django.db.models import Q, QuerySet

from coulisses.lib import places
from coulisses.lib.places import PlaceMalformed
from coulisses.lib.refusals import require
from coulisses.projects.models import Project

ORDER = ("place", "-opened_at", "pk")
LONGEST = 9  # digits of a place


def page(rows: QuerySet[Project], *, after: str, limit: int) -> tuple[list[Project], str]:
    """Return a page of projects with their studios, and the place after it ("" at the end).

    `after` is the place that the page before gave. Raises PlaceMalformed.
    """
    if after:
        place, _, last = after.partition("-")
        is_place = place.isascii() and place.isdecimal() and len(place) <= LONGEST
        require(is_place, PlaceMalformed, value=after[:40])
        opened, pk = places.read(last)
        here = Q(opened_at__lt=opened) | Q(opened_at=opened, pk__gt=pk)
        rows = rows.filter(Q(place__gt=int(place)) | Q(here, place=int(place)))
    found = list(rows.select_related("studio").order_by(*ORDER)[: limit + 1])
    shown = found[:limit]
    return shown, _spell(shown[-1]) if len(found) > limit else ""


def _spell(last: Project) -> str:
    return f"{last.place}-{places.spell(last.opened_at, last.pk)}"
