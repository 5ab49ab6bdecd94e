"""A project's figures, for its team alone."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coulisses.projects import sight
from coulisses.visits import queries

PRIVATE = "private, no-store"


@require_safe
def figures(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """How a project was read lately."""
    found, seen = sight.at_desk(request.user, studio, project)
    asked = request.GET.get("days", "")
    days = next((one for one in queries.SPANS if str(one) == asked), queries.SPANS[1])
    said = {"studio": found.studio, "project": found, "sight": seen, "here": "figures"}
    shown = queries.figures(found, days=days, at=timezone.now())
    more = {"figures": shown, "spans": queries.SPANS}
    response = render(request, "visits/figures.html", said | more)
    response["Cache-Control"] = PRIVATE
    return response


@require_safe
def table(request: HttpRequest, studio: str, project: str, of: str) -> HttpResponse:
    """One table of a project's figures as CSV."""
    found, _seen = sight.at_desk(request.user, studio, project)
    if of not in queries.NAMES:
        raise Http404
    response = HttpResponse(queries.as_csv(found, of), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-{of}.csv"'
    response["Cache-Control"] = PRIVATE
    return response


@require_safe
def whole(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """All of a project's figures as JSON."""
    found, _seen = sight.at_desk(request.user, studio, project)
    response = JsonResponse(queries.as_object(found))
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-figures.json"'
    response["Cache-Control"] = PRIVATE
    return response
