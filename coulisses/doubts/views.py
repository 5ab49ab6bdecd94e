"""What is done about doubts on their pages: makers move them on, anybody offers leads."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from coulisses.doubts import leads, life, queries, rules, shown
from coulisses.doubts.queries import Stands
from coulisses.doubts.refusals import ViewersOnlyRead
from coulisses.lib import places, text
from coulisses.lib.refusals import Refusal, require
from coulisses.log.models import Entry
from coulisses.people import acting, crowds
from coulisses.people.acting import NOBODY, Actor
from coulisses.projects import closed, gates, giving, sight
from coulisses.projects.models import Project
from coulisses.ui import mining
from coulisses.ui.caching import cacheable
from coulisses.ui.sent_here import sent_here
from coulisses.ui.slots import Reader

Say = Callable[[str, datetime], Entry]

KEPT = ("act", "settled_by")  # fields of a form that was refused, beside its words and the name


@dataclass(frozen=True)
class Asked:
    """A doubt as one reader sees it."""

    project: Project
    doubt: Entry
    reader: Reader

    @property
    def place(self) -> str:
        """Where the doubt stands."""
        return f"{self.project.path}{self.doubt.position}"


@sent_here
@require_http_methods(["GET", "HEAD", "POST"])
def offered(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """The leads that a doubt was offered; one more, where it is sent one."""
    asked = _find(request, studio, project, position)
    if request.method != "POST":
        return _leads(request, asked)
    words = request.POST.get("words", "")
    return _hear(
        request,
        asked,
        lambda by, at: leads.offer(asked.project, asked.doubt, words=words, by=by, at=at),
    )


@sent_here
@require_POST
def developed(
    request: HttpRequest, studio: str, project: str, position: int, lead: int
) -> HttpResponse:
    """Take a lead further."""
    asked = _find(request, studio, project, position)
    words = request.POST.get("words", "")
    leads.find(asked.project, asked.doubt, lead)
    return _hear(
        request,
        asked,
        lambda by, at: leads.develop(asked.project, asked.doubt, lead, words=words, by=by, at=at),
    )


@sent_here
@require_POST
def answered(
    request: HttpRequest, studio: str, project: str, position: int, lead: int
) -> HttpResponse:
    """Keep a lead, or put it by with `act=put_by`."""
    asked = _find(request, studio, project, position)
    asked.reader.sight.require_maker()
    act = leads.put_by if request.POST.get("act") == "put_by" else leads.keep
    said = {"words": request.POST.get("words", ""), **_hand(asked)}
    try:
        act(asked.project, asked.doubt, lead, **said)
    except Refusal as refusal:
        return _again(request, asked, refusal)
    return redirect(_beside(asked, lead))


@sent_here
@require_POST
def taken_back(request: HttpRequest, studio: str, project: str, said: int) -> HttpResponse:
    """Take back for good a lead that one offered, or what one added to another's."""
    found, seen = sight.asked(request.user, studio, project)
    by, at = acting.of(request).require().voice, timezone.now()
    entry = leads.told(found, said, audiences=seen.audiences, at=at)
    doubt = getattr(entry.fact, "cue", 0)
    leads.take_back(found, entry, by=by, at=at, is_owner=seen.is_owner)
    return redirect(f"{found.path}{doubt}#leads")


@sent_here
@require_POST
def moved(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Say what became of a doubt: `act` is tried, settled, let_go or reopened."""
    asked = _find(request, studio, project, position)
    asked.reader.sight.require_maker()
    words, act = request.POST.get("words", ""), request.POST.get("act", "")
    said: dict[str, Any] = {"words": words, **_hand(asked)}
    try:
        if act == life.SETTLED:
            by_entry = text.number(request.POST.get("settled_by", "")) or 0
            rules.settle(asked.project, position, settled_by=by_entry, **said)
        else:
            {life.LET_GO: rules.let_go, "reopened": rules.reopen}.get(act, rules.tried)(
                asked.project, position, **said
            )
    except Refusal as refusal:
        return _again(request, asked, refusal)
    return redirect(asked.place)


@sent_here
@require_POST
def settles(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Have an entry settle a doubt that came before it."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_maker()
    doubt = text.number(request.POST.get("doubt", "")) or 0
    words, by = request.POST.get("words", ""), acting.of(request).require().voice
    rules.settle(found, doubt, words=words, settled_by=position, by=by, at=timezone.now())
    return redirect(f"{found.path}{position}")


def reads(request: HttpRequest, seen: sight.Sight) -> Reader:
    """Return who reads a page of this room."""
    language = get_language() or "en"
    return Reader(seen, language, timezone.now(), acting.of(request), is_full=True)


def short(reader: Reader) -> Reader:
    """Return the same reader of a page on which no entry stands alone."""
    return replace(reader, is_full=False)


def on_stage(
    request: HttpRequest, name: str, project: Project, reader: Reader, **said: Any
) -> HttpResponse:
    """Return a page of a project; kept for passers-by where all see the same."""
    context = {"project": project, "sight": reader.sight, **said}
    response = mining.marked(render(request, f"doubts/{name}.html", context), project)
    is_shared = reader.sight.is_outside and reader.actor == NOBODY
    if not is_shared or "messages" in request.COOKIES:
        return response
    return cacheable(response, project, is_heard=True)


def _find(request: HttpRequest, studio: str, project: str, position: int) -> Asked:
    found, seen = sight.asked(request.user, studio, project)
    reader = reads(request, seen)
    doubt = queries.find(found, position, audiences=seen.audiences, at=reader.at)
    return Asked(found, doubt, reader)


def _leads(request: HttpRequest, asked: Asked) -> HttpResponse:
    after = places.position(request.GET.get("after")) or 0
    eyes, at = asked.reader.sight.audiences, asked.reader.at
    position = asked.doubt.position
    known, _settled = queries.lives(asked.project, [position], audiences=eyes)
    stands = queries.standing(asked.project, known, audiences=eyes, at=at)
    stand = stands.get(position, Stands(position, life.OPEN))
    lines = queries.named(asked.project, [asked.doubt], audiences=eyes, at=at)
    said = shown.context(asked.project, asked.doubt, stand, asked.reader, after=after)
    said |= {"doubt": asked.doubt, "stand": stand, "line": lines.get(position), "after": after}
    return on_stage(request, "leads", asked.project, asked.reader, **said)


def _hear(request: HttpRequest, asked: Asked, say: Say) -> HttpResponse:
    """Have somebody heard; what is refused comes back as it was written."""
    try:
        require(not asked.reader.sight.is_viewer, ViewersOnlyRead)
        closed.require_open(asked.project, asked.reader.sight.audiences)
        leads.cleaned(request.POST.get("words", ""))
        leads.require_open(asked.project, asked.doubt)
        crowds.require_calm(request)
        giving.require_read(asked.project, request.POST.get("terms", ""))
        told = say(_speaker(request, asked).voice, asked.reader.at)
    except gates.Waits as waits:
        messages.success(request, str(waits))
        return redirect(asked.place)
    except Refusal as refusal:
        return _again(request, asked, refusal, gives=True)
    return redirect(_beside(asked, told.about or told.position))


def _speaker(request: HttpRequest, asked: Asked) -> Actor:
    """Return who speaks; a passer-by who gives a name comes in as a guest by it."""
    if not asked.reader.actor.is_nameless:
        return asked.reader.actor
    name = request.POST.get("name", "")
    if not name.strip():
        return NOBODY.require()
    return acting.come_in(request, name=name, at=asked.reader.at)


def _hand(asked: Asked) -> dict[str, Any]:
    return {"by": asked.reader.actor.require().voice, "at": asked.reader.at}


def _beside(asked: Asked, lead: int) -> str:
    """Return where a lead is read: beside its doubt, or on the page of leads where it stands."""
    if queries.is_on_first_page(asked.project, asked.doubt.position, lead):
        return f"{asked.place}#say-{lead}"
    return f"{asked.place}/leads/?after={lead - 1}#say-{lead}"


def _again(
    request: HttpRequest, asked: Asked, refusal: Refusal, *, gives: bool = False
) -> HttpResponse:
    voice = asked.reader.actor.voice
    said = {
        "project": asked.project,
        "sight": asked.reader.sight,
        "place": asked.place,
        "refusal": refusal,
        "needs_name": asked.reader.actor.is_nameless,
        "actor": asked.reader.actor,
        "terms": giving.line(asked.project, voice, "words") if gives else None,
        "fields": {key: value[:2000] for key, value in request.POST.items() if key in KEPT},
        "longest": leads.LONGEST,
    }
    return refusal.onto(render(request, "doubts/again.html", said, status=refusal.status))
