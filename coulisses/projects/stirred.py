"""Projects in the order of what stirred last, a page at a time."""

from django.db.models import QuerySet

from coulisses.lib import places
from coulisses.projects.models import Project


def page(rows: QuerySet[Project], *, after: str, limit: int) -> tuple[list[Project], str]:
    """Return a page of projects with their studios, and the place after it ("" at the end).

    `after` is the place that the page before gave. Raises PlaceMalformed.
    """
    return places.page(rows.select_related("studio"), "stirred_at", after=after, limit=limit)
