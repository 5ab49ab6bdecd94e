"""The table, where ideas are put together: to look at for all, to act at for those who may."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from coulisses.brainstorms import hands, lines, reading, tabling, wall_pages
from coulisses.brainstorms.asked import inside, led_to_the_door
from coulisses.brainstorms.gathering import WHEN_MERGED
from coulisses.brainstorms.models import LONGEST_NAME, Brainstorm
from coulisses.brainstorms.refusals import IdeaUnknown
from coulisses.lib import places
from coulisses.lib.refusals import Refusal, require
from coulisses.people.acting import NOBODY
from coulisses.projects.sight import Sight
from coulisses.ui import mining
from coulisses.ui.caching import cacheable
from coulisses.ui.sent_here import sent_here


@sent_here
@require_http_methods(["GET", "HEAD", "POST"])
@led_to_the_door
def table(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """The table: families as columns, ideas as cards; sent, a gesture."""
    of, seen = inside(request, studio, project)
    if request.method != "POST":
        return _shown(request, of, seen)
    if request.POST.get("act") == "merge" and "into" not in request.POST:
        return _which(request, of, seen)
    try:
        hands.act(hands.lent(request, of, seen, at=timezone.now()), request.POST)
    except Refusal as refusal:
        return _shown(request, of, seen, refusal=refusal)
    return redirect(f"{of.project.path}wall/table/")


def _which(request: HttpRequest, of: Brainstorm, seen: Sight) -> HttpResponse:
    """Ask which of the chosen ideas stands for the others."""
    try:
        hands.lent(request, of, seen, at=timezone.now())
        found = lines.read(of.project, hands.chosen(request.POST))
        require(len(found) > 1, IdeaUnknown)
    except Refusal as refusal:
        return _shown(request, of, seen, refusal=refusal)
    said = {"project": of.project, "of": of, "sight": seen, "lines": found.values()}
    return mining.marked(render(request, "brainstorms/which.html", said), of.project)


def _shown(
    request: HttpRequest, of: Brainstorm, seen: Sight, *, refusal: Refusal | None = None
) -> HttpResponse:
    reader = wall_pages.reader_of(request, seen)
    family, before = (places.position(request.GET.get(one)) for one in ("family", "before"))
    live, may = reading.live(of, reader), tabling.may_gather(of, seen)
    found = tabling.read(of, family=family, before=before)
    if may:
        found = tabling.offered(of, reader.actor, found)
    said: dict[str, Any] = {
        "of": of,
        "project": of.project,
        "sight": seen,
        "live": live,
        "table": found,
        "may_gather": may,
        "may_merge": may and of.phase in WHEN_MERGED,
        "is_whole": family is None,
        "longest": LONGEST_NAME,
        "refusal": refusal,
        "chosen": hands.chosen(request.POST),
        "typed": request.POST.get("name", ""),
    }
    status = refusal.status if refusal else 200
    response = render(request, "brainstorms/table.html", said, status=status)
    mining.marked(response, of.project)
    is_for_all = seen.is_outside and reader.actor == NOBODY and request.method == "GET"
    if status != 200 or "messages" in request.COOKIES or not is_for_all:
        return refusal.onto(response) if refusal else response
    return cacheable(response, of.project, is_heard=True)
