"""Guests of a project: who came, by which code, and what happens to what they give."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from coulisses.api import standing
from coulisses.api.rooms import Room
from coulisses.api.schemas_room import GuestsOut, JoinCodeOut, TermsIn, TermsOut
from coulisses.api.standing import ANYBODY, READS, WORKS, Standing
from coulisses.guests import codes, proving, queries, terms
from coulisses.guests.models import JoinCode
from coulisses.guests.refusals import CodeUnknown
from coulisses.lib.refusals import require

PROJECT = "/projects/{studio}/{project}"
CODE = f"{PROJECT}/join-code"

router = Room("guests", auth=WORKS)


@router.get(f"{PROJECT}/guests", response=GuestsOut, auth=READS)
def listed(request: HttpRequest, studio: str, project: str) -> Any:
    """Read who came without an account and gave something, whoever did last first."""
    stand, _account = standing.maker(request, studio, project)
    return {
        "guests": [
            {
                "voice": one.voice_id,
                "name": str(one.voice),
                "is_verified": one.verified_at is not None,
                "came_at": one.created_at,
            }
            for one in queries.guests(stand.project)
        ]
    }


@router.post(f"{PROJECT}/guests/{{voice}}/verification", response={204: None})
def verify(request: HttpRequest, studio: str, project: str, voice: str) -> Any:
    """Say that a guest is a person: their words wait no longer where those of guests do."""
    stand, _account = standing.maker(request, studio, project)
    proving.is_a_person(stand.project, voice.replace("\0", "")[:26], at=timezone.now())
    return Status(204, None)


@router.delete(f"{PROJECT}/guests/{{voice}}/verification", response={204: None})
def take_back(request: HttpRequest, studio: str, project: str, voice: str) -> Any:
    """Take back that a guest is a person; who showed an address stays known."""
    stand, _account = standing.maker(request, studio, project)
    proving.take_back(stand.project, voice.replace("\0", "")[:26])
    return Status(204, None)


@router.get(CODE, response=JoinCodeOut, auth=READS)
def read_code(request: HttpRequest, studio: str, project: str) -> Any:
    """Read the code by which people join; 404 where there is none."""
    stand, _account = standing.maker(request, studio, project)
    known = JoinCode.objects.filter(project=stand.project).first()
    require(known, CodeUnknown)
    return _code(stand, str(known))


@router.put(CODE, response=JoinCodeOut)
def make_code(request: HttpRequest, studio: str, project: str) -> Any:
    """Make a code to join by; the one before ends."""
    stand, _account = standing.maker(request, studio, project)
    return _code(stand, codes.make(stand.project, at=timezone.now()).code)


@router.delete(CODE, response={204: None})
def end_code(request: HttpRequest, studio: str, project: str) -> Any:
    """Have the code lead nowhere any more."""
    stand, _account = standing.maker(request, studio, project)
    codes.end(stand.project)
    return Status(204, None)


@router.get(f"{PROJECT}/terms", response=TermsOut, auth=ANYBODY)
def read_terms(request: HttpRequest, studio: str, project: str) -> Any:
    """Read what happens to what is given."""
    return _terms(standing.reader(request, studio, project))


@router.put(f"{PROJECT}/terms", response=TermsOut)
def choose(request: HttpRequest, studio: str, project: str, said: TermsIn) -> Any:
    """Say what happens to what is given from now on; what was given keeps its version."""
    stand, _account = standing.maker(request, studio, project)
    terms.choose(stand.project, choice=said.choice, words=said.words, at=timezone.now())
    return _terms(stand)


def _code(stand: Standing, code: str) -> dict[str, str]:
    return {"code": code, "url": f"{stand.base}/j/{code}"}


def _terms(stand: Standing) -> dict[str, Any]:
    line = terms.current(stand.project)
    return {"version": line.version, "choice": line.choice, "words": str(line.words)}
