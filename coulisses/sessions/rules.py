"""What may happen to live work: verbs. All of them hold the log's lock, so that one comes after
the other: what is true now and what the log says change in one order.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from coulisses.lib.refusals import require
from coulisses.lib.text import clean_line
from coulisses.log.models import Entry
from coulisses.projects import revisions
from coulisses.projects.models import Project
from coulisses.projects.telling import hold, tell
from coulisses.sessions import ending, queries
from coulisses.sessions.kinds import SessionJoined, SessionNoted, SessionStarted
from coulisses.sessions.models import LONGEST_LINE, Hand, Session
from coulisses.sessions.refusals import (
    AlreadyAtWork,
    NoSessionRuns,
    SessionIsOver,
    SessionLineTooLong,
    SessionNotFound,
    SessionRuns,
)


@transaction.atomic
def start(
    project: Project, *, words: str = "", by: str, at: datetime, number: int | None = None
) -> Session:
    """Declare live work: the session announced for about now begins, or one that nobody announced.

    `number` names the announced one. A session that was forgotten ends first. Raises SessionRuns,
    SessionNotFound, SessionIsOver, SessionLineTooLong.
    """
    said = line(words)
    hold(project)
    running = queries.current(project)
    if running and not ending.end_if_forgotten(running, at=at):
        raise SessionRuns
    session = _chosen(project, number) if number else queries.due(project, at=at)
    if session is None:
        session = Session(project=project, number=next_number(project))
    begun = _after_the_last(project, at)
    fact = SessionStarted(session=session.number, words=said, title=session.title)
    told = tell(project, fact, by=by, happened_at=begun, told_at=at)
    session.words, session.started_at, session.changed_at = said, begun, at
    session.started_position = told.position
    session.told_position = session.told_position or told.position
    session.save()
    Hand.objects.create(session=session, voice=by, joined_at=begun)
    revisions.bump(project)
    return session


@transaction.atomic
def note(project: Project, *, words: str, by: str, at: datetime) -> Entry:
    """Say what one is at now in the running session. Raises NoSessionRuns, SessionLineTooLong."""
    said = line(words)
    hold(project)
    session = running(project)
    fact = SessionNoted(about=session.started_position, session=session.number, words=said)
    told = tell(project, fact, by=by, happened_at=at, told_at=at)
    Session.objects.filter(pk=session.pk).update(words=said)
    revisions.bump(project)
    return told


@transaction.atomic
def join(project: Project, *, by: str, at: datetime) -> Entry:
    """Work in the running session too. Raises NoSessionRuns, AlreadyAtWork."""
    hold(project)
    session = running(project)
    require(not session.hands.filter(voice=by).exists(), AlreadyAtWork)
    Hand.objects.create(session=session, voice=by, joined_at=at)
    fact = SessionJoined(about=session.started_position, session=session.number)
    told = tell(project, fact, by=by, happened_at=at, told_at=at)
    revisions.bump(project)
    return told


@transaction.atomic
def end(project: Project, *, by: str, at: datetime) -> Session:
    """End the running session; one that was forgotten ends where work did. Raises NoSessionRuns."""
    hold(project)
    session = running(project)
    if not ending.end_if_forgotten(session, at=at):
        ending.close(session, ended_at=at, by=by, at=at)
    return session


def running(project: Project) -> Session:
    """Return the running session. Raises NoSessionRuns."""
    found = queries.current(project)
    require(found, NoSessionRuns)
    assert found
    return found


def next_number(project: Project) -> int:
    """Return the number of a project's next session; the log's lock is held."""
    last = Session.objects.filter(project=project).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def line(words: str) -> str:
    """Return one line, cleaned. Raises SessionLineTooLong."""
    said = clean_line(words)
    require(len(said) <= LONGEST_LINE, SessionLineTooLong, most=LONGEST_LINE)
    return said


def _chosen(project: Project, number: int) -> Session:
    session = queries.find(project, number)
    require(session, SessionNotFound)
    assert session
    require(session.is_announced, SessionIsOver)
    return session


def _after_the_last(project: Project, at: datetime) -> datetime:
    """Return the time, or the end of the last session where a clock was put back meanwhile."""
    over = Session.objects.filter(project=project, ended_at__isnull=False)
    last = over.aggregate(last=Max("ended_at"))["last"]
    return max(at, last) if last else at
