"""Who may vote: everybody, those who follow, members, or whoever knows a code; once each."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from coulisses.decisions import choosing, codes, rules
from coulisses.decisions.choosing import Typed
from coulisses.decisions.models import Ballot, Decision
from coulisses.decisions.refusals import (
    OnlyFollowers,
    OnlyMembers,
    OnlyWatching,
    TooManyFromHere,
    VoteIsOver,
    VoteWithdrawn,
)
from coulisses.lib import calm, lines
from coulisses.lib.refusals import require
from coulisses.people import acting
from coulisses.people.acting import Actor
from coulisses.people.models import Account, Guest
from coulisses.projects import entitled, giving
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight

AN_HOUR = timedelta(hours=1)
RECALLED = timedelta(minutes=10)  # in which a browser that never heard back is known again
SHORTEST_SECRET = 22  # characters: 128 bits in base 64


def vote(request: Any, decision: Decision, seen: Sight, typed: Typed, *, at: datetime) -> Ballot:
    """Cast what a form has sent, by whoever sends it; a passer-by is a guest from then on.

    The decision is told its turnout.

    Raises VoteWithdrawn, VoteIsOver, what `choosing.chosen` and `rules.cast` do, OnlyWatching,
    OnlyFollowers, OnlyMembers, CodeWrong, TooOften, TooManyFromHere.
    """
    require(not seen.is_viewer, OnlyWatching)
    require(decision.withdrawn_at is None, VoteWithdrawn)
    require(decision.is_open and at < decision.closes_at, VoteIsOver)
    chosen, reason = choosing.chosen(decision, typed), choosing.reason(typed.reason)
    actor = acting.of(request)
    require_may(decision.project, decision.who, actor.account, seen)
    if decision.who == "code":  # in no transaction: a wrong try is counted, whatever follows
        codes.require_code(request, decision, typed.code)
    once = _digest(typed.once)
    with transaction.atomic():
        # The same sending, come twice at once, is one after the other.
        row = rules.held(decision, by=actor.voice)
        if not actor.voice:
            actor = _recalled(request, decision, once, at) or _come_in(request, decision, at)
        elif _is_stranger(decision, actor):
            _require_few(request, decision)
        said = {"reason": reason, "once": once}
        ballot = rules.cast_held(row, decision.project, chosen, by=actor.voice, at=at, **said)
        giving.keep(decision.project, "vote", by=actor.voice, at=at)
    decision.turnout = row.turnout
    return ballot


def require_may(project: Project, who: str, account: Account | None, seen: Sight) -> None:
    """Raise OnlyFollowers or OnlyMembers where somebody is not among those who decide.

    The team is: it decides with them.
    """
    refusal = OnlyMembers if who == entitled.MEMBERS else OnlyFollowers
    require(seen.is_team or entitled.is_among(who, account, [project]), refusal)


def _come_in(request: Any, decision: Decision, at: datetime) -> Actor:
    """Let a passer-by in without a name."""
    _require_few(request, decision)
    return acting.slip_in(request, at=at)


def _is_stranger(decision: Decision, actor: Actor) -> bool:
    """Return whether this is a guest of whom nobody knows who they are, and their first ballot.

    Whoever cheers, or types any name, is a guest, too, as often as they like.
    """
    if actor.guest is None or actor.guest.verified_at:
        return False
    return not Ballot.objects.filter(decision=decision, voice=actor.voice).exists()


def _require_few(request: Any, decision: Decision) -> None:
    """Count a ballot of a stranger; so many from one connection that a school may vote."""
    most = settings.BALLOTS_PER_ADDRESS
    name = f"ballots:{decision.pk}:{lines.of(request.META.get('REMOTE_ADDR', ''))}"
    require(not most or calm.is_calm(name, most=most, within=AN_HOUR), TooManyFromHere)


def _recalled(request: Any, decision: Decision, once: str, at: datetime) -> Actor | None:
    """Know a guest again whose vote arrived while the answer to it was lost."""
    if not once:
        return None
    rows = Ballot.objects.filter(Ballot.sent(once), decision=decision)
    ballot = rows.filter(cast_at__gt=at - RECALLED).first()
    guest = ballot and Guest.objects.filter(voice=ballot.voice_id).first()
    return acting.remember(request, guest) if guest else None


def _digest(secret: str) -> str:
    """Return what is kept of a page's secret; nothing of one that could be guessed."""
    is_secret = SHORTEST_SECRET <= len(secret) <= 100
    return hashlib.sha256(secret.encode()).hexdigest() if is_secret else ""
