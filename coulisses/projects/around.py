"""Around: that something was said in a project's room, for pages that show a line of it.

Whoever shows what voices do under many entries reads it anew then; what is said is no entry of
theirs, and how much of it there is matters to nobody.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from coulisses.projects import heard, signals
from coulisses.projects.models import Project


@signals.of("around")
def moved(project: Project, audiences: frozenset[str], since: datetime) -> Any:
    """Return the place of the newest entry of a room for these readers, if it came since; else 0.

    A place, not a count: said twice it does no harm, and another one says that there is more.
    """
    now = timezone.now()
    newest = heard.read(project, audiences=audiences, at=now, newest_first=True, limit=1)
    return next((one.position for one in newest if one.told_at > since), 0)
