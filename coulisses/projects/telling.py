"""Telling: append to a project's work log, and keep the sittings and days that derive from it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, QuerySet

from coulisses.lib.refusals import require
from coulisses.log import kinds, ledger
from coulisses.log import rows as log_rows
from coulisses.log.kinds import Fact
from coulisses.log.models import Entry
from coulisses.projects import rows
from coulisses.projects.models import Day, Project, Sitting
from coulisses.projects.refusals import CurtainHasFallen

PAUSE = timedelta(hours=2)  # a longer silence ends a sitting
STIRRING = timedelta(seconds=30)  # how fine the order of projects by activity is
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
GRACE = timedelta(minutes=1)  # in which what was told may be taken back, announced to nobody
AHEAD = timedelta(days=1)  # how far a maker's clock may be ahead of the house's
LONGEST = 100  # entries of one sitting, so that its page is bounded

MARKED = {
    "doubt": "doubts",
    "failure": "failures",
    "breakthrough": "breakthroughs",
    "milestone": "milestones",
}

COUNT_DAY = """
    insert into projects_day (project_id, "on", first_position, count, weight,
        doubts, failures, breakthroughs, milestones)
    values (%s, %s, %s, 1, %s, %s, %s, %s, %s)
    on conflict (project_id, "on") do update set
        count = projects_day.count + 1, weight = projects_day.weight + excluded.weight,
        doubts = projects_day.doubts + excluded.doubts,
        failures = projects_day.failures + excluded.failures,
        breakthroughs = projects_day.breakthroughs + excluded.breakthroughs,
        milestones = projects_day.milestones + excluded.milestones"""


CONTINUE_SITTING = """
    update projects_sitting set last_position = %(position)s, count = count + 1,
        started_at = case when started_at > %(at)s then %(at)s else started_at end,
        ended_at = case when ended_at < %(at)s then %(at)s else ended_at end
    where project_id = %(project)s
        and first_position = (select max(first_position) from projects_sitting
            where project_id = %(project)s)
        and count < %(longest)s and started_at <= %(latest)s and ended_at >= %(earliest)s"""


def tell(
    project: Project,
    fact: Fact,
    *,
    by: str,
    happened_at: datetime,
    told_at: datetime,
    audience: str = ledger.PUBLIC,
    once: str | None = None,
    past: bool = False,
    weight: int = 1,
) -> Entry:
    """Append a fact to the project's work log and to the sitting it belongs to.

    `weight` says how much changed (lines, or per thousand of a picture), for the scrubber.
    Raises CurtainHasFallen.
    """
    with transaction.atomic():
        entry = ledger.append(
            project.work,
            fact,
            by=by,
            happened_at=happened_at,
            told_at=told_at,
            audience=audience,
            once=once,
            past=past,
        )
        if entry.is_new:
            _require_up(project, fact)
            follow(project, entry, is_quiet=fact.is_quiet, weight=weight)
    return entry


def hold(project: Project) -> Project:
    """Hold the lock of a project's log until the transaction ends; return the project as it stands.

    It is the first lock that is taken of a project, and telling takes it before the project's row:
    whoever took the row first would wait for a teller who waits for the row.
    """
    log_rows.head(project.work_id)
    return Project.objects.get(pk=project.pk)


def _require_up(project: Project, fact: Fact) -> None:
    # Asked behind the log's lock: nothing slips in between a last word and its curtain.
    require(fact.is_encore or not rows.has_ended(project.pk), CurtainHasFallen)


def credible(happened_at: datetime, told_at: datetime) -> datetime:
    """Return when something happened; where a clock is absurd, when it was told.

    Absurd is before 1970, or more than a day ahead of the house's clock.
    """
    return happened_at if EARLIEST <= happened_at <= told_at + AHEAD else told_at


def follow(project: Project, entry: Entry, *, is_quiet: bool, weight: int) -> None:
    """Bring the sittings and days up to an entry; replaying a log calls this again."""
    if entry.audience != ledger.PUBLIC or is_quiet:
        _sit_aside(project, entry)
        return
    with connection.cursor() as cursor:
        _sit(project, entry, cursor)
        _count(project, entry, weight, cursor)
    if entry.told_at - project.stirred_at > STIRRING:
        project.stirred_at = entry.told_at
        Project.objects.filter(pk=project.pk).update(stirred_at=entry.told_at)


def lighten(project: Project, entry: Entry) -> None:
    """Let a day forget how much an entry changed, whose words are about to go."""
    lost = entry.fact.weighs() - 1
    if lost and entry.audience == ledger.PUBLIC and not entry.fact.is_quiet:
        on = entry.happened_at.astimezone(UTC).date()
        Day.objects.filter(project=project, on=on).update(weight=F("weight") - lost)


@transaction.atomic
def replay(project: Project) -> None:
    """Derive the sittings and days anew from the log as it stands; titles are told elsewhere."""
    Sitting.objects.filter(project=project).delete()
    Day.objects.filter(project=project).delete()
    told = Entry.objects.filter(log=project.work_id).select_related("sealed").order_by("position")
    for entry in told.iterator(chunk_size=500):
        spoken = kinds.of(entry.kind)
        is_quiet = spoken is not None and spoken.is_quiet
        follow(project, entry, is_quiet=is_quiet, weight=entry.fact.weighs())


def _sit(project: Project, entry: Entry, cursor: Any) -> None:
    spell = connection.ops.adapt_datetimefield_value
    at, position = entry.happened_at, entry.position
    known = {
        "project": project.pk,
        "position": position,
        "at": spell(at),
        "earliest": spell(at - PAUSE),
        "latest": spell(at + PAUSE),
        "longest": LONGEST,
    }
    cursor.execute(CONTINUE_SITTING, known)
    if not cursor.rowcount:
        _begin(project, entry, count=1)


def _sit_aside(project: Project, entry: Entry) -> None:
    """Seat an entry that moves nothing others see: its sitting only reaches further."""
    latest = _latest(project)[:1]
    if not Sitting.objects.filter(pk__in=latest.values("pk")).update(last_position=entry.position):
        _begin(project, entry, count=0)


def _latest(project: Project) -> QuerySet[Sitting]:
    return Sitting.objects.filter(project=project).order_by("-first_position")


def _begin(project: Project, entry: Entry, *, count: int) -> None:
    before = _latest(project).first()
    Sitting.objects.create(
        project=project,
        first_position=entry.position,
        last_position=entry.position,
        started_at=entry.happened_at,
        ended_at=entry.happened_at,
        count=count,
        worked_before=before.worked if before else timedelta(),
    )


def _count(project: Project, entry: Entry, weight: int, cursor: Any) -> None:
    marks = [int(entry.topic == topic) for topic in MARKED]
    on = connection.ops.adapt_datefield_value(entry.happened_at.astimezone(UTC).date())
    cursor.execute(COUNT_DAY, [project.pk, on, entry.position, weight, *marks])
