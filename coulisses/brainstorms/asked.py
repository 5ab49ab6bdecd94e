"""A brainstorm by its address, as whoever asks sees it: the way in to each of its pages."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from coulisses.brainstorms.models import Brainstorm
from coulisses.brainstorms.refusals import NoBrainstorm
from coulisses.lib.refusals import require
from coulisses.projects import closed, sight
from coulisses.projects.models import Project
from coulisses.projects.refusals import RoomClosed
from coulisses.projects.sight import Sight

View = Callable[..., HttpResponse]


def asked(request: HttpRequest, studio: str, project: str) -> tuple[Brainstorm, Sight]:
    """Return a brainstorm and what whoever asks sees of it.

    Raises ProjectNotFound, ProjectMoved, NoBrainstorm.
    """
    found, seen = sight.asked(request.user, studio, project)
    return brainstorm_of(found), seen


def inside(request: HttpRequest, studio: str, project: str) -> tuple[Brainstorm, Sight]:
    """Return what `asked` does, to those who may look at the wall: all that shows ideas asks so.

    Raises RoomClosed, too.
    """
    of, seen = asked(request, studio, project)
    closed.require_open(of.project, seen.audiences)
    return of, seen


def led_to_the_door(view: View) -> View:
    """Have a page lead those to the door for whom it is closed: there it says how to come in."""

    @wraps(view)
    def answer(request: HttpRequest, studio: str, project: str, **named: Any) -> HttpResponse:
        try:
            return view(request, studio, project, **named)
        except RoomClosed:
            if request.method not in ("GET", "HEAD"):
                raise
            return redirect(f"/@{studio}/{project}/wall/in")

    return answer


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
