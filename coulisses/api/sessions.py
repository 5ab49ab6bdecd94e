"""Live work, started and ended by a program: an agent, or a button on the desk."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from coulisses.api import standing
from coulisses.api.schemas import SessionIn, SessionOut
from coulisses.api.standing import Standing
from coulisses.sessions import rules
from coulisses.sessions.models import Session

router = Router(tags=["sessions"])


@router.post("/projects/{studio}/{project}/sessions", response={201: SessionOut})
def start(request: HttpRequest, studio: str, project: str, said: SessionIn) -> Any:
    """Start working live, or the session announced for about now; `words` say at what."""
    stand, account = standing.maker(request, studio, project)
    session = rules.start(stand.project, words=said.words, by=account.voice_id, at=timezone.now())
    return Status(201, _answer(stand, session))


@router.post("/projects/{studio}/{project}/sessions/ending", response=SessionOut)
def end(request: HttpRequest, studio: str, project: str) -> Any:
    """End the session that is running."""
    stand, account = standing.maker(request, studio, project)
    session = rules.end(stand.project, by=account.voice_id, at=timezone.now())
    return _answer(stand, session)


def _answer(stand: Standing, session: Session) -> dict[str, Any]:
    return {
        "number": session.number,
        "url": stand.url(f"sessions/{session.number}/"),
        "started_at": session.started_at,
        "ended_at": session.ended_at,
    }
