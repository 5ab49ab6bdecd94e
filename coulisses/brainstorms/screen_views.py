"""The big screen: read from the last row, driven by the console, open to whoever sees the wall."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coulisses.brainstorms import screen_pages, wall_pages
from coulisses.brainstorms.asked import inside, led_to_the_door
from coulisses.people.acting import NOBODY
from coulisses.ui import mining
from coulisses.ui.caching import cacheable


@require_safe
@led_to_the_door
def screen(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """What a hall looks at now; it follows by itself. In light colours with `light`."""
    of, seen = inside(request, studio, project)
    reader = wall_pages.reader_of(request, seen)
    said = screen_pages.said(request, of, reader)
    response = mining.marked(render(request, "brainstorms/screen.html", said), of.project)
    is_for_all = seen.is_outside and reader.actor == NOBODY
    return cacheable(response, of.project, is_heard=True) if is_for_all else response
