"""Where the stream of a project's work begins for a page: after what that page shows."""

from dataclasses import dataclass
from datetime import datetime

from coulisses.lib import cursors
from coulisses.log import kinds, ledger
from coulisses.projects.models import Project


@dataclass(frozen=True)
class Live:
    """A place in the work log as `cursor` and `position`; `kinds` are all that may come."""

    cursor: str
    position: int
    kinds: str


def after(project: Project, position: int) -> Live:
    """Return the place after a position."""
    return Live(cursors.spell(project.work_id, position), position, " ".join(kinds.names()))


def now(project: Project, *, audiences: frozenset[str], at: datetime) -> Live:
    """Return the place after all that a reader may know of; ask before anything else is read."""
    return after(project, ledger.horizon(project.work, audiences=audiences, at=at))
