"""What the makers do after a vote, and why; and what becomes of the ballots."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from coulisses.decisions.closing import held_row
from coulisses.decisions.kinds import DecisionAnswered
from coulisses.decisions.models import LONGEST_WORDS, Ballot, Decision
from coulisses.decisions.refusals import (
    AlreadyAnswered,
    AnswerMissing,
    ChoiceUnknown,
    DecisionTooLong,
    NotClosedYet,
    VoteBinds,
)
from coulisses.lib.refusals import require
from coulisses.lib.text import clean
from coulisses.projects import heard, revisions, trail
from coulisses.projects.telling import hold, tell

A_TURN = 500  # ballots of which it is noted at once what became of them


@transaction.atomic
def answer(
    decision: Decision, *, words: str, chosen: Sequence[str], by: str, at: datetime
) -> Decision:
    """Say what is done after a closed vote, and why.

    Where the vote binds and its quorum was reached, what won is done. Raises AnswerMissing,
    DecisionTooLong, ChoiceUnknown, NotClosedYet, AlreadyAnswered, VoteBinds.
    """
    said = clean(words).strip()
    require(said, AnswerMissing)
    require(len(said) <= LONGEST_WORDS, DecisionTooLong, most=LONGEST_WORDS)
    hold(decision.project)
    held = held_row(decision.pk)
    require(held.closed_at, NotClosedYet)
    require(held.answered_at is None, AlreadyAnswered)
    require(set(chosen) <= set(held.keys), ChoiceUnknown)
    winner = held.tally.get("winner", "")
    is_followed = bool(winner) and winner in chosen
    require(is_followed or not binds(held), VoteBinds)
    fact = DecisionAnswered(
        about=held.position,
        question=held.question,
        words=said,
        chosen=list(chosen),
        options=[held.words[key] for key in chosen],
        is_followed=is_followed,
    )
    told = tell(held.project, fact, by=by, happened_at=at, told_at=at, audience=held.audience)
    held.answered_at, held.moved_at, held.answered_position = at, at, told.position
    held.ties_after = 0 if is_followed else None
    held.save(update_fields=["answered_at", "moved_at", "answered_position", "ties_after"])
    revisions.bump(held.project)
    heard.stir(held.project)
    return held


def binds(decision: Decision) -> bool:
    """Whether what won a closed vote is to be done."""
    tally = decision.tally
    return bool(decision.is_binding and tally.get("winner") and tally.get("is_quorum_reached"))


def tie_ballots() -> bool:
    """Note of some ballots that they became an answer which follows them; say whether more wait.

    All that were counted are: who took part made it a decision, and nobody learns by it what any
    one of them chose.
    """
    found = Decision.objects.filter(ties_after__isnull=False).order_by("pk").first()
    if found is None:
        return False
    _tie_some(found.pk)
    return True


@transaction.atomic
def _tie_some(pk: int) -> None:
    held = held_row(pk)
    if held.ties_after is None:
        return
    rows = Ballot.objects.filter(decision=held, pk__gt=held.ties_after).order_by("pk")
    turn = list(rows.values_list("pk", "voice")[:A_TURN])
    if turn:
        trail.tie_many(
            held.project,
            voices=[voice for _pk, voice in turn],
            became=held.answered_position,
            how="decided",
            at=timezone.now(),
        )
    held.ties_after = turn[-1][0] if len(turn) == A_TURN else None
    held.save(update_fields=["ties_after"])
