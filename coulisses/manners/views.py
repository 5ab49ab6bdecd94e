"""Keeping the room: at the desk, from a word, and the page on which all read what was done."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.lib import places
from coulisses.lib.refusals import Refusal, require
from coulisses.log import ledger
from coulisses.manners import appeals, gates, queries, rules
from coulisses.manners.forms import HOURS, HidingForm, MannersForm
from coulisses.manners.models import Held, Measure
from coulisses.manners.refusals import NothingWaits
from coulisses.people import acting
from coulisses.people import rules as people
from coulisses.people.acting import NOBODY
from coulisses.projects import heard, sight
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.ui import mining
from coulisses.ui.caching import cacheable
from coulisses.ui.sent_here import sent_here


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """What waits for a look, what the team has chosen, and who is asked to rest."""
    found, seen = _at_desk(request, studio, project)
    chosen = gates.of(found)
    first = {"looks_at": chosen.looks_at, "slow": chosen.slow, "rules": chosen.rules}
    first["established_days"] = chosen.established_days
    form, refusal = MannersForm(request.POST or None, initial=first), None
    if request.method == "POST" and form.is_valid():
        try:
            rules.choose(found, **form.cleaned_data)
            messages.success(request, _("So be it. Whoever speaks from now on is asked by it."))
            return redirect(f"{found.desk}manners/")
        except Refusal as why:
            refusal = why
            form.add_error("rules", str(why))
    return _page(request, found, seen, form, refusal)


@require_POST
def look(request: HttpRequest, studio: str, project: str, held: int) -> HttpResponse:
    """Let words that waited be heard, or say why they are not shown (`act=refuse`)."""
    found, _seen = _at_desk(request, studio, project)
    waits = Held.objects.filter(project=found, pk=held, refused_at=None)
    one = waits.select_related("project").first()
    require(one, NothingWaits)
    assert one
    one.project = found
    now, by = timezone.now(), acting.of(request).voice
    if request.POST.get("act") == "refuse":
        rules.refuse(one, reason=request.POST.get("reason", ""), by=by, at=now)
        messages.success(request, _("It is not shown. The reason stands among the room’s acts."))
    else:
        rules.release(one, at=now)
        messages.success(request, _("Now everybody can read it."))
    return redirect(f"{found.desk}manners/")


@require_POST
def waking(request: HttpRequest, studio: str, project: str, voice: str) -> HttpResponse:
    """Let somebody speak again who was asked to rest."""
    found, _seen = _at_desk(request, studio, project)
    rules.let_speak(found, voice)
    messages.success(request, _("They may speak again."))
    return redirect(f"{found.desk}manners/")


@sent_here
@require_POST
def hiding(request: HttpRequest, studio: str, project: str, said: int) -> HttpResponse:
    """Hide words with a reason, show them again (`act=restore`), ask their author to rest."""
    found, _seen = _asked(request, studio, project)
    by, now = acting.of(request).voice, timezone.now()
    word = ledger.find(found.room, min(said, places.GREATEST))
    if request.POST.get("act") == "restore":
        rules.restore(found, said, by=by, at=now)
        return redirect(_place(found, word))
    form = HidingForm(request.POST)
    form.is_valid()
    reason, hours = form.cleaned_data.get("reason", ""), form.cleaned_data.get("hours", "")
    rest = int(hours) if hours else None
    rules.hide(found, said, reason=reason, by=by, at=now, rest_hours=rest)
    return redirect(_place(found, word))


@sent_here
@require_POST
def closing(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Close what is said under an entry, or open it again (`act=reopen`)."""
    found, _seen = _asked(request, studio, project)
    by, now = acting.of(request).voice, timezone.now()
    if request.POST.get("act") == "reopen":
        rules.reopen(found, position, by=by, at=now)
    else:
        rules.close(found, position, reason=request.POST.get("reason", ""), by=by, at=now)
    return redirect(f"{found.path}{position}")


@require_safe
def acts(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """The rules of the room, and what was done to keep it: for all to read."""
    found, seen = sight.asked(request.user, studio, project)
    before = places.position(request.GET.get("before"))
    now = timezone.now()
    spoken = get_language() or "en"
    listed, older = queries.acts(
        found, audiences=seen.audiences, at=now, language=spoken, before=before
    )
    said = {"project": found, "sight": seen, "acts": listed, "older": older}
    said["manners"] = gates.of(found)
    response = mining.marked(render(request, "manners/acts.html", said), found)
    is_for_all = seen.is_outside and acting.of(request) == NOBODY
    if not is_for_all or "messages" in request.COOKIES:
        return response
    return cacheable(response, found, is_heard=True)


def _page(
    request: HttpRequest, project: Project, seen: Sight, form: MannersForm, refusal: Refusal | None
) -> HttpResponse:
    waiting, older = queries.waiting(project, after=request.GET.get("after", ""))
    said: dict[str, Any] = {
        "studio": project.studio,
        "project": project,
        "sight": seen,
        "here": "manners",
        "form": form,
        "waiting": waiting,
        "older": older,
        "appeals": _appeals(request, project),
        "resting": queries.resting(project, at=timezone.now()),
        "hours": HOURS,
    }
    status = refusal.status if refusal else 422 if form.is_bound else 200
    return render(request, "manners/desk.html", said, status=status)


def _appeals(request: HttpRequest, project: Project) -> list[tuple[Measure, bool]]:
    """Return the appeals that wait, each with whether who asks may answer it."""
    account = people.require_account(request.user)
    waiting = appeals.open_in(project)
    for one in waiting:
        one.project = project
    answerable = appeals.answerable(waiting, account)
    return [(one, one.pk in answerable) for one in waiting]


def _at_desk(request: HttpRequest, studio: str, project: str) -> tuple[Project, Sight]:
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_maker()
    return found, seen


def _asked(request: HttpRequest, studio: str, project: str) -> tuple[Project, Sight]:
    found, seen = sight.asked(request.user, studio, project)
    seen.require_maker()
    return found, seen


def _place(project: Project, word: Any) -> str:
    return f"{project.path}{heard.place(word)}"
