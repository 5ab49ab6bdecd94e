"""What sessions hold of a work that is withdrawn: what they were called and about."""

from coulisses.projects import withdrawing
from coulisses.projects.models import Project
from coulisses.sessions.models import Session


@withdrawing.also
def forget_words(project: Project) -> None:
    """Take the words off every session of a work; when it began and ended remains."""
    said = {"title": "", "about": "", "words": "", "called_off_because": ""}
    Session.objects.filter(project=project).update(**said)
