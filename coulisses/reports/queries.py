"""What waits to be read, by whoever it was written to."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from coulisses.lib import places, text
from coulisses.lib.refusals import require
from coulisses.projects.models import Studio
from coulisses.reports.models import Report
from coulisses.reports.refusals import ReportNotFound

A_PAGE = 30
MOST_COUNTED = 100


def count_waiting() -> int:
    """Return how many reports wait for the host, up to 100."""
    return len(_waiting().values_list("pk")[:MOST_COUNTED])


def counts_letters(studios: Collection[str]) -> dict[str, int]:
    """Return how many letters wait for the owners of each of these studios, by id, in one query."""
    rows = Report.objects.filter(studio__in=studios, closed_at=None)
    return dict(rows.values_list("studio").annotate(Count("pk")).order_by())


def waiting(*, after: str = "") -> tuple[list[Report], str]:
    """Return a page of what waits for the host, newest first, and the place after it.

    Raises PlaceMalformed.
    """
    return _page(_waiting(), "told_at", after)


def closed(*, after: str = "") -> tuple[list[Report], str]:
    """Return a page of what was closed, newest first, as `waiting`."""
    return _page(Report.objects.filter(closed_at__isnull=False, studio=None), "closed_at", after)


def of_studio(studio: Studio, *, after: str = "", limit: int = A_PAGE) -> tuple[list[Report], str]:
    """Return a page of the letters that wait for a studio's owners, as `waiting`."""
    return _page(Report.objects.filter(studio=studio, closed_at=None), "told_at", after, limit)


def letter(studio: Studio, number: int) -> Report:
    """Return a letter to a studio's owners by its number. Raises ReportNotFound."""
    found = Report.objects.filter(pk=number, studio=studio).first()
    require(found, ReportNotFound)
    assert found
    return found


def one(number: int) -> Report:
    """Return a report to the host by its number. Raises ReportNotFound."""
    rows = Report.objects.select_related("project__studio", "project__work", "account")
    found = rows.filter(pk=number, studio=None).first()
    require(found, ReportNotFound)
    assert found
    return found


def _waiting() -> QuerySet[Report]:
    return Report.objects.filter(closed_at=None, studio=None)


def _page(
    rows: QuerySet[Report], by: str, after: str, limit: int = A_PAGE
) -> tuple[list[Report], str]:
    if after:
        at, spelled = places.read(after)
        last = text.number(spelled)
        require(last is not None, places.PlaceMalformed, value=after[:40])
        rows = rows.filter(Q(**{f"{by}__lt": at}) | Q(**{by: at, "pk__gt": last}))
    rows = rows.select_related("project__studio", "studio").order_by(f"-{by}", "pk")
    found = list(rows[: limit + 1])
    shown = found[:limit]
    if len(found) <= limit:
        return shown, ""
    at_end: datetime = getattr(shown[-1], by)
    return shown, places.spell(at_end, shown[-1].pk)
