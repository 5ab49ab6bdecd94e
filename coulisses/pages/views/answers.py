"""How a page is answered: kept for everybody where everybody sees the same."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coulisses.pages.queries.scene import Scene, who
from coulisses.people.acting import NOBODY
from coulisses.ui import mining
from coulisses.ui.caching import cacheable


def on_stage(
    request: HttpRequest, name: str, scene: Scene, *, until: datetime | None = None, **context: Any
) -> HttpResponse:
    """Return a page of a project; finished pages are kept for passers-by, `until` at most."""
    said = {"scene": scene, "project": scene.project, "sight": scene.sight, **context}
    response = mining.marked(render(request, f"pages/{name}.html", said), scene.project)
    is_shared = scene.sight.is_outside and scene.actor == NOBODY and not _has_messages(request)
    if not is_shared:
        return response
    return cacheable(response, scene.project, is_heard=True, until=until)


def in_the_house(
    request: HttpRequest, name: str, *projects: Any, until: datetime | None = None, **context: Any
) -> HttpResponse:
    """Return a page of the whole house; kept for passers-by until one of these projects moves.

    No longer than `until`, where that is given.
    """
    response = render(request, f"pages/{name}.html", context)
    watches = getattr(request.user, "watches", ())
    is_shared = who(request) is None and not watches and not _has_messages(request)
    return cacheable(response, *projects, is_list=True, until=until) if is_shared else response


def _has_messages(request: HttpRequest) -> bool:
    return "messages" in request.COOKIES
