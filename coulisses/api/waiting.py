"""Saves that wait, for the team: listed, released, held, dropped, taken back."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from coulisses.api import paging, standing
from coulisses.api.rooms import Room
from coulisses.api.schemas import Told, WaitingPageOut
from coulisses.api.schemas_desk import DroppedPageOut, Number, WaitingIn
from coulisses.capture import queries, waiting
from coulisses.capture.models import Waiting

router = Room("captures", auth=standing.WORKS)


@router.get("/projects/{studio}/{project}/waiting", response=WaitingPageOut)
def listed(
    request: HttpRequest,
    studio: str,
    project: str,
    cursor: paging.ByNumber,
) -> Any:
    """Read what waits, oldest first; a contributor reads what is theirs."""
    stand, account = standing.teammate(request, studio, project)
    whose = account.voice_id if stand.is_proposed else None
    found = queries.waiting(stand.project, by=whose, after=cursor.after, limit=cursor.limit + 1)
    page, following = paging.page(request, found, cursor.limit, "pk")
    return {"waiting": [_short(one) for one in page], "next": following}


@router.post("/projects/{studio}/{project}/waiting/{int:waiting_id}/release", response=Told)
def release(request: HttpRequest, studio: str, project: str, waiting_id: Number) -> Any:
    """Tell a save that waited: from now on it is an entry like any other."""
    stand, _account = standing.maker(request, studio, project)
    told = waiting.release(stand.project, [waiting_id], at=timezone.now())[0]
    return {"position": told.position, "url": stand.url(told.position)}


@router.delete("/projects/{studio}/{project}/waiting/{int:waiting_id}", response={204: None})
def drop(request: HttpRequest, studio: str, project: str, waiting_id: Number) -> Any:
    """Drop a save that waited. Sent again, it stays dropped; its tray gives it back for an hour."""
    stand, _account = standing.maker(request, studio, project)
    waiting.drop(stand.project, [waiting_id], at=timezone.now())
    return Status(204, None)


@router.get("/projects/{studio}/{project}/waiting/dropped", response=DroppedPageOut)
def dropped(
    request: HttpRequest,
    studio: str,
    project: str,
    cursor: paging.ByPlace,
) -> Any:
    """Read what was dropped within the last hour and can be taken back, the latest first."""
    stand, _account = standing.maker(request, studio, project)
    lately = timezone.now() - waiting.KEPT_FOR
    found, older = queries.dropped(
        stand.project, since=lately, after=cursor.after, limit=cursor.limit
    )
    listed = [{**_short(one), "dropped_at": one.dropped_at} for one in found]
    return {"dropped": listed, "next": paging.note(request, older)}


@router.post("/projects/{studio}/{project}/waiting/recovery", response={204: None})
def recover(request: HttpRequest, studio: str, project: str, said: WaitingIn) -> Any:
    """Let saves that were dropped wait again: all that are named, or none."""
    stand, _account = standing.maker(request, studio, project)
    waiting.take_back(stand.project, said.waiting, at=timezone.now())
    return Status(204, None)


@router.post("/projects/{studio}/{project}/waiting/hold", response={204: None})
def hold(request: HttpRequest, studio: str, project: str, said: WaitingIn) -> Any:
    """Take the clocks off saves: they wait for a word. All that are named, or none."""
    stand, _account = standing.maker(request, studio, project)
    waiting.hold(stand.project, said.waiting)
    return Status(204, None)


def _short(one: Waiting) -> dict[str, Any]:
    said = json.loads(one.said)
    return {
        "id": one.pk,
        "once": one.once,
        "arrived_at": one.arrived_at.isoformat(),
        "due_at": one.due_at.isoformat() if one.due_at else None,
        "paths": [change["path"] for change in said["changes"]],
    }
