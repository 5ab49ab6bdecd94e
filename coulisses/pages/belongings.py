"""Overviews kept in this process may show names: they go when a name does."""

from coulisses.people import holding
from coulisses.people.models import Voice
from coulisses.projects import recent
from coulisses.projects.models import Project


@holding.at_erasure
def forget_name(voice: Voice, name: str, logs: list[str]) -> None:
    """Drop what was read of the projects in which a voice speaks."""
    for project in Project.objects.filter(work__in=logs):
        recent.forget(project)
