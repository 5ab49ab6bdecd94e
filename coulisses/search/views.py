"""The page of search: an address that says what is looked for, which works without script."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coulisses.lib import lines
from coulisses.search import pace, queries, wishes
from coulisses.ui.words import KINDS


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find what was told: by words, in a project, a studio or the house, by kind and by day."""
    wish = wishes.read(request.GET, request.user)
    if wish.typed:
        pace.looking.require(lines.of(request.META.get("REMOTE_ADDR", "")))
    page = queries.find(wish, user=request.user, after=request.GET.get("after", ""))
    near = wishes.near(request.GET.get("near", ""), request.user)
    said: dict[str, Any] = {"wish": wish, "page": page, "kinds": KINDS}
    said |= {"wheres": wishes.wheres(wish, near), "where": wishes.spelled(wish.place)}
    said["again"] = wishes.without(request.GET, "after")
    said["wider"] = wishes.without(request.GET, "after", "in", "kind", "from", "until")
    return render(request, "search/search.html", said)
