"""Telling: append to a project's work log, and keep the sittings and days that derive from it."""

from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.db.models import F

from coulisses.log import ledger
from coulisses.log.kinds import Fact
from coulisses.log.models import Entry
from coulisses.projects.models import Project, Sitting

PAUSE = timedelta(hours=2)  # a longer silence ends a sitting
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
            follow(project, entry, is_quiet=fact.is_quiet, weight=weight)
    return entry


def follow(project: Project, entry: Entry, *, is_quiet: bool, weight: int) -> None:
    """Bring the sittings and days up to an entry; replaying a log calls this again."""
    is_counted = entry.audience == ledger.PUBLIC and not is_quiet
    _seat(project, entry, is_counted=is_counted)
    if is_counted:
        _count(project, entry, weight)
        Project.objects.filter(pk=project.pk).update(stirred_at=entry.told_at)


def _seat(project: Project, entry: Entry, *, is_counted: bool) -> None:
    latest = Sitting.objects.filter(project=project).order_by("-first_position").first()
    if latest and (not is_counted or _continues(latest, entry)):
        changes: dict[str, object] = {"last_position": entry.position}
        if is_counted:
            changes["count"] = F("count") + 1
            changes["ended_at"] = max(latest.ended_at, entry.happened_at)
            changes["started_at"] = min(latest.started_at, entry.happened_at)
        Sitting.objects.filter(pk=latest.pk).update(**changes)
        return
    Sitting.objects.create(
        project=project,
        first_position=entry.position,
        last_position=entry.position,
        started_at=entry.happened_at,
        ended_at=entry.happened_at,
        count=int(is_counted),
    )


def _continues(sitting: Sitting, entry: Entry) -> bool:
    nearness = sitting.started_at - PAUSE <= entry.happened_at <= sitting.ended_at + PAUSE
    return nearness and sitting.count < LONGEST


def _count(project: Project, entry: Entry, weight: int) -> None:
    marks = [int(entry.topic == topic) for topic in MARKED]
    on = entry.happened_at.astimezone(UTC).date()
    with connection.cursor() as cursor:
        cursor.execute(COUNT_DAY, [project.pk, on, entry.position, weight, *marks])
