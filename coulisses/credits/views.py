"""The credits as they roll, how one is named there, and what an entry came from."""

from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.credits import exporting, handing, queries, rules, tying
from coulisses.credits.models import Naming
from coulisses.credits.refusals import NamingUnknown, RoleOfCreditUnknown
from coulisses.lib.refusals import Refusal, require
from coulisses.people import acting
from coulisses.people.models import Account
from coulisses.projects import gates, sight
from coulisses.projects.credited import ROLES
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.ui import addresses, live, mining
from coulisses.ui.caching import cacheable
from coulisses.ui.sent_here import sent_here

R = TypeVar("R", bound=HttpResponse)


@require_safe
def credits(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Who took part, by role and in order of appearance; `role` shows all of one."""
    found, seen = sight.asked(request.user, studio, project)
    return _kept(request, _page(request, found, seen), found, seen)


def _page(
    request: HttpRequest, found: Project, seen: Sight, refusal: Refusal | None = None
) -> HttpResponse:
    role, actor = request.GET.get("role", ""), acting.of(request)
    begins = live.now(found, audiences=seen.audiences, at=timezone.now())
    require(not role or role in ROLES, RoleOfCreditUnknown)
    said = {"project": found, "sight": seen, "role": role, "actor": actor, "live": begins}
    if role:
        after = request.GET.get("after", "")
        sections = [queries.section(found, role, audiences=seen.audiences, after=after)]
    else:
        sections = queries.roll(found, audiences=seen.audiences)
    if actor.voice:
        said["consent"] = consent = queries.consent(found, actor.voice)
        said["consent_choice"] = request.POST.get("choice") or (consent.choice if consent else "")
        said["held"] = queries.place_held(found, actor.voice, at=timezone.now())
    said |= {"sections": sections, "refusal": refusal, "typed": request.POST}
    status = refusal.status if refusal else 200
    return render(request, "credits/credits.html", said, status=status)


@require_safe
def as_text(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """The credits as plain text."""
    found, seen = sight.asked(request.user, studio, project)
    text = exporting.as_text(found, audiences=seen.audiences)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    return _kept(request, response, found, seen)


@require_safe
def as_contributors(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """The credits as All Contributors has them."""
    found, seen = sight.asked(request.user, studio, project)
    base = addresses.base(request)
    said = exporting.as_contributors(found, audiences=seen.audiences, base=base)
    response = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 2})
    return _kept(request, response, found, seen)


@sent_here
@require_POST
def mine(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Choose how one is named: here, or with `everywhere` in every project."""
    found, seen = sight.asked(request.user, studio, project)
    voice, now = acting.of(request).require().voice, timezone.now()
    choice = request.POST.get("choice", "")
    if choice != Naming.NONE:  # whoever wishes not to be named is asked nothing
        voice = gates.may_take_part(found, voice, at=now)
    where = None if request.POST.get("everywhere") else found
    alias = request.POST.get("alias", "")
    try:
        rules.choose(voice, project=where, choice=choice, alias=alias, at=now)
    except NamingUnknown as why:
        return _page(request, found, seen, why)
    messages.success(request, _("Chosen. It holds from now on."))
    return redirect(f"{found.path}credits/#you")


@sent_here
@require_POST
def came_from(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Say that an entry came from what somebody said (`word`, or its `link`), or `undo` it."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_maker()
    word = tying.number(request.POST.get("link", "") or request.POST.get("word", ""))
    if "undo" in request.POST:
        tying.untie(found, position, word=word)
        messages.success(request, _("Taken back."))
    else:
        how = request.POST.get("how", "")
        tying.tie(found, position, word=word, how=how, at=timezone.now())
        messages.success(request, _("Said. Whoever gave it stands in the credits."))
    return redirect(f"{found.path}{position}")


@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """The place in the team that is held for whoever asks; sent, it is taken."""
    found, seen = sight.asked(request.user, studio, project)
    actor, now = acting.of(request), timezone.now()
    held = handing.find(found, actor.voice, at=now)
    if request.method != "POST":
        said = {"project": found, "sight": seen, "held": held, "actor": actor}
        response = render(request, "credits/place.html", said)
        response["Cache-Control"] = "private, no-store"
        return response
    if actor.guest:
        return redirect(f"/join/{handing.invite_guest(held, voice=actor.guest.voice, at=now)}")
    assert isinstance(request.user, Account)
    handing.take(held, by=request.user, at=now)
    messages.success(request, _("Welcome. This is where the work is told."))
    return redirect(found.desk)


def _kept(request: HttpRequest, response: R, project: Project, seen: Sight) -> R:
    mining.marked(response, project)
    is_same = seen.is_outside and acting.of(request) == acting.NOBODY
    is_shared = is_same and "messages" not in request.COOKIES
    return cacheable(response, project, is_heard=True) if is_shared else response
