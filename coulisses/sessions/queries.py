"""What pages and doors ask of sessions."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from coulisses.lib import places, text
from coulisses.people import rows as voices
from coulisses.projects.models import Project
from coulisses.sessions.models import Hand, Session

EARLY = timedelta(hours=1)  # before its hour, in which an announced session may begin
MOST_OPEN = 60  # sessions that are announced or running at once; more cannot be
GREATEST = 2**31 - 1


@dataclass(frozen=True)
class OnAir:
    """What a stage shows of sessions: the running one with who works in it, or else the next.

    `voices` are the ids of those who work, `people` their names.
    """

    running: Session | None = None
    next: Session | None = None
    people: list[str] = field(default_factory=list)
    voices: frozenset[str] = frozenset()

    @property
    def until(self) -> datetime | None:
        """Until when this holds by itself; None where only an act changes it."""
        return self.next.planned_until if self.next else None


def on_air(project: Project, *, at: datetime, known: Sequence[Session] | None = None) -> OnAir:
    """Return what is on in a project now, or next: one query, three where somebody works.

    `known` are the sessions that have not ended, where those were asked for already.
    """
    known = opened(project) if known is None else known
    running = next((one for one in known if one.is_running), None)
    if running is None:
        coming = () if project.is_finished else (one for one in known if is_to_come(one, at))
        return OnAir(next=next(iter(coming), None))
    voices_in = list(running.hands.order_by("pk").values_list("voice", flat=True))
    names = voices.names(voices_in)
    named = [names[one] for one in voices_in if one in names]
    return OnAir(running=running, people=named, voices=frozenset(voices_in))


def find(project: Project, number: int) -> Session | None:
    """Return a session by its number, None where there is none."""
    if number > GREATEST:
        return None
    session = Session.objects.filter(project=project, number=number).first()
    return _of(project, [session])[0] if session else None


def current(project: Project) -> Session | None:
    """Return the session that is running now."""
    return next((one for one in opened(project) if one.is_running), None)


def upcoming(project: Project, *, at: datetime) -> list[Session]:
    """Return the announced sessions whose time is not over, the next first.

    None comes any more once the final curtain has fallen.
    """
    return [] if project.is_finished else [one for one in opened(project) if is_to_come(one, at)]


def opened(project: Project) -> list[Session]:
    """Return the sessions that have not ended: running, announced, their hour passed or not."""
    return _of(project, _open(Session.objects.filter(project=project))[:MOST_OPEN])


def due(project: Project, *, at: datetime) -> Session | None:
    """Return the announced session whose hour is about now, the nearest."""
    near = [
        one for one in upcoming(project, at=at) if one.planned_at and one.planned_at <= at + EARLY
    ]
    return min(near, key=lambda one: _away(one, at), default=None)


def is_to_come(session: Session, at: datetime) -> bool:
    """Whether a session is announced and its time is not over."""
    return bool(session.is_announced and session.planned_until and session.planned_until > at)


def count_announced(project: Project) -> int:
    """Return how many sessions are announced and have neither begun nor been called off."""
    return _open(Session.objects.filter(project=project)).filter(started_at=None).count()


def running(project_ids: Collection[str]) -> dict[str, Session]:
    """Return the running session of each of these projects that has one, in one query."""
    found = Session.objects.filter(project__in=project_ids, started_at__isnull=False, ended_at=None)
    return {one.project_id: one for one in found}


def next_of(project_ids: Collection[str], *, at: datetime) -> dict[str, Session]:
    """Return the next announced session of each of these projects that has one, in one query."""
    those = Session.objects.filter(project__in=project_ids, project__finished_at=None)
    found = _open(those).filter(started_at=None)
    to_come = (one for one in found if is_to_come(one, at))
    return {one.project_id: one for one in reversed(list(to_come))}


def past(project: Project, *, after: str, limit: int) -> tuple[list[Session], str]:
    """Return a page of the sessions that are over, the latest first, and the place after it.

    `after` is the place that the page before gave, "" for the first. Raises PlaceMalformed.
    """
    over = Session.objects.filter(project=project, ended_at__isnull=False)
    if after:
        started, last = places.read(after)
        last_pk = text.number(last) or 0
        over = over.filter(Q(started_at__lt=started) | Q(started_at=started, pk__lt=last_pk))
    found = list(over.order_by("-started_at", "-pk")[: limit + 1])
    shown = _of(project, found[:limit])
    last_start = shown[-1].started_at if len(found) > limit else None
    return shown, places.spell(last_start, shown[-1].pk) if last_start else ""


def announced_ever(project: Project, *, since: datetime, limit: int) -> list[Session]:
    """Return what a calendar holds: sessions planned after a time, called off or not."""
    planned = Session.objects.filter(project=project, planned_at__gte=since)
    return _of(project, planned.order_by("planned_at")[:limit])


def people(sessions: Iterable[Session]) -> dict[int, list[str]]:
    """Return the names of those who work in each session, by its id, in two queries."""
    hands = list(Hand.objects.filter(session__in=list(sessions)).order_by("pk"))
    names = voices.names({one.voice for one in hands})
    named: dict[int, list[str]] = {}
    for one in hands:
        if one.voice in names:
            named.setdefault(one.session_id, []).append(names[one.voice])
    return named


def _open(sessions: QuerySet[Session]) -> QuerySet[Session]:
    standing = sessions.filter(ended_at=None, called_off_at=None)
    return standing.order_by(F("planned_at").asc(nulls_first=True), "pk")


def _away(session: Session, at: datetime) -> timedelta:
    assert session.planned_at
    return abs(session.planned_at - at)


def _of(project: Project, sessions: Iterable[Session]) -> list[Session]:
    found = list(sessions)
    for one in found:
        one.project = project
    return found
