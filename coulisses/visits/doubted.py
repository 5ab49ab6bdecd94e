"""What became of a project's doubts: how many were answered, how many ended, after how long."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from django.utils import timezone

from coulisses.log.models import Entry
from coulisses.projects import answered
from coulisses.projects.answered import Known
from coulisses.projects.models import Project

TABLE = "doubts"
COLUMNS = ["position", "told_at", "answered_at", "ended_at", "end"]
MOST = 500  # doubts of the last days that are looked at
A_READ = 500
LEAST = timedelta(minutes=1)


@dataclass(frozen=True)
class Doubted:
    """Doubts told in some days: how many, how many were answered, settled and let go.

    `to_answer` and `to_settle` are the times in which half of those were; None for none.
    """

    told: int
    answered: int
    settled: int
    let_go: int
    to_answer: timedelta | None
    to_settle: timedelta | None


def read(project: Project, since: date) -> Doubted:
    """Return what became of the doubts that were told since a day."""
    begins = timezone.make_aware(datetime.combine(since, time()))
    found = list(_doubts(project, after=0, told_since=begins))
    known = answered.known(project, [position for position, _told in found])
    stood = [(told, known.get(position, Known())) for position, told in found]
    answers = [one.answered_at - told for told, one in stood if one.answered_at]
    ends = [(one.end, one.ended_at - told) for told, one in stood if one.ended_at]
    settled = [after for end, after in ends if end == "settled"]
    return Doubted(
        told=len(found),
        answered=len(answers),
        settled=len(settled),
        let_go=len(ends) - len(settled),
        to_answer=_half(answers),
        to_settle=_half(settled),
    )


def rows(project: Project) -> Iterator[tuple[Any, ...]]:
    """Yield all doubts of a project and what became of each, the oldest first."""
    after = 0
    while found := list(_doubts(project, after=after)):
        known = answered.known(project, [position for position, _told in found])
        for position, told in found:
            one = known.get(position, Known())
            yield position, told, one.answered_at, one.ended_at, one.end
        after = found[-1][0]


def _doubts(
    project: Project, *, after: int, told_since: datetime | None = None
) -> Iterable[tuple[int, datetime]]:
    """Return positions and hours of doubts, rising; those since an hour are the newest."""
    told = Entry.objects.filter(log=project.work_id, topic="doubt", sealed__isnull=False)
    if told_since is None:
        some = told.filter(position__gt=after).order_by("position")[:A_READ]
        return some.values_list("position", "told_at")
    newest = told.order_by("-position").values_list("position", "told_at")[:MOST]
    return [(position, at) for position, at in reversed(newest) if at >= told_since]


def _half(times: Sequence[timedelta]) -> timedelta | None:
    """Return the time in which half of these were over, a minute at least."""
    if not times:
        return None
    return max(LEAST, timedelta(seconds=median(one.total_seconds() for one in times)))
