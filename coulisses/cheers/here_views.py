"""Who is here: to be asked, and to be one of them."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from coulisses.cheers import here as presence
from coulisses.people import acting
from coulisses.projects import closed, sight
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.ui.caching import cacheable
from coulisses.ui.sent_here import sent_here

READS = require_http_methods(["GET", "HEAD", "POST"])


@sent_here
@READS
def here(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Who is here, of those who wish to be seen; with POST: `act` is show, still or hide."""
    found, seen = sight.asked(request.user, studio, project)
    if request.method == "POST":
        return _acted(request, found, seen)
    response = _names(found, seen)
    is_same = seen.is_outside and acting.of(request) == acting.NOBODY
    return cacheable(response, found, is_heard=True) if is_same else response


def _acted(request: HttpRequest, project: Project, seen: Sight) -> HttpResponse:
    act, actor, at = request.POST.get("act", ""), acting.of(request), timezone.now()
    if act == "hide":
        presence.hide(actor, at=at)
    elif act == "show":
        presence.show(project, actor, at=at)
    else:
        presence.stay(project, actor, at=at)
    if "json" in request.headers.get("Accept", ""):
        return _names(project, seen)
    return redirect(f"{project.path}#here")


def _names(project: Project, seen: Sight) -> JsonResponse:
    is_shut = closed.hides(project, seen.audiences)
    names = [] if is_shut else presence.names(project, at=timezone.now())
    return JsonResponse({"here": {"names": names}})
