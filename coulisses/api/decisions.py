"""Decisions: read by anybody as pages show them, put, closed and answered by makers' programs.

A token's account votes as itself, once, by the same rules as in a browser.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from coulisses.api import paging, standing
from coulisses.api.paging import ByPlace
from coulisses.api.rooms import Room
from coulisses.api.schemas_decisions import (
    BallotIn,
    DecisionIn,
    DecisionOut,
    DecisionsOut,
    OutcomeIn,
    ShownIn,
    WithdrawalIn,
)
from coulisses.api.schemas_desk import Number
from coulisses.api.standing import ANYBODY, WORKS, Standing
from coulisses.decisions import (
    answering,
    choosing,
    closing,
    codes,
    queries,
    rules,
    showing,
    shown_in,
    voters,
)
from coulisses.decisions.choosing import Typed
from coulisses.decisions.models import Decision
from coulisses.decisions.refusals import ChoiceUnknown
from coulisses.decisions.rules import Option, Plan
from coulisses.decisions.showing import Piece, Reading
from coulisses.lib.refusals import require
from coulisses.people.acting import NOBODY, Actor
from coulisses.people.models import Account
from coulisses.projects import giving
from coulisses.projects.models import Token

ALL = "/projects/{studio}/{project}/decisions"
ONE = f"{ALL}/{{int:position}}"

router = Room("decisions")


@router.get(ALL, response=DecisionsOut, auth=ANYBODY)
def listed(request: HttpRequest, studio: str, project: str, cursor: ByPlace) -> Any:
    """Read a project's decisions, those opened last first."""
    stand = standing.reader(request, studio, project)
    eyes = stand.sight.audiences
    found, more = queries.every(
        stand.project, audiences=eyes, after=cursor.after, limit=cursor.limit
    )
    return {
        "decisions": _spelled(request, stand, found),
        "next": paging.note(request, more),
    }


@router.get(ONE, response=DecisionOut, auth=ANYBODY)
def one(request: HttpRequest, studio: str, project: str, position: Number) -> Any:
    """Read a decision, by the number of the entry that put it."""
    stand = standing.reader(request, studio, project)
    return _one(request, stand, position)


@router.post(ALL, response={201: DecisionOut}, auth=WORKS)
def put(request: HttpRequest, studio: str, project: str, said: DecisionIn) -> Any:
    """Put a question to the vote; what holds for it is said now, before the first ballot."""
    stand, account = standing.maker(request, studio, project)
    options = [Option(one.words, one.picture) for one in said.options]
    plan = Plan(**{**said.model_dump(), "options": options})
    made = rules.put(stand.project, plan, by=account.voice_id, at=timezone.now())
    return Status(201, _one(request, stand, made.position))


@router.put(f"{ONE}/ballot", response=DecisionOut)
def vote(request: HttpRequest, studio: str, project: str, position: Number, said: BallotIn) -> Any:
    """Vote in the name of the token's account; sent again, it changes a ballot that may change."""
    stand, account = standing.teammate(request, studio, project)
    decision = queries.find(stand.project, position, audiences=stand.sight.audiences)
    chosen, reason = _chosen(decision, said.chosen), choosing.reason(said.reason)
    voters.require_may(stand.project, decision.who, account, stand.sight)
    if decision.who == "code" and decision.is_open:
        codes.require_code(request, decision, said.code)
    by, at = account.voice_id, timezone.now()
    with transaction.atomic():
        rules.cast(decision, chosen, by=by, at=at, reason=reason)
        giving.keep(stand.project, "vote", by=by, at=at)
    return _one(request, stand, position)


@router.post(f"{ONE}/closing", response=DecisionOut, auth=WORKS)
def close(request: HttpRequest, studio: str, project: str, position: Number) -> Any:
    """Close a vote before its hour, and count it."""
    stand, account, decision = _made(request, studio, project, position)
    closing.close(decision, by=account.voice_id, at=timezone.now())
    return _one(request, stand, position)


@router.post(f"{ONE}/answer", response=DecisionOut, auth=WORKS)
def answer(
    request: HttpRequest, studio: str, project: str, position: Number, said: OutcomeIn
) -> Any:
    """Say what is done after a vote, and why."""
    stand, account, decision = _made(request, studio, project, position)
    who: dict[str, Any] = {"by": account.voice_id, "at": timezone.now()}
    answering.answer(decision, words=said.words, chosen=said.chosen, **who)
    return _one(request, stand, position)


@router.put(f"{ONE}/shown", response=DecisionOut, auth=WORKS)
def show(request: HttpRequest, studio: str, project: str, position: Number, said: ShownIn) -> Any:
    """Say in which entry of the work it shows what was decided."""
    stand, account, decision = _made(request, studio, project, position)
    shown_in.show(decision, said.entry, by=account.voice_id, at=timezone.now())
    return _one(request, stand, position)


@router.post(f"{ONE}/withdrawal", response=DecisionOut, auth=WORKS)
def withdraw(
    request: HttpRequest, studio: str, project: str, position: Number, said: WithdrawalIn
) -> Any:
    """Take a question back while it is open, with the reason."""
    stand, account, decision = _made(request, studio, project, position)
    closing.withdraw(decision, reason=said.reason, by=account.voice_id, at=timezone.now())
    return _one(request, stand, position)


def _made(
    request: HttpRequest, studio: str, project: str, position: int
) -> tuple[Standing, Account, Decision]:
    stand, account = standing.maker(request, studio, project)
    eyes = stand.sight.audiences
    return stand, account, queries.find(stand.project, position, audiences=eyes)


def _chosen(decision: Decision, keys: Sequence[str]) -> tuple[str, ...]:
    """Return a ballot's keys. Raises ChoiceUnknown, NothingChosen, ChosenTooMany."""
    require(set(keys) <= set(decision.keys) and len(set(keys)) == len(keys), ChoiceUnknown)
    is_ranked = decision.method == "ranked"
    typed = Typed(places=choosing.as_places(keys)) if is_ranked else Typed(keys=tuple(keys))
    return choosing.chosen(decision, typed)


def _one(request: HttpRequest, stand: Standing, position: int) -> dict[str, Any]:
    found = queries.find(stand.project, position, audiences=stand.sight.audiences)
    return _spelled(request, stand, [found])[0]


def _spelled(
    request: HttpRequest, stand: Standing, decisions: Sequence[Decision]
) -> list[dict[str, Any]]:
    bearer = request.auth  # type: ignore[attr-defined]
    account = bearer.account if isinstance(bearer, Token) else None
    actor = Actor(account.voice_id, "", account=account) if account else NOBODY
    reading = Reading(stand.sight, actor, timezone.now())
    return [_piece(stand, one) for one in showing.pieces(stand.project, decisions, reading)]


def _piece(stand: Standing, one: Piece) -> dict[str, Any]:
    decision, answered = one.decision, one.said.get("decision_answered")
    said = answered.fact if answered else None
    same = ("position", "question", "method", "who", "shown", "most", "quorum")
    more = ("is_changeable", "is_binding", "audience", "opened_at", "closes_at", "turnout")
    return {
        **{name: getattr(decision, name) for name in (*same, *more)},
        "state": one.state,
        "options": [
            {"key": line.key, "words": line.words, "count": line.count, "is_winner": line.is_winner}
            for line in one.lines
        ],
        "mine": one.ballot.keys if one.ballot else [],
        "answer": getattr(said, "words", None),
        "chosen": getattr(said, "chosen", []),
        "shown_in": decision.shown_position or None,
        "url": stand.url(decision.place),
    }
