"""Joining by a code: typed, or scanned."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coulisses.guests import codes
from coulisses.guests.refusals import CodeUnknown
from coulisses.lib import calm, lines
from coulisses.lib.calm import TooOften
from coulisses.lib.refusals import Refusal, require
from coulisses.people import acting
from coulisses.people.refusals import NameNeeded
from coulisses.projects import fronts
from coulisses.projects.models import Project

MOST = 30  # wrong codes from one address; those that lead somewhere are not counted: a school joins
WITHIN = timedelta(minutes=10)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_hand(request: HttpRequest) -> HttpResponse:
    """Where a code to join by is typed."""
    if request.method != "POST":
        return render(request, "guests/join.html")
    typed = request.POST.get("code", "")[:30]
    try:
        project = _followed(request, typed)
    except Refusal as why:
        said = {"typed": typed, "refusal": why}
        return why.onto(render(request, "guests/join.html", said, status=why.status))
    return redirect(f"/j/{project.join_code.code}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Where a code leads: welcome, a name if one likes to give one; then where guests arrive."""
    try:
        project, refusal = _followed(request, code), None
        fronts.arrived(request, project)
        if request.method == "POST":
            return _come_in(request, project)
        if fronts.asks_no_name(project):
            return redirect(fronts.of(project))
    except NameNeeded as why:
        refusal = why
    except Refusal as why:
        said = {"typed": code[:30], "refusal": why}
        return why.onto(render(request, "guests/join.html", said, status=why.status))
    said = {"project": project, "actor": acting.of(request), "refusal": refusal}
    return render(request, "guests/welcome.html", said, status=refusal.status if refusal else 200)


def _come_in(request: HttpRequest, project: Project) -> HttpResponse:
    if not acting.of(request).voice:
        acting.come_in(request, name=request.POST.get("name", ""), at=timezone.now())
    return redirect(fronts.of(project))


def _followed(request: HttpRequest, code: str) -> Project:
    counted = f"join:{lines.of(request.META.get('REMOTE_ADDR', ''))}"
    require(not calm.is_spent(counted, most=MOST), TooOften)
    try:
        return codes.follow(code)
    except CodeUnknown:
        calm.is_calm(counted, most=MOST, within=WITHIN)
        raise
