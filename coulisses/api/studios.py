"""Studios: opened, handed over, their projects put in order, letters to them answered."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from coulisses.api import paging, spelling, standing
from coulisses.api.rooms import Room
from coulisses.api.schemas_desk import Number
from coulisses.api.schemas_team import (
    LetterOut,
    LettersOut,
    OpenStudioIn,
    ShiftIn,
    StudioMadeOut,
)
from coulisses.projects import opening, rules, team
from coulisses.projects.models import Studio, Token
from coulisses.reports import queries as letters
from coulisses.reports import rules as reports
from coulisses.reports.models import Report
from coulisses.ui import addresses

router = Room("studios", auth=standing.MANAGES)


@router.post("/studios", response={201: StudioMadeOut})
def open_studio(request: HttpRequest, said: OpenStudioIn) -> Any:
    """Open a studio that is one's own: twenty at most.

    `secret` is a token of it, with the scopes and the end of the one that asks.
    """
    token: Token = request.auth  # type: ignore[attr-defined]
    _mine, _seen, account = standing.at_studio(request, token.studio.slug)
    with transaction.atomic():
        made = opening.own_studio(name=said.name, slug=said.studio, by=account)
        rules.describe_studio(made, name=said.name, line=said.line)
        secret = rules.issue_token(
            made,
            account,
            label=token.label,
            can=token.scopes.split(),
            until=token.expires_at,
            at=timezone.now(),
        )
    return Status(201, {**spelling.studio(made, addresses.base(request)), "secret": secret})


@router.post("/studios/{studio}/team/{number}/handover", response={204: None})
def hand_over(request: HttpRequest, studio: str, number: Number) -> Any:
    """Make somebody else of the team the owner, and be a maker from then on."""
    found, account = _owned(request, studio)
    team.hand_over(found, by=account, to=team.find(found, number), at=timezone.now())
    return Status(204, None)


@router.post("/projects/{studio}/{project}/shift", response={204: None}, auth=standing.WORKS)
def shift(request: HttpRequest, studio: str, project: str, said: ShiftIn) -> Any:
    """Put a project so many places further down in its studio's order, or up by a negative."""
    stand, _account = standing.maker(request, studio, project)
    rules.shift(stand.project.studio, stand.project.pk, by=said.by)
    return Status(204, None)


@router.get("/studios/{studio}/letters", response=LettersOut)
def waiting(request: HttpRequest, studio: str, cursor: paging.ByPlace) -> Any:
    """Read the letters to a studio's owners that wait to be answered, the newest first."""
    found, _account = _owned(request, studio)
    rows, older = letters.of_studio(found, after=cursor.after, limit=cursor.limit)
    return {"letters": [_letter(one) for one in rows], "next": paging.note(request, older)}


@router.post("/studios/{studio}/letters/{number}/putting-away", response=LetterOut)
def put_away(request: HttpRequest, studio: str, number: Number) -> Any:
    """Take a letter that was answered out of what waits."""
    found, _account = _owned(request, studio)
    letter = letters.letter(found, number)
    reports.put_away(letter, at=timezone.now())
    return _letter(letter)


def _owned(request: HttpRequest, studio: str) -> tuple[Studio, Any]:
    found, seen, account = standing.at_studio(request, studio)
    seen.require_owner()
    return found, account


def _letter(one: Report) -> dict[str, Any]:
    names = ("words", "address", "told_at")
    return {"number": one.pk, **{name: getattr(one, name) for name in names}}
