"""Live work: announced, started, ended by a program: an agent, or a button on the desk."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from coulisses.api import paging, spelling, standing
from coulisses.api.rooms import Room
from coulisses.api.schemas import Told
from coulisses.api.schemas_desk import (
    Number,
    PlanIn,
    SessionIn,
    SessionOut,
    SessionsOut,
    WordsIn,
)
from coulisses.lib.refusals import require
from coulisses.sessions import announcing, queries, rules
from coulisses.sessions.announcing import Plan
from coulisses.sessions.refusals import SessionNotFound

router = Room("sessions", auth=standing.WORKS)


@router.get("/projects/{studio}/{project}/sessions", response=SessionsOut, auth=standing.ANYBODY)
def listed(
    request: HttpRequest,
    studio: str,
    project: str,
    cursor: paging.ByPlace,
) -> Any:
    """Read which sessions run or are announced, and a page of those that are over, latest first."""
    stand = standing.reader(request, studio, project)
    over, older = queries.past(stand.project, after=cursor.after, limit=cursor.limit)
    known = [] if cursor.after else queries.opened(stand.project)
    return {
        "open": [spelling.session(stand, one) for one in known],
        "over": [spelling.session(stand, one) for one in over],
        "next": paging.note(request, older),
    }


@router.get(
    "/projects/{studio}/{project}/sessions/{int:number}", response=SessionOut, auth=standing.ANYBODY
)
def one(request: HttpRequest, studio: str, project: str, number: Number) -> Any:
    """Read one session: announced, running, over or called off."""
    stand = standing.reader(request, studio, project)
    found = queries.find(stand.project, number)
    require(found, SessionNotFound)
    assert found
    return spelling.session(stand, found)


@router.post("/projects/{studio}/{project}/sessions", response={201: SessionOut})
def start(request: HttpRequest, studio: str, project: str, said: SessionIn) -> Any:
    """Start working live, or the session announced for about now; `words` say at what."""
    stand, account = standing.maker(request, studio, project)
    session = rules.start(stand.project, words=said.words, by=account.voice_id, at=timezone.now())
    return Status(201, spelling.session(stand, session))


@router.post("/projects/{studio}/{project}/sessions/ending", response=SessionOut)
def end(request: HttpRequest, studio: str, project: str) -> Any:
    """End the session that is running."""
    stand, account = standing.maker(request, studio, project)
    session = rules.end(stand.project, by=account.voice_id, at=timezone.now())
    return spelling.session(stand, session)


@router.post("/projects/{studio}/{project}/sessions/noting", response=Told)
def note(request: HttpRequest, studio: str, project: str, said: WordsIn) -> Any:
    """Say what one is at now in the running session."""
    stand, account = standing.maker(request, studio, project)
    told = rules.note(stand.project, words=said.words, by=account.voice_id, at=timezone.now())
    return {"position": told.position, "url": stand.url(told.position)}


@router.post("/projects/{studio}/{project}/sessions/joining", response=Told)
def join(request: HttpRequest, studio: str, project: str) -> Any:
    """Work in the running session too."""
    stand, account = standing.maker(request, studio, project)
    told = rules.join(stand.project, by=account.voice_id, at=timezone.now())
    return {"position": told.position, "url": stand.url(told.position)}


@router.post("/projects/{studio}/{project}/sessions/announcement", response={201: SessionOut})
def announce(request: HttpRequest, studio: str, project: str, said: PlanIn) -> Any:
    """Announce a session: it has a page to wait on, and stands in the project's calendar."""
    stand, account = standing.maker(request, studio, project)
    plan, now = Plan(**said.model_dump()), timezone.now()
    session = announcing.announce(stand.project, plan, by=account.voice_id, at=now)
    return Status(201, spelling.session(stand, session))


@router.put("/projects/{studio}/{project}/sessions/{int:number}", response=SessionOut)
def change(request: HttpRequest, studio: str, project: str, number: Number, said: PlanIn) -> Any:
    """Announce a session otherwise; said as it was, nothing is told."""
    stand, account = standing.maker(request, studio, project)
    plan, now = Plan(**said.model_dump()), timezone.now()
    session = announcing.change(stand.project, number, plan, by=account.voice_id, at=now)
    return spelling.session(stand, session)


@router.post("/projects/{studio}/{project}/sessions/{int:number}/calling-off", response=SessionOut)
def call_off(request: HttpRequest, studio: str, project: str, number: Number, said: WordsIn) -> Any:
    """Call an announced session off, with a word for those who wait."""
    stand, account = standing.maker(request, studio, project)
    session = announcing.call_off(
        stand.project, number, words=said.words, by=account.voice_id, at=timezone.now()
    )
    return spelling.session(stand, session)
