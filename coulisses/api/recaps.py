"""A project in few words: its twelve cues, and what is new since somebody last read it."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query

from coulisses.api import paging, spelling, standing
from coulisses.api.rooms import Room
from coulisses.api.schemas_recaps import CuesOut, SinceOut
from coulisses.recaps import cues, since

router = Room("recaps", auth=standing.ANYBODY)


@router.get("/projects/{studio}/{project}/cues", response=CuesOut)
def twelve(request: HttpRequest, studio: str, project: str) -> Any:
    """Read a project in twelve cues at most, in the order of time, chosen as its page says."""
    stand = standing.reader(request, studio, project)
    return {"cues": [spelling.cue(stand, one) for one in cues.read(stand.scene)]}


@router.get("/projects/{studio}/{project}/since", response=SinceOut)
def news(
    request: HttpRequest,
    studio: str,
    project: str,
    after: paging.After = 0,
    day: Annotated[date | None, Query(description="Since the first of this day.")] = None,
) -> Any:
    """Read in a few lines what is new after a position, or since a day (the later of the two).

    Keep `upto`: it is what to pass as `after` the next time.
    """
    stand = standing.reader(request, studio, project)
    scene = stand.scene
    after = max(after, since.after_day(scene, day) if day else 0)
    return spelling.since(stand, since.read(scene, after))
