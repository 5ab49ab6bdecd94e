"""A brainstorm by its address, as whoever asks sees it: the way in to each of its pages."""

from django.http import HttpRequest

from coulisses.brainstorms.models import Brainstorm
from coulisses.brainstorms.refusals import NoBrainstorm
from coulisses.lib.refusals import require
from coulisses.projects import sight
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight


def asked(request: HttpRequest, studio: str, project: str) -> tuple[Brainstorm, Sight]:
    """Return a brainstorm and what whoever asks sees of it.

    Raises ProjectNotFound, ProjectMoved, NoBrainstorm.
    """
    found, seen = sight.asked(request.user, studio, project)
    return brainstorm_of(found), seen


def at_desk(request: HttpRequest, studio: str, project: str) -> tuple[Brainstorm, Sight]:
    """Return a brainstorm and what one of its team sees of it.

    Raises SignInFirst, ProjectNotFound, NoBrainstorm.
    """
    found, seen = sight.at_desk(request.user, studio, project)
    return brainstorm_of(found), seen


def brainstorm_of(project: Project) -> Brainstorm:
    """Return the brainstorm that a project is. Raises NoBrainstorm."""
    of = Brainstorm.objects.select_related("of__studio").filter(pk=project.pk).first()
    require(of, NoBrainstorm)
    assert of
    of.project = project
    return of
