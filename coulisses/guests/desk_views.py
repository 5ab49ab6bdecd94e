"""A project's guests at its desk: the code to join by, the terms, and who is a person."""

import io

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.guests import codes, proving, queries, terms
from coulisses.guests.models import JoinCode
from coulisses.guests.refusals import CodeUnknown
from coulisses.lib import places
from coulisses.lib.refusals import Refusal, require
from coulisses.log import ledger
from coulisses.projects import sight
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.ui import addresses
from coulisses.ui.sent_here import sent_here


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """How people join, what happens to what they give (sent: chosen anew), who has come."""
    found, seen = _at_desk(request, studio, project)
    typed, refusal = {}, None
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in ("choice", "words")}
        try:
            terms.choose(found, **typed, at=timezone.now())
            messages.success(request, _("So be it. Whoever gives something next reads it first."))
            return redirect(f"{found.desk}guests/")
        except Refusal as why:
            refusal = why
    return _page(request, found, seen, typed, refusal)


@require_POST
def code(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Make a code to join by, or end it (`act=end`)."""
    found, _seen = _at_desk(request, studio, project)
    if request.POST.get("act") == "end":
        codes.end(found)
        messages.success(request, _("The code leads nowhere any more."))
    else:
        codes.make(found, at=timezone.now())
    return redirect(f"{found.desk}guests/")


@require_safe
def picture(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """The project's code to join by, to be scanned: SVG."""
    found, _seen = _at_desk(request, studio, project)
    known = JoinCode.objects.filter(project=found).first()
    require(known, CodeUnknown)
    out = io.BytesIO()
    drawn = segno.make(f"{addresses.base(request)}/j/{known}", error="m")
    drawn.save(out, kind="svg", border=4, light="#ffffff", omitsize=True, svgclass=None)
    response = HttpResponse(out.getvalue(), content_type="image/svg+xml")
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def verified(request: HttpRequest, studio: str, project: str, voice: str) -> HttpResponse:
    """Say that a guest is a person: their words wait no longer where those of guests do.

    Sent `act=undo`, that is taken back.
    """
    found, _seen = _at_desk(request, studio, project)
    if request.POST.get("act") == "undo":
        proving.take_back(found, voice)
        messages.success(request, _("Taken back: who this is is to be seen."))
        return redirect(f"{found.desk}guests/#guests")
    proving.is_a_person(found, voice, at=timezone.now())
    messages.success(request, _("Noted: this is a person."))
    return redirect(f"{found.desk}guests/#guests")


@sent_here
@require_POST
def from_a_word(request: HttpRequest, studio: str, project: str, said: int) -> HttpResponse:
    """Say from what a guest said that they are a person."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_maker()
    word = ledger.find(found.room, min(said, places.GREATEST))
    proving.is_a_person(found, word.by, at=timezone.now())
    messages.success(request, _("Noted: this is a person."))
    return redirect(f"{found.path}{getattr(word.fact, 'cue', '')}#say-{word.position}")


def _page(
    request: HttpRequest,
    project: Project,
    seen: Sight,
    typed: dict[str, str],
    refusal: Refusal | None,
) -> HttpResponse:
    line = terms.current(project)
    chosen, offered = typed.get("choice", line.choice), terms.offered(project)
    said = {
        "studio": project.studio,
        "project": project,
        "sight": seen,
        "here": "guests",
        "code": JoinCode.objects.filter(project=project).first(),
        "address": f"{addresses.base(request)}/join",
        "lines": [(name, words, name == chosen) for name, words in offered.items()],
        "is_own": chosen == "own",
        "words": typed.get("words", line.words if line.is_own else ""),
        "refusal": refusal,
        "guests": queries.guests(project),
    }
    status = refusal.status if refusal else 200
    return render(request, "guests/desk.html", said, status=status)


def _at_desk(request: HttpRequest, studio: str, project: str) -> tuple[Project, Sight]:
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_maker()
    return found, seen
