"""Revisions: what a project's pages show beside new entries has changed."""

from django.db.models import F

from coulisses.log import bell
from coulisses.projects.models import Project


def bump(project: Project) -> None:
    """Count the change and say so to every process once it is committed."""
    Project.objects.filter(pk=project.pk).update(revision=F("revision") + 1)
    bell.signal(project.work_id)
