"""Saves that wait, for the team: listed, released, dropped."""

import json
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Status
from pydantic import Field

from coulisses.api import standing
from coulisses.api.schemas import MOST_POSITION, Told, WaitingPageOut
from coulisses.capture import queries, waiting
from coulisses.capture.models import Waiting

router = Router(tags=["captures"])


@router.get("/projects/{studio}/{project}/waiting", response=WaitingPageOut)
def listed(
    request: HttpRequest,
    studio: str,
    project: str,
    after: Annotated[int, Query(), Field(ge=0, le=MOST_POSITION)] = 0,
    limit: Annotated[int, Query(), Field(ge=1, le=200)] = 50,
) -> Any:
    """Read what waits, oldest first; a contributor reads what is theirs."""
    stand, account = standing.teammate(request, studio, project)
    whose = account.voice_id if stand.is_proposed else None
    found = queries.waiting(stand.project, by=whose, after=after, limit=limit + 1)
    page, is_more = found[:limit], len(found) > limit
    return {"waiting": [_short(one) for one in page], "next": page[-1].pk if is_more else None}


@router.post("/projects/{studio}/{project}/waiting/{waiting_id}/release", response=Told)
def release(request: HttpRequest, studio: str, project: str, waiting_id: int) -> Any:
    """Tell a save that waited: from now on it is an entry like any other."""
    stand, _account = standing.maker(request, studio, project)
    told = waiting.release(stand.project, [waiting_id], at=timezone.now())[0]
    return {"position": told.position, "url": stand.url(told.position)}


@router.delete("/projects/{studio}/{project}/waiting/{waiting_id}", response={204: None})
def drop(request: HttpRequest, studio: str, project: str, waiting_id: int) -> Any:
    """Drop a save that waited. Sent again, it stays dropped; its tray gives it back for an hour."""
    stand, _account = standing.maker(request, studio, project)
    waiting.drop(stand.project, [waiting_id], at=timezone.now())
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
