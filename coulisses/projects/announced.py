"""What is to be announced of a project: for outlets that follow its log with a bookmark."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from coulisses.log import kinds, ledger
from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.projects.telling import GRACE

A_READ = 100


@dataclass(frozen=True)
class Ready:
    """What may be announced now, oldest first, and the position up to which all was looked at.

    `is_all` is false where there may be more: ask again after `upto`.
    """

    entries: Sequence[Entry]
    upto: int
    is_all: bool


def ready(project: Project, *, after: int, at: datetime, limit: int = A_READ) -> Ready:
    """Return what everybody may hear of a project that was told after a position.

    Left out are an imported past, what was told in the rehearsal, quiet kinds, what is for members
    and what was shredded. What was told within the last minute may be taken back: the bookmark
    stops before it.
    """
    if not project.is_raised:
        return Ready([], after, is_all=True)
    known = ledger.read(project.work, audiences=ledger.OUTSIDE, at=at, after=after, limit=limit)
    found: list[Entry] = []
    upto = after
    for one in known:
        if isinstance(one, Entry) and one.told_at > at - GRACE:
            return Ready(found, upto, is_all=True)
        upto = one.position
        if isinstance(one, Entry) and _is_loud(one, project):
            found.append(one)
    return Ready(found, upto, is_all=len(known) < limit)


def end_of(project: Project) -> int:
    """Return the position after which a new outlet begins: it announces nothing of before."""
    project.work.refresh_from_db(fields=["size"])
    return project.work.size


def _is_loud(entry: Entry, project: Project) -> bool:
    raised = project.curtain_raised_at
    is_of_before = entry.past or (raised is not None and entry.told_at < raised)
    spoken = kinds.of(entry.kind)
    return not (is_of_before or entry.is_shredded or (spoken is not None and spoken.is_quiet))
