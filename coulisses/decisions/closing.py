"""How a vote ends: by itself at its hour, early by the makers' hand, or taken back; each once."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from coulisses.decisions import queries, tallies
from coulisses.decisions.kinds import DecisionClosed, DecisionWithdrawn
from coulisses.decisions.models import LONGEST_REASON, Decision
from coulisses.decisions.refusals import AnswerMissing, DecisionTooLong, VoteIsOver, VoteWithdrawn
from coulisses.lib.refusals import require
from coulisses.lib.text import clean_line
from coulisses.log import ledger
from coulisses.log import rows as log_rows
from coulisses.projects import heard, revisions
from coulisses.projects.models import Project
from coulisses.projects.telling import hold, tell

AT_ONCE = 20  # votes that one look ends at most


def close_due() -> bool:
    """Close the votes whose hour has come, each once; return whether there may be more."""
    at, wrong = timezone.now(), list[Exception]()
    found = queries.due(at=at, limit=AT_ONCE)
    for pk, work in found:
        try:
            _close_by_itself(pk, work, at)
        except Exception as error:  # one that cannot be counted keeps no other open
            wrong.append(error)
    if wrong:
        raise wrong[0]
    return len(found) == AT_ONCE


@transaction.atomic
def close(decision: Decision, *, by: str, at: datetime) -> Decision:
    """End a vote before its hour. Raises VoteIsOver, VoteWithdrawn."""
    hold(decision.project)
    held = held_row(decision.pk)
    require(held.withdrawn_at is None, VoteWithdrawn)
    require(held.closed_at is None, VoteIsOver)
    return _tell_tally(held, by=by, happened_at=min(at, held.closes_at), at=at)


@transaction.atomic
def withdraw(decision: Decision, *, reason: str, by: str, at: datetime) -> Decision:
    """Take a question back while it is open, with the reason.

    Raises AnswerMissing, DecisionTooLong, VoteIsOver, VoteWithdrawn.
    """
    said = clean_line(reason)
    require(said, AnswerMissing)
    require(len(said) <= LONGEST_REASON, DecisionTooLong, most=LONGEST_REASON)
    hold(decision.project)
    held = held_row(decision.pk)
    require(held.withdrawn_at is None, VoteWithdrawn)
    require(held.closed_at is None and at < held.closes_at, VoteIsOver)
    return take_back(held, reason=said, by=by, at=at)


def take_back(held: Decision, *, reason: str, by: str, at: datetime) -> Decision:
    """Say that an open question, its row held, is not asked any more, whatever its hour."""
    held.withdrawn_at = held.moved_at = at
    held.save(update_fields=["withdrawn_at", "moved_at"])
    fact = DecisionWithdrawn(about=held.position, reason=reason)
    tell(held.project, fact, by=by, happened_at=at, told_at=at, audience=held.audience)
    _moved(held.project)
    return held


@transaction.atomic
def _close_by_itself(pk: int, work: str, at: datetime) -> None:
    # The log's lock comes first, as for whoever tells; then it is asked again what is so.
    log_rows.head(work)
    held = held_row(pk)
    if held.is_open and held.closes_at <= at:
        _tell_tally(held, by=held.by, happened_at=held.closes_at, at=at)


def held_row(pk: int) -> Decision:
    """Return a decision, its row locked: no ballot comes between its tally and its end."""
    rows = Decision.objects.select_for_update(of=("self",))
    return rows.select_related("project__studio", "project__work", "project__room").get(pk=pk)


def _tell_tally(held: Decision, *, by: str, happened_at: datetime, at: datetime) -> Decision:
    cast = queries.ballots([held]).get(held.pk, {})
    lot, leaf = _lot(held.project)
    tally = tallies.count(held.method, held.keys, cast, lot=leaf)
    fact = DecisionClosed(
        about=held.position,
        question=held.question,
        options=held.words,
        turnout=tally.turnout,
        totals=tally.totals,
        winner=tally.winner,
        rounds=[{"totals": one.totals, "out": one.out} for one in tally.rounds],
        quorum=held.quorum,
        is_quorum_reached=tally.turnout >= held.quorum,
        is_binding=held.is_binding,
        was_early=happened_at < held.closes_at,
        was_drawn=tally.was_drawn,
        lot=lot if tally.was_drawn else 0,
    )
    told = tell(
        held.project, fact, by=by, happened_at=happened_at, told_at=at, audience=held.audience
    )
    held.closed_at, held.moved_at, held.closed_position = happened_at, at, told.position
    held.tally, held.turnout = fact.spelled(), tally.turnout
    held.save(update_fields=["closed_at", "moved_at", "closed_position", "tally", "turnout"])
    _moved(held.project)
    return held


def _lot(project: Project) -> tuple[int, bytes]:
    """Return the newest entry's position and hash, which nobody knew when the votes were cast."""
    position = log_rows.head(project.work_id)[0]
    return position, ledger.leaves(project.work, position - 1, position)[0]


def _moved(project: Project) -> None:
    revisions.bump(project)
    heard.stir(project)
