"""Doubts and leads, for the team's programs: the pages' own rules."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from coulisses.api import paging, standing
from coulisses.api.rooms import Room
from coulisses.api.schemas import Told
from coulisses.api.schemas_desk import Number
from coulisses.api.schemas_doubts import (
    AnswerIn,
    DoubtsOut,
    LeadAnswered,
    LeadsOut,
    LessonIn,
    LifeIn,
    WordsIn,
)
from coulisses.api.standing import Standing
from coulisses.doubts import leads, queries, rules
from coulisses.doubts.queries import Stands
from coulisses.log import ledger
from coulisses.moments import rules as moments
from coulisses.people import rows as voices
from coulisses.projects import heard

PROJECT = "/projects/{studio}/{project}"
DOUBTS = f"{PROJECT}/doubts"
LEAD = f"{DOUBTS}/{{int:position}}/leads/{{int:lead}}"
MOVES: dict[str, Any] = {"tried": rules.tried, "let_go": rules.let_go, "reopened": rules.reopen}
ANSWERS: dict[str, Any] = {"kept": leads.keep, "put_by": leads.put_by}

router = Room("doubts")


@router.get(DOUBTS, response=DoubtsOut, auth=standing.READS)
def listed(
    request: HttpRequest,
    studio: str,
    project: str,
    cursor: paging.ByNumber,
) -> Any:
    """Read the doubts that are open, oldest first."""
    stand, _account = standing.teammate(request, studio, project)
    found, more = queries.open_doubts(stand.project, after=cursor.after, limit=cursor.limit)
    positions, at = [one.position for one in found], timezone.now()
    eyes = ledger.EVERYTHING
    known, _settled = queries.lives(stand.project, positions, audiences=eyes)
    stands = queries.standing(stand.project, known, audiences=eyes, at=at)
    lines = queries.named(stand.project, found, audiences=eyes, at=at)
    offered = queries.have_leads(stand.project, positions)
    doubts = []
    for one in found:
        now = stands.get(one.position, Stands(one.position, "open"))
        title = lines[one.position].words if one.position in lines else ""
        doubts.append(
            {
                "position": one.position,
                "title": title,
                "asks": getattr(one.fact, "asks", ""),
                "state": now.state,
                "words": now.words,
                "has_leads": one.position in offered,
                "at": one.happened_at,
                "url": stand.url(one.position),
            }
        )
    return {"doubts": doubts, "next": paging.note(request, more)}


@router.post(f"{DOUBTS}/{{int:position}}/life", response={201: Told})
def move(request: HttpRequest, studio: str, project: str, position: Number, said: LifeIn) -> Any:
    """Say what became of a doubt."""
    stand, account = standing.maker(request, studio, project)
    who: dict[str, Any] = {"words": said.words, "by": account.voice_id, "at": timezone.now()}
    if said.act == "settled":
        told = rules.settle(stand.project, position, settled_by=said.settled_by, **who)
    else:
        told = MOVES[said.act](stand.project, position, **who)
    return Status(201, {"position": told.position, "url": stand.url(position)})


@router.get(f"{DOUBTS}/{{int:position}}/leads", response=LeadsOut, auth=standing.READS)
def offered(
    request: HttpRequest,
    studio: str,
    project: str,
    position: Number,
    cursor: paging.ByNumber,
) -> Any:
    """Read the leads that a doubt was offered, oldest first, as its team reads them."""
    stand, _account = standing.teammate(request, studio, project)
    at = timezone.now()
    queries.find(stand.project, position, audiences=ledger.EVERYTHING, at=at)
    rows, more = queries.lead_rows(stand.project, position, after=cursor.after, limit=cursor.limit)
    positions = [one.position for one in rows]
    read = heard.read(stand.project, audiences=ledger.EVERYTHING, at=at, positions=positions)
    told = {one.position: one for one in read}
    names = voices.names({one.voice_id for one in rows})
    found = [
        {
            "position": one.position,
            "words": getattr(told[one.position].fact, "words", ""),
            "by": names.get(one.voice_id, ""),
            "state": one.state,
            "at": one.at,
            "url": _url(stand, position, one.position),
        }
        for one in rows
        if one.position in told
    ]
    return {"leads": found, "next": paging.note(request, more)}


@router.post(f"{DOUBTS}/{{int:position}}/leads", response={201: LeadAnswered})
def offer(request: HttpRequest, studio: str, project: str, position: Number, said: WordsIn) -> Any:
    """Offer an idea to a doubt that asks for advice, in the name of the token's account."""
    stand, account = standing.teammate(request, studio, project)
    doubt = rules.find(stand.project, position)
    who: dict[str, Any] = {"words": said.words, "by": account.voice_id, "at": timezone.now()}
    told = leads.offer(stand.project, doubt, **who)
    return Status(201, {"position": told.position, "url": _url(stand, position, told.position)})


@router.post(
    f"{DOUBTS}/{{int:position}}/leads/{{int:lead}}/developments", response={201: LeadAnswered}
)
def develop(
    request: HttpRequest, studio: str, project: str, position: Number, lead: Number, said: WordsIn
) -> Any:
    """Take a lead further, in the name of the token's account."""
    stand, account = standing.teammate(request, studio, project)
    doubt = rules.find(stand.project, position)
    who: dict[str, Any] = {"words": said.words, "by": account.voice_id, "at": timezone.now()}
    told = leads.develop(stand.project, doubt, lead, **who)
    return Status(201, {"position": told.position, "url": _url(stand, position, lead)})


@router.post(f"{PROJECT}/entries/{{int:position}}/lesson", response={201: Told})
def learn(request: HttpRequest, studio: str, project: str, position: Number, said: LessonIn) -> Any:
    """Say what a failure taught, or say it anew."""
    stand, account = standing.maker(request, studio, project)
    who: dict[str, Any] = {"words": said.words, "by": account.voice_id, "at": timezone.now()}
    told = moments.learn(stand.project, position, **who)
    return Status(201, {"position": told.position, "url": stand.url(position)})


@router.post(f"{LEAD}/answer", response={201: LeadAnswered})
def answer(
    request: HttpRequest, studio: str, project: str, position: Number, lead: Number, said: AnswerIn
) -> Any:
    """Keep a lead, or put it by with a word why."""
    stand, account = standing.maker(request, studio, project)
    doubt = rules.find(stand.project, position)
    who: dict[str, Any] = {"words": said.words, "by": account.voice_id, "at": timezone.now()}
    told = ANSWERS[said.act](stand.project, doubt, lead, **who)
    return Status(201, {"position": told.position, "url": _url(stand, position, lead)})


@router.delete(f"{DOUBTS}/leads/{{int:lead}}", response={204: None})
def take_back(request: HttpRequest, studio: str, project: str, lead: Number) -> Any:
    """Take back for good a lead of the token's account, or what it added to one.

    An owner takes out anybody's.
    """
    stand, account = standing.teammate(request, studio, project)
    at = timezone.now()
    said = leads.told(stand.project, lead, audiences=stand.sight.audiences, at=at)
    is_owner = stand.sight.is_owner
    leads.take_back(stand.project, said, by=account.voice_id, at=at, is_owner=is_owner)
    return Status(204, None)


def _url(stand: Standing, doubt: int, lead: int) -> str:
    return stand.url(f"{doubt}#say-{lead}")
