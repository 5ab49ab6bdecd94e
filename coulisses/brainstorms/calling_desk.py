"""Brainstorms at the desk of a studio: prepared, looked at, called, changed, called off."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.brainstorms import calling, course, doors, lists, planning, sound
from coulisses.brainstorms.asked import at_desk
from coulisses.brainstorms.called import LONGEST_BECAUSE, LONGEST_CONTEXT
from coulisses.brainstorms.models import MOST_DOTS, YOUNGEST, Brainstorm
from coulisses.brainstorms.planning import Typed
from coulisses.lib.refusals import Refusal
from coulisses.people import acting
from coulisses.people.models import Account
from coulisses.projects import giving, hours, sight
from coulisses.projects.models import Studio
from coulisses.projects.sight import Sight

PAGE = ["GET", "HEAD", "POST"]
LIMITS = {
    "question": sound.LONGEST_QUESTION,
    "line": sound.LONGEST_LINE,
    "context": LONGEST_CONTEXT,
    "because": LONGEST_BECAUSE,
    "game": 300,
    "dots": MOST_DOTS,
}


@require_safe
def brainstorms(request: HttpRequest, studio: str) -> HttpResponse:
    """A studio's brainstorms: being prepared, to come, on now, over."""
    found, seen = sight.studio_at_desk(request.user, studio)
    shelves = lists.of_studio(found, after=request.GET.get("after", ""))
    said = {"shelves": shelves, "studio": found, "sight": seen, "here": "brainstorms"}
    return render(request, "brainstorms/desk.html", said)


@require_http_methods(PAGE)
def new(request: HttpRequest, studio: str) -> HttpResponse:
    """Prepare one: empty, by a template, about a project (`of`), or as a past one (`like`)."""
    found, seen = sight.studio_at_desk(request.user, studio)
    seen.require_maker()
    if request.method != "POST":
        return _form(request, found, seen, _begun(request, found))
    typed, by = Typed.read(request.POST), cast(Account, request.user).voice_id
    try:
        made = calling.draft(found, typed.plan(found), by=by, at=timezone.now())
    except Refusal as refusal:
        return _form(request, found, seen, typed, refusal=refusal)
    return redirect(f"{made.project.desk}wall/call#as-seen")


@require_http_methods(PAGE)
def one(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """How one is called: looked at as people will see it, and changed."""
    of, seen = _maker(request, studio, project)
    if request.method != "POST":
        return _settings(request, of, seen, Typed.from_brainstorm(of))
    typed, by = Typed.read(request.POST), cast(Account, request.user).voice_id
    try:
        calling.change(of, typed.plan(of.project.studio), by=by, at=timezone.now())
    except Refusal as refusal:
        return _settings(request, of, seen, typed, refusal=refusal)
    messages.success(request, _("Kept. This is how people see it now."))
    return redirect(f"{of.project.desk}wall/call#as-seen")


@require_POST
def call(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Call it: from now on everybody sees it."""
    of, seen = _maker(request, studio, project)
    by = cast(Account, request.user).voice_id
    try:
        calling.call(of, by=by, at=timezone.now())
    except Refusal as refusal:
        return _settings(request, of, seen, Typed.from_brainstorm(of), refusal=refusal)
    messages.success(request, _("It is called. This is its poster: pass it on."))
    return redirect(of.project.path)


@require_POST
def call_off(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Call it off, with a word for those who would have come."""
    of, _seen = _maker(request, studio, project)
    words, by = request.POST.get("words", ""), cast(Account, request.user).voice_id
    calling.call_off(of, words=words, by=by, at=timezone.now())
    messages.success(request, _("It is called off, and those who said they come are told."))
    return redirect(of.project.path)


def _maker(request: HttpRequest, studio: str, project: str) -> tuple[Brainstorm, Sight]:
    of, seen = at_desk(request, studio, project)
    seen.require_maker()
    return of, seen


def _begun(request: HttpRequest, studio: Studio) -> Typed:
    """Return the form as it begins: a template, or a past brainstorm of this studio."""
    at, asked = timezone.now(), request.GET
    slug, like = asked.get("of", "")[:30], asked.get("like", "").replace("\0", "")[:60]
    past = Brainstorm.objects.select_related("project").filter(
        project__studio=studio, is_practice=False
    )
    if like and (known := past.filter(project__slug=like).first()):
        return planning.copied(known, at=at)
    return planning.template(
        asked.get("template", ""), at=at, language=get_language() or "", of=slug
    )


def _settings(
    request: HttpRequest,
    of: Brainstorm,
    seen: Sight,
    typed: Typed,
    refusal: Refusal | None = None,
) -> HttpResponse:
    poster = doors.Poster(of, seen, acting.NOBODY)
    said = {"of": of, "project": of.project, "poster": poster, "here": "brainstorm"}
    said["is_begun"] = of.phase != course.CALLED
    return _form(request, of.project.studio, seen, typed, refusal=refusal, name="call", **said)


def _form(
    request: HttpRequest,
    studio: Studio,
    seen: Sight,
    typed: Typed,
    *,
    refusal: Refusal | None = None,
    name: str = "new",
    **context: Any,
) -> HttpResponse:
    said = {
        "studio": studio,
        "sight": seen,
        "typed": typed,
        "refusal": refusal,
        "limits": LIMITS,
        "games": giving.FOR_A_QUESTION,
        "ages": YOUNGEST[1:],
        "works": lists.offered(studio),
        "zone": hours.zone(),
        "here": "brainstorms",
        **context,
    }
    status = refusal.status if refusal else 200
    return render(request, f"brainstorms/{name}.html", said, status=status)
