"""How a room is kept, for its makers' programs; what was done is read by anybody."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from coulisses.api import paging, standing
from coulisses.api.paging import ByNumber, ByPlace
from coulisses.api.rooms import Room
from coulisses.api.schemas_desk import Number
from coulisses.api.schemas_room import (
    ActsOut,
    AppealAnswerIn,
    AppealsOut,
    ClosingIn,
    HeardOut,
    HeldsOut,
    MannersIn,
    MannersOut,
    ReasonIn,
    RestIn,
    RestingOut,
    RestingsOut,
    WaitingOut,
)
from coulisses.api.standing import ANYBODY, READS, WORKS, Standing
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.manners import appeals, gates, queries, rules
from coulisses.manners.kinds import TOPIC
from coulisses.manners.models import Held
from coulisses.manners.refusals import NothingWaits
from coulisses.people import rows as people
from coulisses.projects import heard, waiting

PROJECT = "/projects/{studio}/{project}"
HIDING = f"{PROJECT}/voices/{{int:word}}/hiding"
CLOSING = f"{PROJECT}/entries/{{int:position}}/closing"
HELD = f"{PROJECT}/manners/held"
MOST_WAITING = 100

router = Room("manners", auth=WORKS)


@router.get(f"{PROJECT}/manners", response=MannersOut, auth=READS)
def read(request: HttpRequest, studio: str, project: str) -> Any:
    """Read how a room is kept."""
    stand, _account = standing.maker(request, studio, project)
    return _manners(stand)


@router.put(f"{PROJECT}/manners", response=MannersOut)
def choose(request: HttpRequest, studio: str, project: str, said: MannersIn) -> Any:
    """Say how a room is kept from now on."""
    stand, _account = standing.maker(request, studio, project)
    asked = said.model_dump()
    if said.established_days is None:
        asked["established_days"] = gates.of(stand.project).established_days
    rules.choose(stand.project, **asked)
    return _manners(stand)


@router.get(f"{PROJECT}/manners/acts", response=ActsOut, auth=ANYBODY)
def acts(request: HttpRequest, studio: str, project: str, cursor: ByNumber) -> Any:
    """Read what was done to keep a room, the newest first; about whom is never said."""
    stand = standing.reader(request, studio, project)
    found = heard.read(
        stand.project,
        audiences=stand.sight.audiences,
        at=timezone.now(),
        topics=[TOPIC],
        before=cursor.after or None,
        newest_first=True,
        limit=cursor.limit + 1,
    )
    shown, following = paging.page(request, found, cursor.limit)
    return {"acts": [_act(one) for one in shown], "next": following}


@router.get(f"{PROJECT}/waiting-for-a-word", response=WaitingOut, auth=READS)
def unanswered(request: HttpRequest, studio: str, project: str) -> Any:
    """Read what waits for a word of the team: threads, leads, votes. The oldest first."""
    stand, _account = standing.teammate(request, studio, project)
    found = waiting.oldest(stand.project, limit=MOST_WAITING)
    names = people.names({one.voice for _what, one in found if one.voice})
    return {
        "waiting": [
            {
                "what": what,
                "by": names.get(one.voice, ""),
                "words": one.words,
                "at": one.at,
                "url": stand.url(one.place),
            }
            for what, one in found
        ]
    }


@router.get(HELD, response=HeldsOut, auth=READS)
def held(request: HttpRequest, studio: str, project: str, cursor: ByPlace) -> Any:
    """Read the words that nobody has looked at yet, the oldest first."""
    stand, _account = standing.maker(request, studio, project)
    found, more = queries.waiting(stand.project, after=cursor.after, limit=cursor.limit)
    rows = [
        {
            "number": one.held.pk,
            "by": one.name,
            "kind": one.held.kind,
            "words": one.words,
            "cue": one.cue,
            "pictures": one.pictures,
            "at": one.held.at,
        }
        for one in found
    ]
    return {"held": rows, "next": paging.note(request, more)}


@router.post(f"{HELD}/{{int:number}}/release", response={201: HeardOut, 202: None})
def release(request: HttpRequest, studio: str, project: str, number: Number) -> Any:
    """Let words that waited be heard, as if they were said now; 202 in a round that is silent."""
    stand, _account = standing.maker(request, studio, project)
    told = rules.release(_held(stand, number), at=timezone.now())
    return Status(201, _heard(stand, told)) if told else Status(202, None)


@router.post(f"{HELD}/{{int:number}}/refusal", response={204: None})
def refuse(request: HttpRequest, studio: str, project: str, number: Number, said: ReasonIn) -> Any:
    """Say that words which waited are not shown, and why; for a month an appeal may free them."""
    stand, account = standing.maker(request, studio, project)
    who: dict[str, Any] = {"by": account.voice_id, "at": timezone.now()}
    rules.refuse(_held(stand, number), reason=said.reason, **who)
    return Status(204, None)


@router.get(f"{PROJECT}/manners/appeals", response=AppealsOut, auth=READS)
def waiting_appeals(request: HttpRequest, studio: str, project: str) -> Any:
    """Read the appeals that wait for somebody who did not act."""
    stand, account = standing.maker(request, studio, project)
    return {
        "appeals": [
            {
                "number": one.pk,
                "act": one.act,
                "kind": one.kind,
                "reason": one.reason,
                "appeal": one.appeal,
                "at": one.appealed_at,
                "may_answer": appeals.may_answer(one, account),
            }
            for one in appeals.open_in(stand.project)
        ]
    }


@router.post(f"{PROJECT}/manners/appeals/{{int:number}}/answer", response={201: HeardOut})
def answer_appeal(
    request: HttpRequest, studio: str, project: str, number: Number, said: AppealAnswerIn
) -> Any:
    """Answer an appeal; whoever acted can't."""
    stand, account = standing.maker(request, studio, project)
    one = appeals.find(number, project=stand.project)
    told = appeals.answer(one, **said.model_dump(), by=account, at=timezone.now())
    url = stand.url(f"manners/#say-{told.position}")
    return Status(201, {"position": told.position, "url": url})


@router.put(HIDING, response=HeardOut)
def hide(request: HttpRequest, studio: str, project: str, word: Number, said: ReasonIn) -> Any:
    """Hide what was said from all but its author and the team, with the reason."""
    stand, account = standing.maker(request, studio, project)
    who: dict[str, Any] = {"by": account.voice_id, "at": timezone.now()}
    return _heard(stand, rules.hide(stand.project, word, reason=said.reason, **who))


@router.delete(HIDING, response={204: None})
def restore(request: HttpRequest, studio: str, project: str, word: Number) -> Any:
    """Show again what was hidden."""
    stand, account = standing.maker(request, studio, project)
    rules.restore(stand.project, word, by=account.voice_id, at=timezone.now())
    return Status(204, None)


@router.get(f"{PROJECT}/resting", response=RestingsOut, auth=READS)
def resting(request: HttpRequest, studio: str, project: str) -> Any:
    """Read who is asked to rest now, the latest first."""
    stand, _account = standing.maker(request, studio, project)
    found = queries.resting(stand.project, at=timezone.now())
    return {"resting": [_resting(one, name) for one, name in found]}


@router.post(f"{PROJECT}/voices/{{int:word}}/rest", response={201: RestingOut})
def ask_to_rest(request: HttpRequest, studio: str, project: str, word: Number, said: RestIn) -> Any:
    """Ask whoever said something to say nothing here for some hours."""
    stand, account = standing.maker(request, studio, project)
    told = ledger.find(stand.project.room, word)
    who: dict[str, Any] = {"by": account.voice_id, "at": timezone.now(), "audience": told.audience}
    asked = rules.ask_to_rest(stand.project, told.by, hours=said.hours, reason=said.reason, **who)
    return Status(201, _resting(asked, people.names({told.by}).get(told.by, "")))


@router.delete(f"{PROJECT}/resting/{{voice}}", response={204: None})
def let_speak(request: HttpRequest, studio: str, project: str, voice: str) -> Any:
    """Let somebody speak again."""
    stand, _account = standing.maker(request, studio, project)
    rules.let_speak(stand.project, voice.replace("\0", "")[:26])
    return Status(204, None)


@router.put(CLOSING, response={204: None})
def close(
    request: HttpRequest, studio: str, project: str, position: Number, said: ClosingIn
) -> Any:
    """Have nothing more be said under an entry."""
    stand, account = standing.maker(request, studio, project)
    who: dict[str, Any] = {"by": account.voice_id, "at": timezone.now()}
    rules.close(stand.project, position, reason=said.reason, **who)
    return Status(204, None)


@router.delete(CLOSING, response={204: None})
def reopen(request: HttpRequest, studio: str, project: str, position: Number) -> Any:
    """Let one speak again under an entry."""
    stand, account = standing.maker(request, studio, project)
    rules.reopen(stand.project, position, by=account.voice_id, at=timezone.now())
    return Status(204, None)


def _manners(stand: Standing) -> dict[str, Any]:
    one = gates.of(stand.project)
    names = ("looks_at", "slow", "rules", "established_days")
    return {name: getattr(one, name) for name in names}


def _held(stand: Standing, number: int) -> Held:
    one = Held.objects.filter(project=stand.project, pk=number, refused_at=None).first()
    require(one, NothingWaits)
    assert one
    one.project = stand.project
    return one


def _heard(stand: Standing, told: Entry) -> dict[str, Any]:
    place = f"{getattr(told.fact, 'cue', '')}#say-{told.about or told.position}"
    return {"position": told.position, "url": stand.url(place)}


def _act(told: Entry) -> dict[str, Any]:
    said = {name: getattr(told.fact, name, None) for name in ("cue", "hours")}
    reason = getattr(told.fact, "reason", "")
    same = {"position": told.position, "kind": told.kind, "about": told.about}
    return {**same, **said, "reason": reason, "at": told.told_at}


def _resting(one: Any, name: str) -> dict[str, Any]:
    same = {"voice": one.voice_id, "name": name, "reason": one.reason}
    return {**same, "until": one.until, "at": one.at}
