"""The feeds of a house and of a studio: what stirred last, and behind it volume after volume."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coulisses.feeds import documents, filing, items, windows
from coulisses.feeds.documents import Feed, Item
from coulisses.feeds.models import Filing, Shelf, Stretch
from coulisses.feeds.reading import BEGINNING, Until
from coulisses.feeds.refusals import NoSuchFeed
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.projects import stirred
from coulisses.projects.models import Project, Studio

PROJECTS = 12  # that stirred last: their newest is read before it is filed
EACH = 20  # entries of each of these

Positions = Mapping[str, set[int]]  # by project


@dataclass(frozen=True)
class Whose:
    """Whose feed it is: its shelf, its projects, its head."""

    shelf: str
    field: str  # of a stretch: its volume
    projects: QuerySet[Project]
    home: str
    said: Mapping[str, str]

    @property
    def archives(self) -> int:
        """How many archives there are: each volume but the one that fills and the one before."""
        rows = Shelf.objects.filter(key=self.shelf)
        return max(0, (rows.values_list("volume", flat=True).first() or 0) - 2)

    def at(self, number: int) -> str:
        """Return where an archive stands; nowhere for 0."""
        return f"{self.home}feed/archive/{number}" if number else ""


def the_house(host: str) -> Whose:
    """Return the feed of all that is showing in the house."""
    line = _("Work, shown while it is being made: doubts and failures included.")
    said = {"id": documents.of_house(), "title": f"{_('Now showing')} · {host}"}
    return Whose(filing.HOUSE, "in_house", _shown(), "/", {**said, "author": host, "line": line})


def of(studio: Studio) -> Whose:
    """Return the feed of a studio's projects."""
    said = {"id": documents.of_studio(studio), "title": studio.name, "line": studio.line}
    rows, home = _shown().filter(studio=studio), f"/@{studio.slug}/"
    return Whose(studio.pk, "in_studio", rows, home, {**said, "author": studio.name})


def newest(whose: Whose, *, at: datetime) -> tuple[Feed, Until]:
    """Return the feed that readers subscribe to, and when it changes by itself.

    It has the volume that fills, the one before, and what was not filed yet. As many questions for
    each project, and there are few.
    """
    last = whose.archives
    lively = stirred.page(whose.projects.select_related("work"), after="", limit=PROJECTS)[0]
    # Asked for first: what is filed meanwhile is found twice, and told once.
    filed = dict(Filing.objects.filter(project__in=lively).values_list("project", "position"))
    edges = {one.pk: windows.edge(one, at=at) for one in lively}
    known = _volumes(whose, last + 1, last + 2)
    for one in lively:
        reach = edges[one.pk].position
        if reach > filed.get(one.pk, 0):
            known[one.pk] |= _unfiled(one, filed.get(one.pk, 0), reach, at)
    feed = replace(_told(whose, known, at=at), here=f"{whose.home}feed", older=whose.at(last))
    seen = {one.pk: one for one in [*feed.projects, *lively]}
    until = min((one.until for one in edges.values() if one.until), default=None)
    return replace(feed, projects=[*seen.values()]), until


def archive(whose: Whose, number: int, *, at: datetime) -> Feed:
    """Return one archive: a volume that is full. Raises NoSuchFeed."""
    last = whose.archives
    require(0 < number <= last, NoSuchFeed)
    return replace(
        _told(whose, _volumes(whose, number, number), at=at),
        here=whose.at(number),
        older=whose.at(number - 1),
        newer=whose.at(number + 1) if number < last else "",
        current=f"{whose.home}feed",
        is_archive=True,
    )


def _volumes(whose: Whose, first: int, last: int) -> defaultdict[str, set[int]]:
    """Return the positions that stand in some volumes, in one query."""
    of_it = Q() if whose.shelf == filing.HOUSE else Q(studio=whose.shelf)
    rows = Stretch.objects.filter(of_it, **{f"{whose.field}__range": (first, last)})
    known = defaultdict[str, set[int]](set)
    for project, start, end in rows.values_list("project", "first", "last"):
        known[project] |= set(range(start, end + 1))
    return known


def _unfiled(project: Project, after: int, upto: int, at: datetime) -> set[int]:
    known = ledger.read(
        project.work,
        audiences=ledger.OUTSIDE,
        at=at,
        after=after,
        before=upto + 1,
        newest_first=True,
        limit=EACH,
    )
    return {one.position for one in known}


def _told(whose: Whose, known: Positions, *, at: datetime) -> Feed:
    projects = list(whose.projects.filter(pk__in=list(known)).select_related("studio", "work"))
    told: list[Item] = []
    for project in projects:
        read = ledger.read(
            project.work, audiences=ledger.OUTSIDE, at=at, positions=known[project.pk]
        )
        told += items.of(project, items.loud(read), at=at)
    told.sort(key=lambda one: (one.at, one.id), reverse=True)
    more: dict[str, Any] = dict(whose.said)
    return Feed(
        home=whose.home,
        here="",
        language=get_language() or "en",
        items=told,
        updated=max((one.updated for one in told), default=BEGINNING),
        projects=projects,
        **more,
    )


def _shown() -> QuerySet[Project]:
    return Project.objects.filter(curtain_raised_at__isnull=False, withdrawn_at=None)
