"""Which entries a project's feed holds, and that of one kind in it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import translation

from coulisses.feeds import documents, filing, items, windows
from coulisses.feeds.documents import Feed, Item
from coulisses.feeds.refusals import NoSuchFeed
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.projects import licences
from coulisses.projects.models import Project
from coulisses.ui import words

MOST = 200  # entries of one kind in one document: more are only there until they are filed
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


def of_kind(project: Project, kind: str, *, at: datetime) -> tuple[Feed, Until]:
    """Return the newest that a project told of one kind, and when it changes by itself.

    Raises NoSuchFeed.
    """
    require(kind in words.KINDS, NoSuchFeed)
    edge, last = windows.edge(project, at=at), filing.archives(project, kind)
    first = filing.span(project, kind, last)[1] + 1
    told = _between(project, first, edge.position, at=at, topic=kind, limit=MOST)
    older = _kind_at(project, kind, last) if last else ""
    feed = _of_kind(project, kind, told, here=_kind_at(project, kind), older=older)
    return feed, edge.until


def kind_archive(project: Project, kind: str, number: int, *, at: datetime) -> Feed:
    """Return one archive of what a project told of one kind. Raises NoSuchFeed."""
    require(kind in words.KINDS, NoSuchFeed)
    last = filing.archives(project, kind)
    require(0 < number <= last, NoSuchFeed)
    told = _between(project, *filing.span(project, kind, number), at=at, topic=kind)
    return _of_kind(
        project,
        kind,
        told,
        here=_kind_at(project, kind, number),
        older=_kind_at(project, kind, number - 1) if number > 1 else "",
        newer=_kind_at(project, kind, number + 1) if number < last else "",
        current=_kind_at(project, kind),
        is_archive=True,
    )


def _feed(project: Project) -> str:
    return f"{project.path}feed"


def _archive_at(project: Project, number: int) -> str:
    return f"{project.path}feed/archive/{number}"


def _kind_at(project: Project, kind: str, archive: int = 0) -> str:
    here = f"{project.path}feed/{kind}"
    return f"{here}/archive/{archive}" if archive else here


def _between(
    project: Project,
    first: int,
    last: int,
    *,
    at: datetime,
    topic: str = "",
    limit: int | None = None,
) -> list[Item]:
    known = ledger.read(
        project.work,
        audiences=ledger.OUTSIDE,
        at=at,
        after=first - 1,
        before=last + 1,
        topics=[topic] if topic else None,
        limit=limit,
        newest_first=True,
    )
    return items.of(project, items.loud(known), at=at)


def _of_kind(project: Project, kind: str, told: Sequence[Item], **more: Any) -> Feed:
    with translation.override(words.tongue(project)):
        named = words.kind(kind)
    said = {
        "id": f"{documents.of_project(project)}:{kind}",
        "title": f"{project.title} · {named}",
    }
    return _of_project(project, told, **said, **more)


def _of_project(project: Project, told: Sequence[Item], **more: Any) -> Feed:
    said = {
        "id": documents.of_project(project),
        "title": project.title,
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
