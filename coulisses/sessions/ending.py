"""Ends of sessions: by hand, or by themselves when somebody forgot."""

from datetime import datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from coulisses.log import rows as log_rows
from coulisses.log.models import Entry
from coulisses.projects import revisions
from coulisses.projects.telling import tell
from coulisses.sessions.kinds import SessionEnded
from coulisses.sessions.models import Session

SILENCE = timedelta(hours=2)  # in which nothing is told: then the session was forgotten
LONGEST = timedelta(hours=12)  # of any session
AT_ONCE = 50  # sessions that one look ends at most


def end_forgotten() -> bool:
    """End the sessions that were forgotten, each once; return whether there may be more."""
    at = timezone.now()
    suspects = Session.objects.filter(ended_at=None, started_at__lte=at - SILENCE)
    old = suspects.order_by("started_at").select_related("project").iterator(chunk_size=AT_ONCE)
    forgotten = list(islice((one.pk for one in old if _ended_at(one, at)), AT_ONCE))
    for pk in forgotten:
        _end_by_itself(pk, at)
    return len(forgotten) == AT_ONCE


def end_if_forgotten(session: Session, *, at: datetime) -> bool:
    """End a running session at its last sign of work if it was forgotten; the log is locked."""
    ended_at = _ended_at(session, at)
    if ended_at is None:
        return False
    hand = session.hands.order_by("pk").values_list("voice", flat=True)[0]
    close(session, ended_at=ended_at, by=hand, at=at, was_forgotten=True)
    return True


def close(
    session: Session, *, ended_at: datetime, by: str, at: datetime, was_forgotten: bool = False
) -> None:
    """End a running session and tell the log; the log is locked."""
    assert session.started_at
    session.ended_at = max(ended_at, session.started_at)
    session.was_forgotten, session.changed_at = was_forgotten, at
    session.save(update_fields=["ended_at", "was_forgotten", "changed_at"])
    fact = SessionEnded(
        about=session.started_position, session=session.number, was_forgotten=was_forgotten
    )
    tell(session.project, fact, by=by, happened_at=session.ended_at, told_at=at)
    revisions.bump(session.project)


@transaction.atomic
def _end_by_itself(pk: int, at: datetime) -> None:
    # Under the lock once more: somebody may have ended it, or told something, meanwhile.
    log_rows.head(Session.objects.values_list("project__work", flat=True).get(pk=pk))
    session = Session.objects.select_related("project__studio", "project__work").get(pk=pk)
    if session.is_running:
        end_if_forgotten(session, at=at)


def _ended_at(session: Session, at: datetime) -> datetime | None:
    """Return when a forgotten session ended; None for one that is not forgotten."""
    assert session.started_at
    latest = session.started_at + LONGEST
    seen = _last_sign(session, min(at, latest))
    return seen if at - seen >= SILENCE or at >= latest else None


def _last_sign(session: Session, until: datetime) -> datetime:
    """Return when work last happened in a session, as its entries say; else when it started."""
    assert session.started_at
    told = Entry.objects.filter(
        log=session.project.work_id,
        position__gt=session.started_position,
        happened_at__lte=until,
    )
    last: datetime | None = told.aggregate(last=Max("happened_at"))["last"]
    return max(last, session.started_at) if last else session.started_at
