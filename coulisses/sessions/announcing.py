"""What may happen to a session before it begins: it is announced, changed, called off."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction

from coulisses.lib.refusals import require
from coulisses.lib.text import clean, clean_line
from coulisses.log import kinds
from coulisses.projects import revisions
from coulisses.projects.models import Project
from coulisses.projects.telling import hold, tell
from coulisses.sessions import queries, rules
from coulisses.sessions.kinds import SessionAnnounced, SessionCalledOff, SessionChanged
from coulisses.sessions.models import LONGEST_TITLE, LONGEST_WORDS, Session
from coulisses.sessions.refusals import (
    LengthMalformed,
    SessionInThePast,
    SessionIsOver,
    SessionLineTooLong,
    SessionNotFound,
    SessionTitleMissing,
    SessionTooFar,
    SessionWordsTooLong,
    TooManyAnnounced,
)

SHORTEST, LONGEST = 5, 12 * 60  # minutes that a session may be expected to last
FARTHEST = timedelta(days=731)
MOST = 50  # sessions announced at once


@dataclass(frozen=True)
class Plan:
    """What is said of a session beforehand: when (a time), for how many minutes, and what of."""

    planned_at: datetime
    minutes: int
    title: str
    about: str = ""


@transaction.atomic
def announce(project: Project, plan: Plan, *, by: str, at: datetime) -> Session:
    """Announce a session.

    Raises SessionTitleMissing, SessionLineTooLong, SessionWordsTooLong, SessionInThePast,
    SessionTooFar, LengthMalformed, TooManyAnnounced.
    """
    sound = _sound(plan, at)
    hold(project)
    require(queries.count_announced(project) < MOST, TooManyAnnounced, most=MOST)
    session = Session(project=project, number=rules.next_number(project), changed_at=at)
    fact = SessionAnnounced(
        session=session.number,
        planned_at=_spelled(sound.planned_at),
        minutes=sound.minutes,
        title=sound.title,
        words=sound.about,
    )
    session.told_position = tell(project, fact, by=by, happened_at=at, told_at=at).position
    _put(session, sound)
    session.save()
    revisions.bump(project)
    return session


@transaction.atomic
def change(project: Project, number: int, plan: Plan, *, by: str, at: datetime) -> Session:
    """Announce a session otherwise; said as it was, nothing is told.

    Raises SessionNotFound, SessionIsOver, and what `announce` does.
    """
    hold(project)
    session = _coming(project, number)
    sound = _sound(plan, at, was=session.planned_at)
    before = (session.planned_at, session.minutes)
    if (*before, session.title, session.about) == tuple(vars(sound).values()):
        return session
    is_moved = before != (sound.planned_at, sound.minutes)
    fact = SessionChanged(
        about=session.told_position,
        session=number,
        planned_at=_spelled(sound.planned_at),
        minutes=sound.minutes,
        title=sound.title,
        words=sound.about,
        is_moved=is_moved,
    )
    _tell_and_put(session, fact, sound, by=by, at=at)
    return session


@transaction.atomic
def call_off(project: Project, number: int, *, words: str = "", by: str, at: datetime) -> Session:
    """Say that an announced session will not be held; the words are for those who wait.

    Raises SessionNotFound, SessionIsOver, SessionLineTooLong.
    """
    said = rules.line(words)
    hold(project)
    session = _coming(project, number)
    fact = SessionCalledOff(about=session.told_position, session=number, words=said)
    session.called_off_at, session.called_off_because = at, said
    _tell_and_put(session, fact, None, by=by, at=at)
    return session


def _tell_and_put(
    session: Session, fact: kinds.Fact, plan: Plan | None, *, by: str, at: datetime
) -> None:
    tell(session.project, fact, by=by, happened_at=at, told_at=at)
    if plan:
        _put(session, plan)
    session.sequence, session.changed_at = session.sequence + 1, at
    session.save()
    revisions.bump(session.project)


def _coming(project: Project, number: int) -> Session:
    session = queries.find(project, number)
    require(session, SessionNotFound)
    assert session
    require(session.is_announced, SessionIsOver)
    return session


def _sound(plan: Plan, at: datetime, was: datetime | None = None) -> Plan:
    """Return a plan with its words cleaned and its minute whole. An hour may stay as it `was`."""
    title, about = clean_line(plan.title), clean(plan.about).strip()
    planned_at = plan.planned_at.replace(second=0, microsecond=0)
    require(title, SessionTitleMissing)
    require(len(title) <= LONGEST_TITLE, SessionLineTooLong, most=LONGEST_TITLE)
    require(len(about) <= LONGEST_WORDS, SessionWordsTooLong, most=LONGEST_WORDS)
    require(planned_at > at or planned_at == was, SessionInThePast)
    require(planned_at < at + FARTHEST, SessionTooFar)
    is_length = SHORTEST <= plan.minutes <= LONGEST
    require(is_length, LengthMalformed, least=SHORTEST, most=LONGEST // 60)
    return Plan(planned_at, plan.minutes, title, about)


def _spelled(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _put(session: Session, plan: Plan) -> None:
    session.planned_at, session.minutes = plan.planned_at, plan.minutes
    session.title, session.about = plan.title, plan.about
