"""Sitemaps (sitemaps.org): an index, and files of ten thousand addresses at most.

A project's log is cut by positions, so that each file costs the same however long the log is, and
a file that is full changes only with what is said of its entries.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from typing import Any

from django.db.models import Max, OuterRef, Subquery
from django.utils.xmlutils import SimplerXMLGenerator

from coulisses.feeds import documents, windows
from coulisses.feeds.reading import Until
from coulisses.feeds.refusals import NoSuchFeed
from coulisses.lib.refusals import require
from coulisses.log import kinds, ledger
from coulisses.log.models import Entry
from coulisses.projects.models import Project, Studio
from coulisses.projects.telling import GRACE

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
WINDOW = 10_000  # positions of one file
MOST_FILES = 50_000  # of an index: more is not allowed
MOST_STUDIOS = 10_000
ANEW = "moment.amended"


@dataclass(frozen=True)
class Page:
    """An address from the house's root, and when what stands there changed, where that is known."""

    path: str
    changed: datetime | None = None


def index(*, at: datetime) -> list[Page]:
    """Return the files of the whole house in one query, those of what stirred last first."""
    newest = Entry.objects.filter(log=OuterRef("work"), audience=ledger.PUBLIC)
    last = newest.order_by("-position").values("position")[:1]
    rows = _showing().select_related("studio").annotate(last=Subquery(last))
    files = [Page("/sitemap/house.xml")]
    for one in rows.order_by("-stirred_at", "pk")[:MOST_FILES]:
        full = max(0, (one.last or 1) - 1) // WINDOW
        here = f"{one.path}sitemap/"
        files += [Page(f"{here}{full + 1}.xml", min(one.stirred_at, at))]
        files += [Page(f"{here}{number}.xml") for number in range(full, 0, -1)]
    return files[:MOST_FILES]


def of_house() -> list[Page]:
    """Return what is showing, and the studios that show something."""
    showing = _showing().values("studio")
    slugs = Studio.objects.filter(pk__in=showing).order_by("pk").values_list("slug", flat=True)
    return [Page("/"), *(Page(f"/@{slug}/") for slug in slugs[:MOST_STUDIOS])]


def of_project(project: Project, number: int, *, at: datetime) -> tuple[list[Page], Until]:
    """Return the pages of one file of a project, and when it changes by itself.

    Raises NoSuchFeed for a file that there is not, and for a work that was withdrawn.
    """
    edge = windows.edge(project, at=at)
    is_there = 0 < number <= max(0, edge.position - 1) // WINDOW + 1
    require(is_there and project.withdrawn_at is None, NoSuchFeed)
    first, last = (number - 1) * WINDOW + 1, min(number * WINDOW, edge.position)
    told = Entry.objects.filter(
        log=project.work_id,
        audience=ledger.PUBLIC,
        position__range=(first, last),
        sealed__isnull=False,
    ).exclude(kind__in=_quiet())
    anew = _said_anew(project, first, last, at=at)
    pages = [
        Page(f"{project.path}{position}", anew.get(position, told_at))
        for position, told_at in told.order_by("position").values_list("position", "told_at")
    ]
    stage = [Page(project.path, project.stirred_at), Page(f"{project.path}cues/")]
    return ([*stage, *pages] if number == 1 else pages), edge.until


def spell(pages: Iterable[Page], *, base: str, is_index: bool) -> bytes:
    """Return a file of addresses, or the index of such files, as XML."""
    whole, each = ("sitemapindex", "sitemap") if is_index else ("urlset", "url")
    out = StringIO()
    xml: Any = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement(whole, {"xmlns": NAMESPACE})
    for page in pages:
        xml.startElement(each, {})
        xml.addQuickElement("loc", f"{base}{page.path}")
        if page.changed:
            xml.addQuickElement("lastmod", documents.instant(page.changed))
        xml.endElement(each)
    xml.endElement(whole)
    xml.endDocument()
    return out.getvalue().encode()


def _showing() -> Any:
    """Return what everybody may see: no rehearsal, nothing that was withdrawn."""
    return Project.objects.filter(curtain_raised_at__isnull=False, withdrawn_at=None)


def _quiet() -> list[str]:
    return [name for name in kinds.names() if (fact := kinds.of(name)) and fact.is_quiet]


def _said_anew(project: Project, first: int, last: int, *, at: datetime) -> dict[int, datetime]:
    """Return when entries between two positions were said anew for the last time."""
    rows = Entry.objects.filter(
        log=project.work_id,
        about__range=(first, last),
        kind=ANEW,
        audience=ledger.PUBLIC,
        told_at__lte=at - GRACE,
    )
    latest = rows.values("about").annotate(at=Max("told_at")).values_list("about", "at")
    return {about: at for about, at in latest if about is not None}
