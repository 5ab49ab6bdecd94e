"""What a maker tells, and the doubt that it settles or tries to: said as it is told."""

from datetime import datetime

from coulisses.doubts import queries, rules
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects import settling
from coulisses.projects.models import Project
from coulisses.projects.settling import Doubt


@settling.known_by
def still_open(project: Project, at: datetime) -> list[Doubt]:
    """Return the doubts that are open, the oldest first."""
    found, _more = queries.open_doubts(project)
    lines = queries.named(project, found, audiences=ledger.EVERYTHING, at=at)
    return [Doubt(one.position, one.words) for one in lines.values()]


@settling.said_by
def say(project: Project, doubt: int, entry: Entry, how: str, at: datetime) -> None:
    """Have an entry settle a doubt, or be what was tried about it. Raises as the verbs do."""
    if how == settling.TRIED:
        rules.tried(project, doubt, tried_by=entry.position, by=entry.by, at=at)
    else:
        rules.settle(project, doubt, settled_by=entry.position, by=entry.by, at=at)
