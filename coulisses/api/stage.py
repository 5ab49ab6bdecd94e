"""What everybody reads: what is on, studios, a project's face and course."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query

from coulisses.api import paging, spelling, standing
from coulisses.api.rooms import Room
from coulisses.api.schemas import Position
from coulisses.api.schemas_stage import (
    DaysOut,
    FaceOut,
    LifeOut,
    PiecesOut,
    PinsOut,
    ProjectsOut,
    SittingsOut,
    StudioOut,
)
from coulisses.brainstorms import queries as brainstorms
from coulisses.capture import queries as capture
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.people.models import Account
from coulisses.pins import queries as pins
from coulisses.projects import arranged, shown, sight, stirred
from coulisses.projects.models import Day, Project, Sitting, Studio, Token
from coulisses.projects.refusals import StudioNotFound
from coulisses.ui import addresses, covers, pictures

router = Room("stage", auth=standing.ANYBODY)

MARKS = ("doubts", "failures", "breakthroughs", "milestones")


@router.get("/projects", response=ProjectsOut)
def projects(request: HttpRequest, cursor: paging.ByPlace) -> Any:
    """Read what is on, what moved last first; with a token, its studio's rehearsals too."""
    seen, asker = shown.public(), _token(request)
    if asker and sight.role_of(asker.account, asker.studio_id):
        seen = seen | shown.of(asker.studio_id)
    found, older = stirred.page(
        Project.objects.filter(seen), after=cursor.after, limit=cursor.limit
    )
    return _listed(request, found, older)


@router.get("/studios/{studio}", response=StudioOut)
def studio(request: HttpRequest, studio: str) -> Any:
    """Read what a studio says of itself."""
    return spelling.studio(_studio(request, studio)[0], addresses.base(request))


@router.get("/studios/{studio}/projects", response=ProjectsOut)
def of_studio(request: HttpRequest, studio: str, cursor: paging.ByPlace) -> Any:
    """Read a studio's projects, in the order that it gave them."""
    found, account = _studio(request, studio)
    is_team = bool(sight.role_of(account, found.pk))
    rows = Project.objects.filter(studio=found)
    rows = rows if is_team else rows.filter(shown.public())
    listed, older = arranged.page(rows, after=cursor.after, limit=cursor.limit)
    return _listed(request, listed, older)


@router.get("/projects/{studio}/{project}", response=FaceOut)
def face(request: HttpRequest, studio: str, project: str) -> Any:
    """Read what a project says of itself and how it stands. Its `ETag` goes into `If-Match`."""
    stand = standing.reader(request, studio, project)
    cover = covers.of([stand.project]).get(stand.project.pk)
    audiences, now = stand.sight.audiences, timezone.now()
    entries = ledger.horizon(stand.project.work, audiences=audiences, at=now)
    request.tag = spelling.tag(stand.project)  # type: ignore[attr-defined]
    return spelling.face(stand.project, cover, entries, stand.base)


@router.get("/projects/{studio}/{project}/pins", response=PinsOut)
def short_reading(
    request: HttpRequest,
    studio: str,
    project: str,
    cursor: paging.ByNumber,
) -> Any:
    """Read the short reading: the positions of what is pinned, newest first."""
    stand = standing.reader(request, studio, project)
    there = pins.pinned(stand.project, audiences=stand.sight.audiences)
    rest = [one for one in there if not cursor.after or one < cursor.after]
    following = rest[cursor.limit - 1] if len(rest) > cursor.limit else None
    return {"pins": rest[: cursor.limit], "next": paging.note(request, following)}


@router.get("/projects/{studio}/{project}/sittings", response=SittingsOut)
def sittings(
    request: HttpRequest,
    studio: str,
    project: str,
    cursor: paging.ByNumber,
) -> Any:
    """Read the sittings that begin after a position, oldest first."""
    stand = standing.reader(request, studio, project)
    rows = Sitting.objects.filter(project=stand.project, first_position__gt=cursor.after)
    if not stand.sight.is_team:
        known = ledger.horizon(
            stand.project.work, audiences=stand.sight.audiences, at=timezone.now()
        )
        rows = rows.filter(count__gt=0, first_position__lte=known)
    found = list(rows.order_by("first_position")[: cursor.limit + 1])
    page, following = paging.page(request, found, cursor.limit, "first_position")
    return {"sittings": [spelling.sitting(stand, one) for one in page], "next": following}


@router.get("/projects/{studio}/{project}/days", response=DaysOut)
def days(
    request: HttpRequest,
    studio: str,
    project: str,
    after: Annotated[date | None, Query(description="Go on after this day.")] = None,
    limit: paging.Limit = 200,
) -> Any:
    """Read the days of a project's public life, oldest first: what a scrubber is drawn from."""
    stand = standing.reader(request, studio, project)
    rows = Day.objects.filter(project=stand.project)
    rows = rows.filter(on__gt=after) if after else rows
    page, following = paging.page(request, list(rows.order_by("on")[: limit + 1]), limit, "on")
    return {"days": [spelling.day(one) for one in page], "next": following}


@router.get("/projects/{studio}/{project}/files", response=PiecesOut)
def files(
    request: HttpRequest,
    studio: str,
    project: str,
    cursor: paging.ByNumber,
) -> Any:
    """Read which files a project knows, in the order they came."""
    stand = standing.reader(request, studio, project)
    found = capture.files(
        stand.project, audiences=stand.sight.audiences, after=cursor.after, limit=cursor.limit + 1
    )
    page, following = paging.page(request, found, cursor.limit, "pk")
    return {"files": [spelling.piece(stand, one) for one in page], "next": following}


@router.get("/projects/{studio}/{project}/files/{path:path}", response=LifeOut)
def life(
    request: HttpRequest,
    studio: str,
    project: str,
    path: str,
    cursor: paging.ByNumber,
    at: Annotated[Position | None, Query(description="As it stood at this position.")] = None,
) -> Any:
    """Read a file's life: what each entry did to it, oldest first. A name that it had will do."""
    stand = standing.reader(request, studio, project)
    eyes = stand.sight.audiences
    found = capture.life(stand.project, path, audiences=eyes, at=at)
    rows = capture.versions(found.piece, audiences=eyes, after=cursor.after)[: cursor.limit + 1]
    page, following = paging.page(request, list(rows), cursor.limit)
    kept = pictures.kept(stand.project.work, {one.version for one in page} - {""})
    return {
        "path": found.path,
        "reader": found.reader,
        "count": found.count,
        "versions": [spelling.version(stand, one, kept) for one in page],
        "next": following,
    }


def _token(request: HttpRequest) -> Token | None:
    asker = request.auth  # type: ignore[attr-defined]
    return asker if isinstance(asker, Token) else None


def _studio(request: HttpRequest, slug: str) -> tuple[Studio, Account | None]:
    """Return a studio that the asker may know of. Raises StudioNotYours, StudioNotFound."""
    asker = _token(request)
    if asker:
        standing.token_of(request, slug)
        account = asker.account
        found = Studio.objects.filter(pk=asker.studio_id).first()
        require(found and sight.studio(account, found.slug), StudioNotFound)
        assert found
        return found, account
    return sight.studio(None, slug), None


def _listed(request: HttpRequest, found: list[Project], older: str) -> dict[str, Any]:
    base = addresses.base(request)
    ask = brainstorms.asking([one.pk for one in found])
    listed = [spelling.short_project(one, base, asks=one.pk in ask) for one in found]
    return {"projects": listed, "next": paging.note(request, older)}
