"""What is on: projects by what stirred last, each with a picture of the work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from coulisses.capture.models import PieceVersion
from coulisses.log import ledger
from coulisses.media.models import Preview
from coulisses.people.models import Account
from coulisses.projects import arranged, stirred, viewers
from coulisses.projects.columns import Cover
from coulisses.projects.models import Project, Studio
from coulisses.sessions import queries as sessions
from coulisses.sessions.models import Session
from coulisses.ui import covers
from coulisses.ui.pictures import Picture

LENGTH = 24


@dataclass(frozen=True)
class Bill:
    """A project's poster on the wall; somebody may work there live, or have said when."""

    project: Project
    picture: Picture | None
    running: Session | None = None
    next: Session | None = None


@dataclass(frozen=True)
class Board:
    """A wall of posters; `older` is where the next one goes on."""

    bills: Sequence[Bill]
    older: str = ""

    @property
    def until(self) -> datetime | None:
        """Until when it holds by itself: an announced session's time is over then."""
        ends = [bill.next.planned_until for bill in self.bills if bill.next]
        return min((end for end in ends if end), default=None)


def read(user: Any, *, at: datetime, after: str = "", studio: Studio | None = None) -> Board:
    """Return raised projects, newest activity first, and the rehearsals that the asker may watch.

    Those of one studio stand in its own order.
    `after` is the `older` of the wall before. Raises PlaceMalformed.
    """
    rows = _visible(user)
    if studio:
        shown, older = arranged.page(rows.filter(studio=studio), after=after, limit=LENGTH)
    else:
        shown, older = stirred.page(rows, after=after, limit=LENGTH)
    named = [project.pk for project in shown]
    faces, running = {**_faces(shown), **covers.of(shown)}, sessions.running(named)
    coming = sessions.next_of(named, at=at)
    bills = [Bill(one, faces.get(one.pk), running.get(one.pk), coming.get(one.pk)) for one in shown]
    return Board(bills, older)


def _visible(user: Any) -> QuerySet[Project]:
    seen = Q(curtain_raised_at__isnull=False, withdrawn_at=None)
    if isinstance(user, Account):
        seen |= Q(studio__in=user.roles.values("studio"))
    if getattr(user, "watches", ()):
        seen |= Q(pk__in=viewers.watched(user, Project.objects.all()).values("pk"))
    return Project.objects.filter(seen)


def _faces(projects: Sequence[Project]) -> dict[str, Picture]:
    """Return the newest public picture of those that chose none, in three queries."""
    by_pk = {one.pk: one for one in projects if one.cover == Cover.NEWEST}
    there = PieceVersion.objects.filter(
        project__in=list(by_pk), reader="picture", audience=ledger.PUBLIC
    ).exclude(version="")
    newest = there.values("project").annotate(newest=Max("position"))
    at = Q(pk__in=[])
    for row in newest:
        at |= Q(project=row["project"], position=row["newest"])
    versions = {one.project_id: one for one in there.filter(at).order_by("-index")}
    wanted = Q(pk__in=[])
    for pk, one in versions.items():
        wanted |= Q(version__log=by_pk[pk].work_id, version__name=one.version)
    previews = Preview.objects.filter(wanted).select_related("version")
    sizes = {(p.version.log_id, p.version.name, p.variant): (p.width, p.height) for p in previews}
    return {
        pk: picture
        for pk, one in versions.items()
        if (picture := _face(by_pk[pk], one, sizes)) is not None
    }


def _face(
    project: Project, one: PieceVersion, sizes: dict[tuple[str, str, str], tuple[int, int]]
) -> Picture | None:
    small = sizes.get((project.work_id, one.version, "small"))
    large = sizes.get((project.work_id, one.version, "large"), small)
    if small is None or large is None:
        return None
    base = f"{project.path}{one.position}/picture/{one.index}/after/"
    return Picture(f"{base}small", f"{base}large", *small, *large)
