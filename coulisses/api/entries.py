"""Entries: read, said anew, shredded, pinned; sentences laid over them."""

from datetime import datetime
from typing import Annotated, Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Status
from pydantic import AwareDatetime

from coulisses.api import paging, standing
from coulisses.api.refusals import SpanMalformed
from coulisses.api.rooms import Room
from coulisses.api.schemas import EntriesOut, Position, Told
from coulisses.api.schemas_desk import AmendIn, SentenceIn, ShredIn
from coulisses.api.schemas_stage import Topic, WholeEntryOut
from coulisses.api.standing import Standing
from coulisses.capture import waiting
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.refusals import EntryNotFound
from coulisses.moments import laying, rules
from coulisses.pins import rules as pins
from coulisses.ui import objects

router = Room("entries")

EARLIEST, LATEST = "1970-01-01T00:00:00+00:00", "9999-12-31T00:00:00+00:00"


@router.get("/projects/{studio}/{project}/entries", response=EntriesOut, auth=standing.ANYBODY)
def entries(
    request: HttpRequest,
    studio: str,
    project: str,
    cursor: paging.ByNumber,
    before: Annotated[Position | None, Query(description="Only what stands before this.")] = None,
    topic: Annotated[list[Topic], Query(description="Only what is filed under one of these.")] = [],  # noqa: B006
    since: Annotated[AwareDatetime | None, Query(description="Only what happened since.")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Only what happened until.")] = None,
    newest_first: Annotated[
        bool, Query(description="From the newest on; `after` goes back.")
    ] = False,
) -> Any:
    """Read what was told after a position, oldest first; without a token, what anybody may.

    With `topic`, `since` or `until`, only what the asker may read: nothing is curtained then.
    """
    stand = standing.reader(request, studio, project)
    ends = [one for one in (before, cursor.after) if one] if newest_first else [before]
    known = ledger.read(
        stand.project.work,
        audiences=stand.sight.audiences,
        at=timezone.now(),
        after=0 if newest_first else cursor.after,
        before=min((one for one in ends if one), default=None),
        topics=topic or None,
        during=_span(since, until),
        newest_first=newest_first,
        limit=cursor.limit + 1,
    )
    page, following = paging.page(request, known, cursor.limit)
    listed = [objects.short(stand.project, one, base=stand.base) for one in page]
    return {"entries": listed, "next": following}


@router.get(
    "/projects/{studio}/{project}/entries/{position}",
    response=WholeEntryOut,
    auth=standing.ANYBODY,
)
def whole(request: HttpRequest, studio: str, project: str, position: Position) -> Any:
    """Read one entry whole: its words as they were said last and before, and what it shows."""
    stand, now = standing.reader(request, studio, project), timezone.now()
    eyes, work = stand.sight.audiences, stand.project.work
    known = ledger.read(work, audiences=eyes, at=now, positions=[position])
    require(known, EntryNotFound)
    return objects.whole(stand.project, known, audiences=eyes, at=now, base=stand.base)[0]


@router.patch("/projects/{studio}/{project}/entries/{position}", response=Told, auth=standing.TELLS)
def amend(
    request: HttpRequest, studio: str, project: str, position: Position, said: AmendIn
) -> Any:
    """Put a moment into other words; the old ones stay one click away, and pictures as they are."""
    stand, account = standing.maker(request, studio, project)
    rules.amend(
        stand.project,
        position,
        **said.model_dump(),
        by=account.voice_id,
        at=timezone.now(),
    )
    return _told(stand, position)


@router.post(
    "/projects/{studio}/{project}/entries/{position}/shredding",
    response=Told,
    auth=standing.WORKS,
)
def shred(
    request: HttpRequest, studio: str, project: str, position: Position, said: ShredIn
) -> Any:
    """Take an entry's words and files out for good; its place stays. The owner's to decide."""
    stand, account = standing.owner(request, studio, project)
    now = timezone.now()
    rules.shred(stand.project, position, reason=said.reason, by=account.voice_id, at=now)
    return _told(stand, position)


@router.post("/projects/{studio}/{project}/entries/{position}/taking-back", response=Told)
def take_back(request: HttpRequest, studio: str, project: str, position: Position) -> Any:
    """Take back what was told within the last minute: its words and files go, its place stays."""
    stand, account = standing.maker(request, studio, project)
    rules.take_back(stand.project, position, by=account.voice_id, at=timezone.now())
    return _told(stand, position)


@router.post("/projects/{studio}/{project}/entries/{position}/unfolding", response=Told)
def unfold(request: HttpRequest, studio: str, project: str, position: Position) -> Any:
    """Let the saves under a sentence stand by themselves again."""
    stand, account = standing.maker(request, studio, project)
    laying.unfold(stand.project, position, by=account.voice_id, at=timezone.now())
    return _told(stand, position)


@router.delete("/projects/{studio}/{project}/pins/{position}", response={204: None})
def unpin(request: HttpRequest, studio: str, project: str, position: Position) -> Any:
    """Take an entry out of the short reading."""
    stand, account = standing.maker(request, studio, project)
    pins.unpin(stand.project, position, by=account.voice_id, at=timezone.now())
    return Status(204, None)


@router.post("/projects/{studio}/{project}/sentences", response={201: Told}, auth=standing.WORKS)
@transaction.atomic
def lay(request: HttpRequest, studio: str, project: str, said: SentenceIn) -> Any:
    """Tell a sentence over saves, told or waiting: they stand folded under it, with their numbers.

    What waits is told by it; all of it, or nothing.
    """
    stand, account = standing.maker(request, studio, project)
    now = timezone.now()
    released = waiting.release(stand.project, said.waiting, at=now) if said.waiting else []
    over = {*said.over, *(one.position for one in released)}
    words = {"kind": said.kind, "title": said.words}
    told = laying.lay(stand.project, over, **words, by=account.voice_id, at=now)
    return Status(201, _told(stand, told.position))


def _told(stand: Standing, position: int) -> dict[str, Any]:
    return {"position": position, "url": stand.url(position)}


def _span(since: datetime | None, until: datetime | None) -> tuple[datetime, datetime] | None:
    if since is None and until is None:
        return None
    earliest, latest = map(datetime.fromisoformat, (EARLIEST, LATEST))
    # A time at the calendar's edge, with an offset, is none in UTC.
    first, last = max(since or earliest, earliest), min(until or latest, latest)
    require(first <= last, SpanMalformed)
    return first, last
