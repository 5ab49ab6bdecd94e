"""The page of a wall: what it holds for whoever reads it, kept for passers-by."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from coulisses.brainstorms import course, reading, throwing
from coulisses.brainstorms.models import LONGEST_IDEA, Brainstorm, Idea
from coulisses.brainstorms.refusals import IdeaUnknown
from coulisses.lib import places
from coulisses.lib.refusals import Refusal, require
from coulisses.log.models import Entry
from coulisses.people import acting, unhurried
from coulisses.people.acting import NOBODY
from coulisses.projects import giving, heard
from coulisses.projects.gates import Waits
from coulisses.projects.sight import Sight
from coulisses.ui import mining
from coulisses.ui.caching import cacheable
from coulisses.ui.slots import Reader


def reader_of(request: HttpRequest, seen: Sight) -> Reader:
    """Return who reads."""
    return Reader(seen, get_language() or "en", timezone.now(), acting.of(request))


def shown(
    request: HttpRequest, of: Brainstorm, seen: Sight, *, refusal: Refusal | None = None
) -> HttpResponse:
    """Return the page of a wall; one that all read alike is kept for passers-by."""
    reader = reader_of(request, seen)
    said = {**_around(of, reader), **_asked(request, of, reader), **_refused(request, refusal)}
    status = refusal.status if refusal else 200
    response = render(request, "brainstorms/wall.html", said, status=status)
    mining.marked(response, of.project)
    is_for_all = seen.is_outside and reader.actor == NOBODY and request.method == "GET"
    if status != 200 or "messages" in request.COOKIES or not is_for_all:
        return refusal.onto(response) if refusal else response
    return cacheable(response, of.project, is_heard=True)


def refused(request: HttpRequest, of: Brainstorm, seen: Sight, refusal: Refusal) -> HttpResponse:
    """Say why something was not done, or that it waits, with all that was typed."""
    if not is_program(request):
        return shown(request, of, seen, refusal=refusal)
    said = {"is_kept": isinstance(refusal, Waits), "sentence": str(refusal)}
    said["is_anew"] = isinstance(refusal, giving.SaidAnew)
    return refusal.onto(JsonResponse(said, status=refusal.status))


def thrown(request: HttpRequest, of: Brainstorm, seen: Sight, told: Entry | None) -> HttpResponse:
    """Answer whoever threw an idea: lead them to it, or hand a script its HTML.

    What waits for the end of a silent round has no place yet: its words are said back.
    """
    if not is_program(request):
        place = f"idea-{told.position}" if told else "throw"
        return redirect(f"{of.project.path}wall/#{place}")
    if told is None:
        words = throwing.sentence(request.POST.get("words", ""))
        return JsonResponse({"position": 0, "words": words}, status=201)
    ideas = list(Idea.objects.filter(project=of.project, position=told.position))
    html = "".join(one.html for one in reading.drawn(of, ideas, reader_of(request, seen)))
    return JsonResponse({"position": told.position, "html": html}, status=201)


def moved(
    request: HttpRequest, of: Brainstorm, position: int, done: dict[str, int]
) -> HttpResponse:
    """Answer whoever moved a dot: how many are left and lie here, or the idea on its page."""
    if is_program(request):
        return JsonResponse(done)
    came = urlsplit(request.headers.get("Referer", ""))
    is_ours = came.netloc == request.get_host() and came.path == f"{of.project.path}wall/"
    query = f"?{came.query}" if is_ours and came.query else ""
    return redirect(f"{of.project.path}wall/{query}#idea-{position}")


def require_shown(request: HttpRequest, of: Brainstorm, seen: Sight, position: int) -> None:
    """Raise IdeaUnknown unless an idea is there for whoever asks."""
    rows = Idea.objects.filter(project=of.project, position=position, is_gone=False)
    idea = rows.first()
    mine = reading.mine_of(of, acting.of(request).voice)
    is_theirs = idea is not None and idea.voice in mine
    is_hidden = bool(heard.hidden(of.project, [position]))
    require(idea and (seen.is_team or is_theirs or not is_hidden), IdeaUnknown)


def is_program(request: HttpRequest) -> bool:
    """Whether a script of the page asks."""
    return "application/json" in request.headers.get("Accept", "")


def _around(of: Brainstorm, reader: Reader) -> dict[str, Any]:
    """Return what a wall shows whatever was asked of it. The place of its stream comes first."""
    at = course.PHASES.index(of.phase)
    return {
        "live": reading.live(of, reader),
        "of": of,
        "project": of.project,
        "sight": reader.sight,
        "actor": reader.actor,
        "phases": [
            (one, "is-on" if one == of.phase else "is-done" if place < at else "")
            for place, one in enumerate(course.PHASES)
            if one in course.PLAYED
        ],
        "left": round(of.left.total_seconds() * 1000) if of.left is not None else 0,
        "podium": reading.podium(of, reader),
        "longest": LONGEST_IDEA,
    }


def _asked(request: HttpRequest, of: Brainstorm, reader: Reader) -> dict[str, Any]:
    before, family = (places.position(request.GET.get(one)) for one in ("before", "family"))
    return {
        "wall": reading.wall(of, reader, before=before, family=family),
        "is_list": request.GET.get("as") == "list",
        "is_newest": before is None and family is None,
    }


def _refused(request: HttpRequest, refusal: Refusal | None) -> dict[str, Any]:
    """Return what was typed, and why it was refused or that it waits."""
    is_post = request.method == "POST"
    return {
        "refusal": refusal,
        "is_kept": isinstance(refusal, Waits),
        "typed": {name: request.POST.get(name, "") for name in request.POST} if is_post else {},
        "touched": unhurried.touched() if is_post or acting.of(request).voice else "",
    }
