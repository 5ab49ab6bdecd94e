"""The replay: how a wall was made, on a page and as steps for the script that plays them."""

from typing import TypeVar

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coulisses.brainstorms import listing, replaying, wall_pages
from coulisses.brainstorms.asked import inside, led_to_the_door
from coulisses.brainstorms.models import Brainstorm
from coulisses.lib import places
from coulisses.people import acting
from coulisses.people.acting import NOBODY
from coulisses.projects.sight import Sight
from coulisses.ui import mining
from coulisses.ui.caching import cacheable

R = TypeVar("R", bound=HttpResponse)


@require_safe
@led_to_the_door
def replay(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """How a wall was made: played by script, else a list by its phases, a page at a time."""
    of, seen = inside(request, studio, project)
    after = places.position(request.GET.get("after")) or 0
    found = replaying.page(of, after=after, limit=listing.A_PAGE)
    said = {
        "of": of,
        "project": of.project,
        "sight": seen,
        "after": after,
        "chapters": listing.chapters(of, found),
        "phases": replaying.chapters(of),
        "page": found,
        "reader": wall_pages.reader_of(request, seen),
    }
    return _kept(request, render(request, "brainstorms/replay.html", said), of, seen)


@require_safe
def steps(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """A page of the steps that made a wall, as JSON: `steps`, and `after` for the next page."""
    of, seen = inside(request, studio, project)
    after = places.position(request.GET.get("after")) or 0
    found = replaying.page(of, after=after)
    compact = {"ensure_ascii": False, "separators": (",", ":")}
    said = {"steps": found.steps, "after": found.after}
    return _kept(request, JsonResponse(said, json_dumps_params=compact), of, seen)


def _kept(request: HttpRequest, response: R, of: Brainstorm, seen: Sight) -> R:
    """Keep what all read alike."""
    mining.marked(response, of.project)
    is_for_all = seen.is_outside and acting.of(request) == NOBODY
    if not is_for_all or "messages" in request.COOKIES:
        return response
    return cacheable(response, of.project, is_heard=True)
