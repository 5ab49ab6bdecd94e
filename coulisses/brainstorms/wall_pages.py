"""The page of a wall: what it holds for whoever reads it, kept for passers-by."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from coulisses.brainstorms import circle, course, doors, masks, reading, shown, throwing, yours
from coulisses.brainstorms.models import Brainstorm, Idea
from coulisses.brainstorms.refusals import IdeaUnknown, NoMask, NotNow
from coulisses.lib import places, text
from coulisses.lib.refusals import Refusal, require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people import acting, unhurried
from coulisses.people.acting import NOBODY
from coulisses.people.refusals import NameNeeded
from coulisses.projects import giving, heard
from coulisses.projects.gates import Waits
from coulisses.projects.sight import Sight
from coulisses.ui import mining
from coulisses.ui.caching import cacheable
from coulisses.ui.slots import Reader


def reader_of(request: HttpRequest, seen: Sight) -> Reader:
    """Return who reads."""
    return Reader(seen, get_language() or "en", timezone.now(), acting.of(request))


def page(
    request: HttpRequest, of: Brainstorm, seen: Sight, *, refusal: Refusal | None = None
) -> HttpResponse:
    """Return the page of a wall; one that all read alike is kept for passers-by."""
    reader = reader_of(request, seen)
    said = {**_around(of, reader), **_asked(request, of, reader), **_refused(request, refusal)}
    if said["may_take_part"]:
        said["lacks"] = circle.lacking(request, of, seen)
        said["offers_dots"] = of.phase == course.VOTE and not said["lacks"]
    status = refusal.status if refusal else 200
    response = render(request, "brainstorms/wall.html", said, status=status)
    mining.marked(response, of.project)
    is_for_all = seen.is_outside and reader.actor == NOBODY and request.method == "GET"
    is_for_all = is_for_all and not circle.has_code(request, of)
    if status != 200 or "messages" in request.COOKIES or not is_for_all:
        return refusal.onto(response) if refusal else response
    return cacheable(response, of.project, is_heard=True)


def refused(request: HttpRequest, of: Brainstorm, seen: Sight, refusal: Refusal) -> HttpResponse:
    """Say why something was not done, or that it waits, with all that was typed."""
    if not is_program(request):
        return page(request, of, seen, refusal=refusal)
    said = {"is_kept": isinstance(refusal, Waits), "sentence": str(refusal)}
    said["is_anew"] = isinstance(refusal, giving.SaidAnew)
    said["is_nameless"] = isinstance(refusal, NameNeeded)
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


def podium(request: HttpRequest, of: Brainstorm, seen: Sight) -> HttpResponse:
    """Return the podium alone, for pages that were there before it."""
    reader = reader_of(request, seen)
    said = {"podium": reading.podium(of, reader), "project": of.project}
    response = render(request, "brainstorms/_podium.html", said)
    is_for_all = seen.is_outside and reader.actor == NOBODY
    return cacheable(response, of.project, is_heard=True) if is_for_all else response


def unmasking(request: HttpRequest, of: Brainstorm, seen: Sight) -> HttpResponse:
    """Ask whether somebody would put their name to what they threw. Raises NotNow, NoMask."""
    require(of.phase in masks.WHEN, NotNow)
    worn = masks.worn_by(of, acting.of(request).voice)
    require(worn, NoMask)
    said = {"of": of, "project": of.project, "sight": seen, "mask": worn}
    return render(request, "brainstorms/mask.html", {**said, "actor": acting.of(request)})


def leaving(request: HttpRequest, of: Brainstorm, seen: Sight, idea: Idea) -> HttpResponse:
    """Ask whether somebody would take their idea back."""
    words = getattr(ledger.find(of.project.room, idea.position).fact, "words", "")
    said = {"of": of, "project": of.project, "sight": seen, "idea": idea, "words": words}
    return render(request, "brainstorms/taking_back.html", said)


def require_shown(request: HttpRequest, of: Brainstorm, seen: Sight, position: int) -> None:
    """Raise IdeaUnknown unless an idea is there for whoever asks."""
    rows = Idea.objects.filter(project=of.project, position=position, is_gone=False)
    idea = rows.first()
    require(idea, IdeaUnknown)
    assert idea
    is_theirs = idea.voice in reading.mine_of(of, acting.of(request).voice)
    is_hidden = bool(heard.hidden(of.project, [idea.position]))
    require(seen.is_team or is_theirs or not is_hidden, IdeaUnknown)


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
        "parent": doors.shown_parent(of, reader.sight),
        "code": doors.code(of, reader.sight),
        "sight": reader.sight,
        "actor": reader.actor,
        "left": round(of.left.total_seconds() * 1000) if of.left is not None else 0,
        "phases": [
            (one, "is-on" if one == of.phase else "is-done" if place < at else "")
            for place, one in enumerate(course.PHASES)
            if one in course.PLAYED
        ],
        "podium": reading.podium(of, reader),
        **yours.of(of, reader),
    }


def _asked(request: HttpRequest, of: Brainstorm, reader: Reader) -> dict[str, Any]:
    before, family = (places.position(request.GET.get(one)) for one in ("before", "family"))
    return {
        "wall": reading.wall(of, reader, before=before, family=family),
        "family": family,
        "is_list": request.GET.get("as") == "list",
        "is_newest": before is None and family is None,
        "on": _built_on(request, of),
    }


def _built_on(request: HttpRequest, of: Brainstorm) -> shown.Near | None:
    """Return the idea that a form would take further, if such a one stands."""
    asked = request.GET.get("on", "") or request.POST.get("on", "")
    position = text.number(asked) or 0
    words = shown.words_of(of.project, [position]).get(position) if position else None
    return shown.Near(position, position, words, "") if words else None


def _refused(request: HttpRequest, refusal: Refusal | None) -> dict[str, Any]:
    """Return what was typed, and why it was refused or that it waits."""
    is_kept = isinstance(refusal, Waits)
    typed = {} if is_kept else {name: request.POST.get(name, "") for name in request.POST}
    is_for_one = request.method == "POST" or acting.of(request).voice
    return {
        "refusal": refusal,
        "is_kept": is_kept,
        "typed": typed,
        "touched": unhurried.touched() if is_for_one else "",
    }
