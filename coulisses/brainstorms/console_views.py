"""The console: one person on a phone beside the stage holds a brainstorm by it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coulisses.brainstorms import console_pages, course, driving, hosting, wall_pages
from coulisses.brainstorms.asked import at_desk
from coulisses.brainstorms.models import Brainstorm
from coulisses.brainstorms.refusals import PhaseUnknown
from coulisses.lib import places, text
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.people import acting
from coulisses.projects import keeping

LONGEST_CLOCK = 24 * 60  # minutes
MOST_SHOWN = 100  # words that wait, let be heard in one go
RESTS = 1  # hours that somebody is asked to rest from the console


@never_cache
@require_safe
def console(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """All that a host sees and does while a brainstorm is on."""
    return _page(request, studio, project)


@require_POST
def phase(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Begin a `phase`, for so many `minutes` or without end, in silence with `silent`."""
    of = hosted(request, studio, project)
    phase, minutes = request.POST.get("phase", ""), _minutes(request)
    require(phase in course.PLAYED, PhaseUnknown)
    is_silent, by = "silent" in request.POST, acting.of(request).voice
    hosting.begin(of, phase, by=by, at=timezone.now(), minutes=minutes, is_silent=is_silent)
    return back(request, of)


@require_POST
def clock(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Have everything stand still (`act=stop`), go on (`go_on`), or last `minutes` longer."""
    of = hosted(request, studio, project)
    by, now, act = acting.of(request).voice, timezone.now(), request.POST.get("act", "")
    if act == "stop":
        hosting.stop(of, by=by, at=now)
    elif act == "go_on":
        hosting.go_on(of, by=by, at=now)
    else:
        hosting.extend(of, minutes=_minutes(request) or 1, by=by, at=now)
    return back(request, of)


@require_POST
def screen(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Choose what the big screen shows: `show`, and with `idea` which one."""
    of = hosted(request, studio, project)
    idea = min(text.number(request.POST.get("idea", "")) or 0, places.GREATEST)
    driving.show(of, request.POST.get("show", ""), idea=idea)
    return back(request, of)


@require_POST
def doors(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Take no more ideas (`act=close`) or take them again; look first or not; slow the room."""
    of, act = hosted(request, studio, project), request.POST.get("act", "")
    if act in ("close", "open"):
        driving.close(of, is_closed=act == "close")
    elif act in ("look", "trust"):
        driving.look_first(of, looks=act == "look")
    elif act == "slow":
        keeping.hands().slow_to(of.project, text.number(request.POST.get("seconds", "")) or 0)
    return back(request, of)


@require_POST
def looks(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Let words that wait be heard, those of the page that was looked at: several `held`."""
    of = hosted(request, studio, project)
    numbers = [text.number(one) or 0 for one in request.POST.getlist("held")[:MOST_SHOWN]]
    asked = [one for one in numbers if one <= places.GREATEST]
    keeping.hands().show(of.project, asked, at=timezone.now())
    return back(request, of)


@require_POST
def refusal(request: HttpRequest, studio: str, project: str, held: int) -> HttpResponse:
    """Say why words that wait are not shown."""
    of = hosted(request, studio, project)
    reason = request.POST.get("reason", "") or _("It doesn’t fit here tonight.")
    number, by, now = min(held, places.GREATEST), acting.of(request).voice, timezone.now()
    keeping.hands().refuse(of.project, number, reason=reason, by=by, at=now)
    return back(request, of)


@require_POST
def idea(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Take an idea down with a reason, show it again (`restore`), or ask its author to rest."""
    of = hosted(request, studio, project)
    position, act = min(position, places.GREATEST), request.POST.get("act")
    by, now, reason = acting.of(request).voice, timezone.now(), request.POST.get("reason", "")
    hands = keeping.hands()
    if act == "restore":
        hands.restore(of.project, position, by=by, at=now)
    elif act == "hush":
        reason = reason or _("Let others have a turn for a while.")
        word = ledger.find(of.project.room, position)
        hands.hush(of.project, word.by, hours=RESTS, reason=reason, by=by, at=now)
    else:
        hands.hide(of.project, position, reason=reason, by=by, at=now)
    return back(request, of)


def hosted(request: HttpRequest, studio: str, project: str) -> Brainstorm:
    """Return a brainstorm to one of the makers of its studio; nobody else holds it.

    Raises SignInFirst, ProjectNotFound, OnlyMakers, NoBrainstorm.
    """
    of, seen = at_desk(request, studio, project)
    seen.require_maker()
    return of


def back(request: HttpRequest, of: Brainstorm) -> HttpResponse:
    """Lead back to the console; the script of its page is handed what it shows now, at once."""
    if wall_pages.is_program(request):
        return _page(request, of.project.studio.slug, of.project.slug)
    return redirect(f"{of.project.desk}wall/")


def _page(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    of, seen = at_desk(request, studio, project)
    seen.require_maker()
    return render(request, "brainstorms/console.html", console_pages.said(request, of, seen))


def _minutes(request: HttpRequest) -> int | None:
    said = text.number(request.POST.get("minutes", ""))
    return min(said, LONGEST_CLOCK) if said and said > 0 else None
