"""What is being written and what waits for a look: drafts, and files to go with them."""

from typing import Annotated, Any, Literal

from django.core.files.base import ContentFile
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone
from ninja import File, Form, Header, Status
from ninja.files import UploadedFile

from coulisses.api import paging, spelling, standing
from coulisses.api.refusals import BodyMalformed, VersionChanged
from coulisses.api.rooms import Room
from coulisses.api.schemas import Key, Proposed, Said, Told
from coulisses.api.schemas_desk import (
    AttachmentOut,
    DraftIn,
    DraftOut,
    DraftsOut,
    HourIn,
    LookIn,
    ReturnIn,
    RevisionIn,
)
from coulisses.api.standing import Standing
from coulisses.capture import arriving
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.moments import attachments, drafts, proposals, sending
from coulisses.moments.attachments import Coming
from coulisses.moments.drafts import FIELDS
from coulisses.moments.models import Draft

router = Room("drafts", auth=standing.WORKS)

IfMatch = Annotated[
    str | None, Header(alias="If-Match", description="The `ETag` of the version that was read.")
]


class AttachmentIn(Said):
    """What a file is offered as; in its place `arrived`, what has come in pieces before."""

    what: Literal["picture", "sound", "file"] = "file"
    arrived: str = ""


@router.post(
    "/projects/{studio}/{project}/attachments",
    response={201: AttachmentOut},
    auth=standing.TELLS,
)
def attach(
    request: HttpRequest,
    studio: str,
    project: str,
    said: Form[AttachmentIn],
    file: File[UploadedFile | None] = None,
) -> Any:
    """Bring a file for a moment or a draft: read here, shown by its preview, and then dropped.

    Its number goes into `attachments`. What nothing uses is forgotten after some hours.
    """
    stand, _account = standing.teammate(request, studio, project)
    now = timezone.now()
    arrival = arriving.find(stand.project, said.arrived, at=now) if said.arrived else None
    arrived = ContentFile(arriving.read(arrival), arrival.name) if arrival else None
    upload: Any = arrived or file
    if upload is None:
        raise BodyMalformed(where="file", why="Field required")
    made = attachments.take(stand.project, [Coming(upload, said.what)], at=now)[0]
    if arrival:
        arriving.forget(arrival)
    return Status(201, {"id": made.pk, "what": made.what, "name": made.name})


@router.get("/projects/{studio}/{project}/drafts", response=DraftsOut)
def mine(
    request: HttpRequest,
    studio: str,
    project: str,
    cursor: paging.ByPlace,
) -> Any:
    """Read what one is writing, what was kept last first."""
    stand, account = standing.teammate(request, studio, project)
    found = drafts.page(account, stand.project, after=cursor.after, limit=cursor.limit)
    return _listed(request, stand, *found)


@router.post("/projects/{studio}/{project}/drafts", response={201: DraftOut})
def begin(request: HttpRequest, studio: str, project: str, said: DraftIn) -> Any:
    """Keep a draft: its author's alone, on all their devices."""
    stand, _account = standing.teammate(request, studio, project)
    return Status(201, _kept(request, stand, None, said))


@router.get("/projects/{studio}/{project}/drafts/{draft}", response=DraftOut)
def one(request: HttpRequest, studio: str, project: str, draft: Key) -> Any:
    """Read a draft of one's own, or as a maker one that waits. Its `ETag` goes into `If-Match`."""
    stand, account = standing.teammate(request, studio, project)
    return _answer(request, stand, proposals.find(account, stand.project, draft))


@router.put("/projects/{studio}/{project}/drafts/{draft}", response=DraftOut)
def write(
    request: HttpRequest,
    studio: str,
    project: str,
    draft: Key,
    said: DraftIn,
    if_match: IfMatch = None,
) -> Any:
    """Write a draft anew: one that waits, or has its hour, is opened again by it."""
    stand, account = standing.teammate(request, studio, project)
    found = drafts.find(account, stand.project, draft)
    require(if_match in (None, "*", _tag(found)), VersionChanged)
    return _kept(request, stand, found, said)


@router.delete("/projects/{studio}/{project}/drafts/{draft}", response={204: None})
def remove(request: HttpRequest, studio: str, project: str, draft: Key) -> Any:
    """Throw a draft away; for a day it can be brought back."""
    stand, account = standing.teammate(request, studio, project)
    drafts.remove(drafts.find(account, stand.project, draft), at=timezone.now())
    return Status(204, None)


@router.post("/projects/{studio}/{project}/drafts/{draft}/restoration", response=DraftOut)
def restore(request: HttpRequest, studio: str, project: str, draft: Key) -> Any:
    """Bring back a draft that was thrown away."""
    stand, account = standing.teammate(request, studio, project)
    back = drafts.bring_back(account, stand.project, draft, at=timezone.now())
    return _answer(request, stand, back)


@router.post(
    "/projects/{studio}/{project}/drafts/{draft}/telling", response={201: Told, 202: Proposed}
)
def tell(request: HttpRequest, studio: str, project: str, draft: Key) -> Any:
    """Tell a draft of one's own now; a contributor's waits for a maker's look (202)."""
    stand, account = standing.teammate(request, studio, project)
    found = drafts.find(account, stand.project, draft)
    act = proposals.tell if stand.sight.is_maker else proposals.ask
    return _became(stand, act(found, at=timezone.now()))


@router.post(
    "/projects/{studio}/{project}/drafts/{draft}/hour", response={201: Told, 202: Proposed}
)
def set_hour(request: HttpRequest, studio: str, project: str, draft: Key, said: HourIn) -> Any:
    """Have a maker's own draft told at an hour (202); one just past is now (201)."""
    stand, account = standing.maker(request, studio, project)
    found = drafts.find(account, stand.project, draft)
    return _became(stand, proposals.set_hour(found, said.due_at, at=timezone.now()))


@router.post("/projects/{studio}/{project}/drafts/{draft}/asking", response={202: Proposed})
def ask(request: HttpRequest, studio: str, project: str, draft: Key, said: LookIn) -> Any:
    """Have this version of a draft wait until another of the team's makers has looked."""
    stand, account = standing.teammate(request, studio, project)
    found = drafts.find(account, stand.project, draft)
    return _became(stand, proposals.ask(found, due_at=said.due_at, at=timezone.now()))


@router.post("/projects/{studio}/{project}/drafts/{draft}/withdrawal", response=DraftOut)
def take_up(request: HttpRequest, studio: str, project: str, draft: Key) -> Any:
    """Take back what waits or has its hour: it is a draft again."""
    stand, account = standing.teammate(request, studio, project)
    taken = proposals.take_up(proposals.find(account, stand.project, draft))
    return _answer(request, stand, taken)


@router.get("/projects/{studio}/{project}/proposals", response=DraftsOut)
def waiting(
    request: HttpRequest,
    studio: str,
    project: str,
    cursor: paging.ByPlace,
) -> Any:
    """Read what waits for a look or for its hour: a maker all of it, others what is theirs.

    What was kept first stands first.
    """
    stand, account = standing.teammate(request, studio, project)
    whose = account if stand.is_proposed else None
    found = proposals.page(stand.project, of=whose, after=cursor.after, limit=cursor.limit)
    return _listed(request, stand, *found)


@router.post(
    "/projects/{studio}/{project}/drafts/{draft}/release", response={201: Told, 202: Proposed}
)
def release(request: HttpRequest, studio: str, project: str, draft: Key, said: RevisionIn) -> Any:
    """Let exactly the version that was looked at be told, in its author's name."""
    stand, account = standing.maker(request, studio, project)
    found = proposals.find(account, stand.project, draft)
    revision = said.revision
    return _became(
        stand, proposals.release(found, revision=revision, by=account, at=timezone.now())
    )


@router.post("/projects/{studio}/{project}/drafts/{draft}/return", response={204: None})
def give_back(request: HttpRequest, studio: str, project: str, draft: Key, said: ReturnIn) -> Any:
    """Give a version back to who wrote it, with a word."""
    stand, account = standing.maker(request, studio, project)
    found = proposals.find(account, stand.project, draft)
    proposals.give_back(found, revision=said.revision, word=said.word, by=account)
    return Status(204, None)


def _kept(
    request: HttpRequest, stand: Standing, draft: Draft | None, said: DraftIn
) -> dict[str, Any]:
    account: Any = request.auth.account  # type: ignore[attr-defined]
    theirs = set(draft.attachments.values_list("pk", flat=True)) if draft else set()
    wanted = said.attachments or []
    added = sending.loose(stand.project, [one for one in wanted if one not in theirs])
    parts = None if said.attachments is None else [one for one in wanted if one in theirs]
    words = {name: getattr(said, name) for name in FIELDS}
    knew = draft.revision if draft else 0
    kept = drafts.keep(
        stand.project,
        account,
        draft,
        drafts.Said(**words, parts=parts),
        knew=knew,
        added=added,
        at=timezone.now(),
    )
    return _answer(request, stand, kept.draft, is_apart=kept.is_apart)


def _answer(
    request: HttpRequest, stand: Standing, draft: Draft, *, is_apart: bool = False
) -> dict[str, Any]:
    request.tag = _tag(draft)  # type: ignore[attr-defined]
    return spelling.draft(stand, draft, is_apart=is_apart)


def _listed(
    request: HttpRequest, stand: Standing, rows: list[Draft], following: str
) -> dict[str, Any]:
    prefetch_related_objects(rows, "attachments", "account__voice", "project__studio")
    listed = [spelling.draft(stand, one) for one in rows]
    return {"drafts": listed, "next": paging.note(request, following)}


def _tag(draft: Draft) -> str:
    return f'"{draft.pk}.{draft.revision}"'


def _became(stand: Standing, became: Entry | Draft) -> Any:
    if isinstance(became, Entry):
        return Status(201, {"position": became.position, "url": stand.url(became.position)})
    url = f"{stand.base}{became.desk}preview/"
    return Status(202, {"proposal": became.pk, "url": url})
