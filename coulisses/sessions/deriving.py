"""Sessions as the log tells them: derived anew from it, and without the words it has lost."""

from datetime import datetime

from django.db import transaction

from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.sessions.kinds import (
    SessionAnnounced,
    SessionCalledOff,
    SessionChanged,
    SessionEnded,
    SessionJoined,
    SessionNoted,
    SessionStarted,
)
from coulisses.sessions.models import Hand, Session

TOLD = (
    *(SessionAnnounced.kind_name, SessionChanged.kind_name, SessionCalledOff.kind_name),
    *(SessionStarted.kind_name, SessionNoted.kind_name),
    *(SessionJoined.kind_name, SessionEnded.kind_name),
)


def forget(project: Project, entry: Entry) -> None:
    """Take the words out of a session that an entry about to be shredded has said."""
    fact = entry.fact
    if entry.kind not in TOLD:
        return
    session = Session.objects.filter(project=project, number=getattr(fact, "session", 0))
    if isinstance(fact, SessionAnnounced | SessionChanged):
        session.filter(title=fact.title).update(title="")
        session.filter(about=fact.words).update(about="")
    elif isinstance(fact, SessionCalledOff):
        session.update(called_off_because="")
    elif isinstance(fact, SessionStarted | SessionNoted):
        session.filter(words=fact.words).update(words="")


def forget_all(project: Project) -> None:
    """Take all words out of the sessions of a work that is withdrawn."""
    sessions = Session.objects.filter(project=project)
    sessions.update(title="", about="", words="", called_off_because="")


@transaction.atomic
def replay(project: Project) -> None:
    """Derive the sessions anew from the log as it stands."""
    Session.objects.filter(project=project).delete()
    told = Entry.objects.filter(log=project.work_id, kind__in=TOLD).select_related("sealed")
    for entry in told.order_by("position"):
        if not entry.is_shredded:
            _follow(project, entry)


def _follow(project: Project, entry: Entry) -> None:
    fact = entry.fact
    number = getattr(fact, "session", 0)
    session = Session.objects.filter(project=project, number=number).first()
    session = session or _begun(project, entry, number)
    if session is None:
        return
    session.changed_at = entry.told_at
    if isinstance(fact, SessionAnnounced | SessionChanged):
        session.planned_at = datetime.fromisoformat(fact.planned_at)
        session.minutes, session.title, session.about = fact.minutes, fact.title, fact.words
    elif isinstance(fact, SessionStarted):
        session.words, session.started_at = fact.words, entry.happened_at
        session.started_position = entry.position
    elif isinstance(fact, SessionNoted):
        session.words = fact.words
    elif isinstance(fact, SessionEnded):
        session.ended_at, session.was_forgotten = entry.happened_at, fact.was_forgotten
    elif isinstance(fact, SessionCalledOff):
        session.called_off_at, session.called_off_because = entry.told_at, fact.words
    session.sequence += isinstance(fact, SessionChanged | SessionCalledOff)
    session.save()
    if isinstance(fact, SessionStarted | SessionJoined):
        Hand.objects.create(session=session, voice=entry.by, joined_at=entry.happened_at)


def _begun(project: Project, entry: Entry, number: int) -> Session | None:
    """Return a session that the log speaks of for the first time, or whose first word was shredded.

    That it started, when and by whom is still known then; of an announcement nothing is.
    """
    if entry.about is None:
        return Session(project=project, number=number, told_position=entry.position)
    first = Entry.objects.get(log=project.work_id, position=entry.about)
    session = Session(project=project, number=number, told_position=first.position)
    if first.kind == SessionStarted.kind_name:
        session.started_at, session.started_position = first.happened_at, first.position
        session.changed_at = first.told_at
        session.save()
        Hand.objects.create(session=session, voice=first.by, joined_at=first.happened_at)
        return session
    return session if entry.kind == SessionChanged.kind_name else None
