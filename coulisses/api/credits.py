"""Credits: who took part, how one is named, what an entry came from, for whom a place is held."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Status

from coulisses.api import paging, standing
from coulisses.api.paging import ByPlace
from coulisses.api.rooms import Room
from coulisses.api.schemas_credits import (
    CreditOut,
    CreditsOut,
    NamingIn,
    NamingOut,
    PlaceHeldIn,
    RoleOut,
    SourceIn,
    ThanksIn,
)
from coulisses.api.schemas_desk import Number
from coulisses.api.standing import ANYBODY, MANAGES, READS, TELLS, WORKS, Standing
from coulisses.credits import handing, queries, rules, tying
from coulisses.credits.models import Credit
from coulisses.credits.queries import Line, Section
from coulisses.credits.refusals import RoleOfCreditUnknown
from coulisses.lib.refusals import require
from coulisses.people.models import Account
from coulisses.projects.credited import ROLES

PROJECT = "/projects/{studio}/{project}"
CREDITS = f"{PROJECT}/credits"
SOURCES = f"{PROJECT}/entries/{{int:position}}/sources"

router = Room("credits", auth=WORKS)


@router.get(CREDITS, response=CreditsOut, auth=ANYBODY)
def roll(request: HttpRequest, studio: str, project: str) -> Any:
    """Read who took part, by role and in order of appearance: the first of each role."""
    stand = standing.reader(request, studio, project)
    sections = queries.roll(stand.project, audiences=stand.sight.audiences)
    return {"roles": [_section(stand, one) for one in sections]}


@router.get(f"{CREDITS}/roles/{{role}}", response=RoleOut, auth=ANYBODY)
def of_role(request: HttpRequest, studio: str, project: str, role: str, cursor: ByPlace) -> Any:
    """Read all of one role, a page at a time."""
    stand = standing.reader(request, studio, project)
    require(role in ROLES, RoleOfCreditUnknown)
    asked: dict[str, Any] = {"after": cursor.after, "limit": cursor.limit}
    found = queries.section(stand.project, role, audiences=stand.sight.audiences, **asked)
    paging.note(request, found.more)
    return _section(stand, found)


@router.get(f"{CREDITS}/mine", response=NamingOut, auth=READS)
def my_name(request: HttpRequest, studio: str, project: str) -> Any:
    """Read how the token's account is named in this project."""
    stand, account = standing.teammate(request, studio, project)
    return _naming(stand, account)


@router.put(f"{CREDITS}/mine", response=NamingOut, auth=TELLS)
def choose(request: HttpRequest, studio: str, project: str, said: NamingIn) -> Any:
    """Choose how the token's account is named in this project."""
    stand, account = standing.teammate(request, studio, project)
    asked: dict[str, Any] = {"choice": said.choice, "alias": said.alias, "at": timezone.now()}
    rules.choose(account.voice_id, project=stand.project, **asked)
    return _naming(stand, account)


@router.post(CREDITS, response={201: CreditOut})
def thank(request: HttpRequest, studio: str, project: str, said: ThanksIn) -> Any:
    """Thank somebody in the credits by hand; the log says so."""
    stand, account = standing.maker(request, studio, project)
    who: dict[str, Any] = {"by": account.voice_id, "at": timezone.now()}
    made = rules.add(stand.project, **said.model_dump(), **who)
    line = Line(made.pk, made.alias, made.words, "", "")
    return Status(201, _line(stand, line))


@router.delete(f"{CREDITS}/lines/{{int:number}}", response={204: None})
def take_out(request: HttpRequest, studio: str, project: str, number: Number) -> Any:
    """Take a line out of the credits; the log says so."""
    account, line = _found(request, studio, project, number)
    rules.take_out(line, by=account.voice_id, at=timezone.now())
    return Status(204, None)


@router.post(f"{CREDITS}/lines/{{int:number}}/return", response={204: None})
def put_back(request: HttpRequest, studio: str, project: str, number: Number) -> Any:
    """Have a line stand in the credits again that was taken out."""
    account, line = _found(request, studio, project, number)
    rules.put_back(line, by=account.voice_id, at=timezone.now())
    return Status(204, None)


@router.post(SOURCES, response={204: None})
def came_from(
    request: HttpRequest, studio: str, project: str, position: Number, said: SourceIn
) -> Any:
    """Say that an entry came from what somebody said: they are told, and stand in the credits."""
    stand, _account = standing.maker(request, studio, project)
    tying.tie(stand.project, position, word=said.word, how=said.how, at=timezone.now())
    return Status(204, None)


@router.delete(f"{SOURCES}/{{int:word}}", response={204: None})
def did_not(request: HttpRequest, studio: str, project: str, position: Number, word: Number) -> Any:
    """Take back that an entry came from what somebody said."""
    stand, _account = standing.maker(request, studio, project)
    tying.untie(stand.project, position, word=word)
    return Status(204, None)


@router.post(f"{PROJECT}/places-held", response={204: None}, auth=MANAGES)
def hold(request: HttpRequest, studio: str, project: str, said: PlaceHeldIn) -> Any:
    """Hold a place in the team for somebody who took part: they are told when they come back."""
    stand, account = standing.owner(request, studio, project)
    held = handing.hold(stand.project, said.voice, by=account, at=timezone.now())
    handing.tell(held, base=stand.base, language=get_language() or "en")
    return Status(204, None)


@router.delete(f"{PROJECT}/places-held/{{voice}}", response={204: None}, auth=MANAGES)
def hold_no_longer(request: HttpRequest, studio: str, project: str, voice: str) -> Any:
    """Hold a place for somebody no longer."""
    stand, _account = standing.owner(request, studio, project)
    handing.take_back(stand.project, voice.replace("\0", "")[:26], at=timezone.now())
    return Status(204, None)


def _found(request: HttpRequest, studio: str, project: str, number: int) -> tuple[Account, Credit]:
    stand, account = standing.maker(request, studio, project)
    return account, queries.find(stand.project, number)


def _naming(stand: Standing, account: Account) -> dict[str, str]:
    known = queries.consent(stand.project, account.voice_id)
    return {"choice": known.choice if known else "name", "alias": known.alias if known else ""}


def _section(stand: Standing, one: Section) -> dict[str, Any]:
    lines = [_line(stand, line) for line in one.lines]
    return {"role": one.role, "credits": lines, "next": one.more or None}


def _line(stand: Standing, one: Line) -> dict[str, Any]:
    url = f"{stand.base}{one.place}" if one.place else ""
    return {"number": one.number, "name": one.name, "words": one.words, "url": url}
