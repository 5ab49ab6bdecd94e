"""Which entries a feed holds: of a project, of one kind in it, of a studio, of the house."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coulisses.feeds import documents, items, windows
from coulisses.feeds.documents import Feed, Item
from coulisses.feeds.refusals import NoSuchFeed
from coulisses.feeds.windows import WINDOW
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.projects import licences, stirred
from coulisses.projects.models import Project, Studio
from coulisses.ui import words

PROJECTS = 12  # of a house or a studio: those that stirred last
EACH = 20  # entries looked at in each of them
TOGETHER = 30  # entries of a house's or a studio's feed
BEGINNING = datetime.fromisoformat("1970-01-01T00:00:00+00:00")

Until = datetime | None


def newest(project: Project, *, at: datetime) -> tuple[Feed, Until]:
    """Return the feed that readers of a project subscribe to, and when it changes by itself."""
    edge = windows.edge(project, at=at)
    told = _between(project, edge.first, edge.position, at=at)
    older = _archive_at(project, edge.archives) if edge.archives else ""
    return _of_project(project, told, here=_feed(project), older=older), edge.until


def archive(project: Project, number: int, *, at: datetime) -> Feed:
    """Return one archive of a project's feed. Raises NoSuchFeed."""
    last = windows.edge(project, at=at).archives
    require(0 < number <= last, NoSuchFeed)
    told = _between(project, *windows.span(number), at=at)
    return _of_project(
        project,
        told,
        here=_archive_at(project, number),
        older=_archive_at(project, number - 1) if number > 1 else "",
        newer=_archive_at(project, number + 1) if number < last else "",
        current=_feed(project),
        is_archive=True,
    )


def of_kind(project: Project, kind: str, *, before: int | None, at: datetime) -> tuple[Feed, Until]:
    """Return what a project told of one kind, a page at a time. Raises NoSuchFeed."""
    require(kind in words.KINDS, NoSuchFeed)
    edge = windows.edge(project, at=at)
    last = min(edge.position, before - 1) if before else edge.position
    known = ledger.read(
        project.work,
        audiences=ledger.OUTSIDE,
        at=at,
        before=last + 1,
        topics=[kind],
        newest_first=True,
        limit=WINDOW + 1,
    )
    told = items.of(project, items.loud(known[:WINDOW]), at=at)
    here = f"{project.path}feed/{kind}"
    with translation.override(words.tongue(project)):
        named = words.kind(kind)
    older = f"{here}?before={known[WINDOW - 1].position}" if len(known) > WINDOW else ""
    feed = _of_project(
        project,
        told,
        here=f"{here}?before={before}" if before else here,
        older=older,
        relation="next",
        id=f"{documents.of_project(project)}:{kind}",
        title=f"{project.title} · {named}",
    )
    return feed, edge.until


def of_studio(studio: Studio, *, at: datetime) -> tuple[Feed, Until]:
    """Return the newest entries of a studio's projects."""
    shown = _shown(at=at, studio=studio)
    path = f"/@{studio.slug}/"
    said = {"id": documents.of_studio(studio), "title": studio.name, "line": studio.line}
    return _together(shown, at=at, home=path, author=studio.name, **said)


def of_house(host: str, *, at: datetime) -> tuple[Feed, Until]:
    """Return the newest entries of all that is showing in the house."""
    said = {"id": documents.of_house(), "title": f"{_('Now showing')} · {host}"}
    line = _("Work, shown while it is being made: doubts and failures included.")
    return _together(_shown(at=at), at=at, home="/", author=host, line=line, **said)


def _feed(project: Project) -> str:
    return f"{project.path}feed"


def _archive_at(project: Project, number: int) -> str:
    return f"{project.path}feed/archive/{number}"


def _between(project: Project, first: int, last: int, *, at: datetime) -> list[Item]:
    known = ledger.read(
        project.work,
        audiences=ledger.OUTSIDE,
        at=at,
        after=first - 1,
        before=last + 1,
        newest_first=True,
    )
    return items.of(project, items.loud(known), at=at)


def _of_project(project: Project, told: Sequence[Item], **more: Any) -> Feed:
    said = {
        "id": documents.of_project(project),
        "title": project.title,
        "relation": "prev-archive",
        **more,
    }
    return Feed(
        home=project.path,
        language=words.tongue(project),
        items=told,
        updated=max((one.updated for one in told), default=project.opened_at),
        line=project.line,
        author=project.studio.name,
        licence=licences.named(project.licence),
        licence_words=project.licence_words,
        projects=[project],
        **said,
    )


def _shown(*, at: datetime, studio: Studio | None = None) -> list[Project]:
    rows = Project.objects.filter(curtain_raised_at__isnull=False, withdrawn_at=None)
    rows = rows.filter(studio=studio) if studio else rows
    return stirred.page(rows.select_related("work"), after="", limit=PROJECTS)[0]


def _together(
    projects: Sequence[Project], *, at: datetime, home: str, **said: Any
) -> tuple[Feed, Until]:
    """Return one feed of several projects: as many questions for each, and there are few."""
    edges = {one.pk: windows.edge(one, at=at) for one in projects}
    found = []
    for project in projects:
        known = ledger.read(
            project.work,
            audiences=ledger.OUTSIDE,
            at=at,
            before=edges[project.pk].position + 1,
            newest_first=True,
            limit=EACH,
        )
        found += [(one.told_at, project.pk, one) for one in items.loud(known)]
    found.sort(key=lambda one: one[:2], reverse=True)
    chosen = found[:TOGETHER]
    told: list[Item] = []
    for project in projects:
        theirs = [entry for _at, pk, entry in chosen if pk == project.pk]
        told += items.of(project, theirs, at=at) if theirs else []
    told.sort(key=lambda one: (one.at, one.id), reverse=True)
    opened = max((one.opened_at for one in projects), default=BEGINNING)
    feed = Feed(
        home=home,
        here=f"{home}feed",
        language=get_language() or "en",
        items=told,
        updated=max((one.updated for one in told), default=opened),
        projects=projects,
        **said,
    )
    return feed, min((one.until for one in edges.values() if one.until), default=None)
