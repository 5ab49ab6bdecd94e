"""Where a log's feed ends, and how what lies behind is cut into archives.

A window holds WINDOW positions, whatever they tell. The feed that readers subscribe to has the
window that fills and the one before; each older one is an archive (RFC 5005, 4). So every entry
stands in exactly one document, and an archive is cut for ever.
"""

from dataclasses import dataclass
from datetime import datetime

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.projects.telling import GRACE

WINDOW = 50  # positions


@dataclass(frozen=True)
class Edge:
    """The last position that a feed tells, 0 for none, and when the next one comes in."""

    position: int
    until: datetime | None = None

    @property
    def archives(self) -> int:
        """How many archives there are, numbered from 1."""
        return max(0, (self.position - 1) // WINDOW - 1)

    @property
    def first(self) -> int:
        """The first position of the feed that readers subscribe to."""
        return self.archives * WINDOW + 1


def edge(project: Project, *, at: datetime) -> Edge:
    """Return how far a project's feed reaches: two questions.

    What everybody may read and was told a minute ago or before is in: it can't be taken back any
    more. Only such entries move the edge, so that nothing of members' is heard from it.
    """
    public = Entry.objects.filter(log=project.work_id, audience=ledger.PUBLIC)
    settled = public.filter(told_at__lte=at - GRACE).order_by("-position")
    last = settled.values_list("position", flat=True).first() or 0
    coming = public.filter(position__gt=last).order_by("position")
    told_at = coming.values_list("told_at", flat=True).first()
    return Edge(last, told_at + GRACE if told_at else None)


def span(archive: int) -> tuple[int, int]:
    """Return the first and the last position of an archive, both included."""
    return (archive - 1) * WINDOW + 1, archive * WINDOW
