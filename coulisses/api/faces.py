"""What an owner decides of a project: its face and cover, its course, its originals, its review."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Header, Status
from ninja.files import UploadedFile

from coulisses.api import spelling, standing
from coulisses.api.refusals import VersionChanged
from coulisses.api.rooms import Room
from coulisses.api.schemas import Position, ProjectOut, Said, Told
from coulisses.api.schemas_desk import (
    CoverIn,
    EndIn,
    FaceIn,
    NamesIn,
    NamesOut,
    OriginalsIn,
    PauseIn,
    RehearsalOut,
    StudioIn,
)
from coulisses.api.schemas_stage import FaceOut, StudioOut
from coulisses.api.standing import Standing
from coulisses.capture import originals
from coulisses.capture import rules as capture
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.moments import covering
from coulisses.moments.covering import Choice
from coulisses.projects import face, finishing, rules, striking
from coulisses.projects.columns import Cover
from coulisses.projects.models import Originals, Project
from coulisses.ui import addresses, covers

router = Room("face", auth=standing.WORKS)

IfMatch = Annotated[str | None, Header(alias="If-Match", description="The `ETag` that was read.")]


class CoverPictureIn(Said):
    """Words for who cannot see a cover, and the part of it that stays in sight when it is cut."""

    alt: str = ""
    focus: Literal["nw", "n", "ne", "w", "c", "e", "sw", "s", "se"] = "c"


@router.patch("/projects/{studio}/{project}", response=FaceOut)
def dress(
    request: HttpRequest, studio: str, project: str, said: FaceIn, if_match: IfMatch = None
) -> Any:
    """Have a project say something else of itself; what is left out stays. Its owner's to decide.

    With `If-Match`, only where nobody changed it meanwhile.
    """
    stand, account = standing.owner(request, studio, project)
    _require_version(stand.project, if_match)
    given = {name: value for name, value in said.model_dump().items() if value is not None}
    words = face.Words(**{**vars(face.words_of(stand.project)), **given})
    face.dress(stand.project, words, by=account.voice_id, at=timezone.now())
    return _face(request, stand)


@router.put("/projects/{studio}/{project}/cover", response=FaceOut)
def cover(
    request: HttpRequest, studio: str, project: str, said: CoverIn, if_match: IfMatch = None
) -> Any:
    """Choose what stands for a project: the newest picture, one that was told, or a poster."""
    stand, _account = standing.owner(request, studio, project)
    _require_version(stand.project, if_match)
    places = {
        "told": f"{said.position}-{said.index}" if said.position else "",
        "poster": str(said.poster),
    }
    choice = Choice(said.cover, places.get(said.cover, ""), None, said.alt, said.focus)
    covering.choose(stand.project, choice, at=timezone.now())
    return _face(request, stand)


@router.post("/projects/{studio}/{project}/cover", response={201: FaceOut})
def cover_picture(
    request: HttpRequest,
    studio: str,
    project: str,
    said: Form[CoverPictureIn],
    picture: File[UploadedFile],
) -> Any:
    """Have a picture that comes along stand for a project: nothing else shows it."""
    stand, _account = standing.owner(request, studio, project)
    choice = Choice(Cover.UPLOADED, "", picture, said.alt, said.focus)
    covering.choose(stand.project, choice, at=timezone.now())
    return Status(201, _face(request, stand))


@router.post("/projects/{studio}/{project}/pause", response=Told)
def pause(request: HttpRequest, studio: str, project: str, said: PauseIn) -> Any:
    """Say that the work rests, why, and until when. Whoever works may go on telling."""
    stand, account = standing.owner(request, studio, project)
    told = finishing.pause(
        stand.project, **said.model_dump(), by=account.voice_id, at=timezone.now()
    )
    return _told(stand, told.position)


@router.post("/projects/{studio}/{project}/resumption", response=Told)
def resume(request: HttpRequest, studio: str, project: str) -> Any:
    """Say that the work goes on."""
    stand, account = standing.owner(request, studio, project)
    told = finishing.resume(stand.project, by=account.voice_id, at=timezone.now())
    return _told(stand, told.position)


@router.post("/projects/{studio}/{project}/final-curtain", response=Told, auth=standing.MANAGES)
def finish(request: HttpRequest, studio: str, project: str, said: EndIn) -> Any:
    """Let the final curtain fall, with the last words: nothing more is told until reopened."""
    stand, account = standing.owner(request, studio, project)
    told = finishing.finish(stand.project, words=said.words, by=account.voice_id, at=timezone.now())
    return _told(stand, told.position)


@router.post("/projects/{studio}/{project}/reopening", response=Told, auth=standing.MANAGES)
def reopen(request: HttpRequest, studio: str, project: str) -> Any:
    """Let a finished project go on after all."""
    stand, account = standing.owner(request, studio, project)
    told = finishing.reopen(stand.project, by=account.voice_id, at=timezone.now())
    return _told(stand, told.position)


@router.put("/projects/{studio}/{project}/originals", response=ProjectOut)
def choose_originals(request: HttpRequest, studio: str, project: str, said: OriginalsIn) -> Any:
    """Decide what becomes of files themselves: they `stay`, are `kept` for the team, or `given`."""
    stand, _account = standing.owner(request, studio, project)
    originals.choose(stand.project, Originals(said.originals), is_sure=said.sure)
    return {
        "url": stand.url(),
        "state": spelling.state(stand.project),
        "originals": stand.project.originals,
    }


@router.get("/projects/{studio}/{project}/names", response=NamesOut)
def names(request: HttpRequest, studio: str, project: str) -> Any:
    """Read whether the names of those whose work arrived are shown."""
    stand, _account = standing.owner(request, studio, project)
    return {"shown": stand.project.are_names_shown}


@router.put("/projects/{studio}/{project}/names", response=NamesOut)
def show_names(request: HttpRequest, studio: str, project: str, said: NamesIn) -> Any:
    """Show the names of those whose work arrived, or take them out again."""
    stand, _account = standing.owner(request, studio, project)
    capture.show_names(stand.project, said.shown)
    return {"shown": stand.project.are_names_shown}


@router.get("/projects/{studio}/{project}/rehearsal", response=RehearsalOut)
def rehearsal(request: HttpRequest, studio: str, project: str) -> Any:
    """Read what goes when the curtain rises: what was struck, and what was said of that."""
    stand, _account = standing.owner(request, studio, project)
    return {"struck": striking.doomed(stand.project)}


@router.put("/projects/{studio}/{project}/rehearsal/{position}", response={204: None})
def strike(request: HttpRequest, studio: str, project: str, position: Position) -> Any:
    """Strike an entry of a rehearsal: it is shredded when the curtain rises."""
    stand, _account = standing.owner(request, studio, project)
    striking.strike(stand.project, position)
    return Status(204, None)


@router.delete("/projects/{studio}/{project}/rehearsal/{position}", response={204: None})
def spare(request: HttpRequest, studio: str, project: str, position: Position) -> Any:
    """Let a struck entry stay after all."""
    stand, _account = standing.owner(request, studio, project)
    striking.spare(stand.project, position)
    return Status(204, None)


@router.patch("/studios/{studio}", response=StudioOut, auth=standing.MANAGES)
def describe(request: HttpRequest, studio: str, said: StudioIn) -> Any:
    """Give a studio another name and one line about itself. Its owner's to decide."""
    found, seen, _account = standing.at_studio(request, studio)
    seen.require_owner()
    rules.describe_studio(found, **said.model_dump())
    return spelling.studio(found, addresses.base(request))


def _require_version(project: Project, wanted: str | None) -> None:
    tags = [one.strip() for one in (wanted or "*").split(",")]
    require("*" in tags or spelling.tag(project) in tags, VersionChanged)


def _face(request: HttpRequest, stand: Standing) -> dict[str, Any]:
    request.tag = spelling.tag(stand.project)  # type: ignore[attr-defined]
    cover = covers.of([stand.project]).get(stand.project.pk)
    eyes, now = stand.sight.audiences, timezone.now()
    size = ledger.horizon(stand.project.work, audiences=eyes, at=now)
    return spelling.face(stand.project, cover, size, stand.base)


def _told(stand: Standing, position: int) -> dict[str, Any]:
    return {"position": position, "url": stand.url(position)}
