"""Revisions: what a project's pages show beside new entries has changed."""

from collections.abc import Collection

from django.db.models import F, Q

from coulisses.log import bell
from coulisses.projects.models import Project


def bump(project: Project) -> None:
    """Count the change and say so to every process once it is committed."""
    bump_logs([project.work_id])


def bump_logs(logs: Collection[str]) -> None:
    """Count a change in the projects of these logs: somebody who speaks there is called otherwise.

    The signal makes streams forget the frames that they keep, and kept pages are asked for again.
    """
    theirs = Project.objects.filter(Q(work__in=logs) | Q(room__in=logs))
    theirs.update(revision=F("revision") + 1, has_moved=True)
    for log in logs:
        bell.signal(log)
