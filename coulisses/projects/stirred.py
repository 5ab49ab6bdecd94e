"""Projects in the order of what stirred last, a page at a time."""

from django.db.models import Q, QuerySet

from coulisses.lib import places
from coulisses.projects.models import Project


def page(rows: QuerySet[Project], *, after: str, limit: int) -> tuple[list[Project], str]:
    """Return a page of projects with their studios, and the place after it ("" at the end).

    `after` is the place that the page before gave. Raises PlaceMalformed.
    """
    if after:
        stirred, last = places.read(after)
        rows = rows.filter(Q(stirred_at__lt=stirred) | Q(stirred_at=stirred, pk__gt=last))
    found = list(rows.select_related("studio").order_by("-stirred_at", "pk")[: limit + 1])
    shown = found[:limit]
    return shown, places.spell(shown[-1].stirred_at, shown[-1].pk) if len(found) > limit else ""
