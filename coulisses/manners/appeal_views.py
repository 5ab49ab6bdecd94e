"""Appeals: what was done about one, and what waits for somebody else to look again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.lib import text
from coulisses.lib.refusals import Refusal
from coulisses.manners import appeals
from coulisses.manners.models import Measure
from coulisses.people import acting
from coulisses.people import rules as people
from coulisses.people.models import Account
from coulisses.projects import sight


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def yours(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """What was done about one in this room; sent an `act` and `words`, one appeals, once."""
    found, seen = sight.asked(request.user, studio, project)
    voice, refusal, act = acting.of(request).voice, None, 0
    if request.method == "POST":
        act, words = text.number(request.POST.get("act", "")) or 0, request.POST.get("words", "")
        try:
            appeals.appeal(found, act, words=words, by=voice, at=timezone.now())
            messages.success(request, _("Sent. Somebody else looks at it; the answer stands here."))
            return redirect(f"{found.path}manners/yours/")
        except Refusal as why:
            refusal = why
    said = {
        "project": found,
        "sight": seen,
        "measures": appeals.about(found, voice),
        "refusal": refusal,
        "act": act,
        "typed": request.POST.get("words", ""),
        "longest": appeals.LONGEST,
    }
    status = refusal.status if refusal else 200
    return render(request, "manners/yours.html", said, status=status)


@never_cache
@require_safe
def where_answered(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Leads to where appeals are answered: the desk, or the house; others to their own."""
    found, seen = sight.asked(request.user, studio, project)
    if seen.is_maker:
        return redirect(f"{found.desk}manners/#appeals")
    is_host = getattr(request.user, "is_host", False)
    return redirect("/house/appeals/" if is_host else f"{found.path}manners/yours/")


@require_POST
def answered(request: HttpRequest, studio: str, project: str, measure: int) -> HttpResponse:
    """Answer an appeal (`outcome`: lifted or stands) with a reason; whoever acted can't."""
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_maker()
    one = appeals.find(measure, project=found)
    _answer(request, one, people.require_account(request.user))
    return redirect(f"{found.desk}manners/#appeals")


@never_cache
@require_http_methods(["GET", "HEAD"])
def for_the_host(request: HttpRequest) -> HttpResponse:
    """Appeals that wait, in all rooms of the house."""
    host = people.require_host(request.user)
    open_now = appeals.for_the_host()
    answerable = appeals.answerable(open_now, host)
    waiting = [(one, one.pk in answerable) for one in open_now]
    return render(request, "manners/for_the_host.html", {"waiting": waiting})


@require_POST
def answered_by_the_host(request: HttpRequest, measure: int) -> HttpResponse:
    """Answer an appeal as the host, with a reason."""
    host = people.require_host(request.user)
    _answer(request, appeals.find(measure), host)
    return redirect("/house/appeals/")


def _answer(request: HttpRequest, one: Measure, by: Account) -> None:
    said: Any = {name: request.POST.get(name, "") for name in ("outcome", "reason")}
    appeals.answer(one, **said, by=by, at=timezone.now())
    messages.success(
        request, _("Answered. Whoever appealed reads it, and so do all, without a name.")
    )
