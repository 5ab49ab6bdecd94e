"""How this room answers: with a page, or to a script with JSON; nothing typed is ever lost."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from coulisses.lib.refusals import Refusal, require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people import acting, becoming
from coulisses.people.acting import NOBODY
from coulisses.people.refusals import NameNeeded
from coulisses.projects import giving, heard
from coulisses.projects.gates import Waits
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.ui import headlines, mining
from coulisses.ui.caching import cacheable
from coulisses.ui.hearing import may_hear
from coulisses.ui.slots import Reader, fill_beside_thread
from coulisses.voices import reading, slots, spots
from coulisses.voices.models import Word
from coulisses.voices.refusals import NotYourWords, TakenBackAlready


@dataclass(frozen=True)
class Place:
    """An entry of a work under which something is said or read, as the asker sees it now."""

    project: Project
    sight: Sight
    entry: Entry
    at: datetime


def reader(request: HttpRequest, place: Place) -> Reader:
    """Return who reads."""
    return Reader(place.sight, get_language() or "en", place.at, acting.of(request), is_full=True)


def address(project: Project, word: Word) -> str:
    """Return where a word stands: under its entry, or on its thread's own page."""
    if reading.is_on_last_page(project, word):
        return f"{project.path}{word.cue}#say-{word.position}"
    return f"{project.path}said/{word.thread}/#say-{word.position}"


def said(request: HttpRequest, place: Place, word: Word) -> HttpResponse:
    """Answer somebody who was heard: lead them there, or hand a script its HTML."""
    if not is_program(request):
        return redirect(address(place.project, word))
    html = reading.drawn(place.project, [word.position], reader(request, place))
    return JsonResponse({"position": word.position, "html": html[word.position]}, status=201)


def refused(request: HttpRequest, place: Place, refusal: Refusal) -> HttpResponse:
    """Say why something was not said, or that it waits, with all that was typed."""
    if is_program(request):
        said = {"is_kept": isinstance(refusal, Waits), "sentence": str(refusal)}
        said["is_anew"] = isinstance(refusal, giving.SaidAnew)
        said["is_nameless"] = isinstance(refusal, NameNeeded)
        return refusal.onto(JsonResponse(said, status=refusal.status))
    typed = {name: request.POST.get(name, "") for name in request.POST}
    page = {
        "refusal": refusal,
        "is_kept": isinstance(refusal, Waits),
        "typed": typed,
        "to": typed.get("to", ""),
        "targets": spots.targets(place.entry.fact),
    }
    return refusal.onto(shown(request, "say", place, status=refusal.status, **page))


def amending(
    request: HttpRequest,
    place: Place,
    word: Word,
    *,
    by: str,
    words: str | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Show somebody's own words to change. Raises NotYourWords, TakenBackAlready."""
    require(becoming.is_theirs(word.voice, by), NotYourWords)
    require(not word.is_gone, TakenBackAlready)
    now = earlier(request, place, word)[-1]["words"] if words is None else words
    page = {"word": word, "words": now, "refusal": refusal}
    status = refusal.status if refusal else 200
    return shown(request, "amendment", place, status=status, **page)


def may_read(request: HttpRequest, place: Place, word: Word) -> bool:
    """Whether a reader sees what was said: what is hidden, only its author and the team."""
    is_theirs = becoming.is_theirs(word.voice, acting.of(request).voice)
    return place.sight.is_team or is_theirs or not heard.hidden(place.project, [word.position])


def earlier(request: HttpRequest, place: Place, word: Word) -> list[dict[str, Any]]:
    """Return a word's words as they were said and said anew, oldest first."""
    if not may_read(request, place, word):
        return []
    first = ledger.find(place.project.room, word.position)
    eyes = place.sight.audiences
    anew = ledger.sequels(place.project.room, [word.position], audiences=eyes, at=place.at)
    told = [first, *(one for one in anew.get(word.position, []) if one.kind == "voice.amended")]
    return [
        {"words": getattr(one.fact, "words", ""), "at": one.told_at}
        for one in told
        if not one.is_shredded
    ]


def shown(
    request: HttpRequest, name: str, place: Place, *, status: int = 200, **page: Any
) -> HttpResponse:
    """Return a page of this room; those that all read alike are kept for passers-by."""
    who = reader(request, place)
    lines = headlines.of(place.project, [place.entry], audiences=who.sight.audiences, at=place.at)
    said = {
        **slots.around(place.project, who, cue=place.entry.position),
        "entry": place.entry,
        "cue": place.entry.position,
        "title": lines[0].words if lines else "",
        **page,
    }
    if page.get("refusal"):  # what was typed is given back, also where nothing is said any more
        said["may_say"] = not who.sight.is_viewer
    if "to" in page and name == "thread":
        said["beside"] = fill_beside_thread(place.project, f"said-{page['to']}", who)
    response = may_hear(render(request, f"voices/{name}.html", said, status=status))
    mining.marked(response, place.project)
    is_for_all = place.sight.is_outside and who.actor == NOBODY and request.method == "GET"
    has_news = "messages" in request.COOKIES
    if status != 200 or has_news or not is_for_all:
        return response
    return cacheable(response, place.project, is_heard=True)


def is_program(request: HttpRequest) -> bool:
    """Whether a script of the page asks."""
    return "application/json" in request.headers.get("Accept", "")
