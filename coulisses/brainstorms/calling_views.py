"""A brainstorm's poster acts: who comes, the calendar, the code, and the door."""

import io

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.brainstorms import calendars, circle, coming, doors
from coulisses.brainstorms.asked import asked
from coulisses.brainstorms.calling_refusals import (
    NoCodeHere,
    NoHourYet,
)
from coulisses.brainstorms.refusals import (
    AgeFirst,
    CodeFirst,
)
from coulisses.lib.refusals import Refusal, require
from coulisses.people import acting
from coulisses.people.acting import NOBODY
from coulisses.ui import addresses, mining
from coulisses.ui.caching import cacheable
from coulisses.ui.sent_here import sent_here


@sent_here
@require_POST
def come(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Say that one comes; said again, that one doesn't."""
    of, seen = asked(request, studio, project)
    if coming.turn(request, of, seen, at=timezone.now()):
        messages.success(request, coming.noted(request, of))
    else:
        messages.success(request, _("Noted: you are not expected any more."))
    return redirect(of.project.path)


@require_safe
def calendar(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """A brainstorm as a calendar's event, the same for ever."""
    of, seen = asked(request, studio, project)
    require(of.starts_at, NoHourYet)
    written = calendars.write(of, base=addresses.base(request))
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{of.project.slug}.ics"'
    mining.marked(response, of.project)
    is_for_all = seen.is_outside and acting.of(request) == NOBODY
    return cacheable(response, of.project) if is_for_all else response


@require_safe
def code(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """The code to come by, to be scanned: SVG. Where it is the key, for the team alone."""
    of, seen = asked(request, studio, project)
    letters = doors.code(of, seen)
    require(letters, NoCodeHere)
    out = io.BytesIO()
    drawn = segno.make(f"{addresses.base(request)}/j/{letters}", error="m")
    drawn.save(out, kind="svg", border=4, light="#ffffff", omitsize=True, svgclass=None)
    response = HttpResponse(out.getvalue(), content_type="image/svg+xml")
    response["Cache-Control"] = "private, no-cache"
    return response


@sent_here
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """The door: by which rules one takes part, and what is asked of whoever comes."""
    of, seen = asked(request, studio, project)
    refusal = circle.lacking(request, of, seen)
    if request.method == "POST":
        old_enough = request.POST.get("old_enough") == "yes"
        try:
            circle.come_in(request, of, seen, at=timezone.now(), is_old_enough=old_enough)
            return redirect(f"{of.project.path}wall/")
        except Refusal as why:
            refusal = why
    poster = doors.Poster(of, seen, acting.of(request))
    said = {"poster": poster, "project": of.project, "sight": seen, "refusal": refusal}
    said |= {"asks_age": isinstance(refusal, AgeFirst), "asks_code": isinstance(refusal, CodeFirst)}
    status = refusal.status if refusal and request.method == "POST" else 200
    return mining.marked(render(request, "brainstorms/door.html", said, status=status), of.project)
