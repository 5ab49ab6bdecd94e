"""A tap, and what was given."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from coulisses.cheers import limits, queries, rules
from coulisses.cheers.queries import Given
from coulisses.cheers.refusals import NothingToCheer
from coulisses.lib.places import GREATEST
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.log.refusals import EntryNotFound
from coulisses.people import acting
from coulisses.projects import sight
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.ui.caching import cacheable
from coulisses.ui.sent_here import sent_here

MOST = 100  # entries asked of at once: more than a page shows


@sent_here
@require_POST
def cheer(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Give an entry a word, or with `undo` take it back; it needs no name."""
    found, seen = sight.asked(request.user, studio, project)
    require(not seen.is_viewer, NothingToCheer)
    entry = _readable(found, seen, position)
    act = _take_back if "undo" in request.POST else _give
    return _answered(request, found, entry, act(request, found, entry))


@require_safe
def totals(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """What was given to the entries in `of` (numbers, commas between), as signals say it."""
    found, seen = sight.asked(request.user, studio, project)
    asked = request.GET.get("of", "").split(",")[:MOST]
    positions = {int(one) for one in asked if one.isdecimal() and len(one) < 19}
    known = ledger.read(
        found.work, audiences=seen.audiences, at=timezone.now(), positions=sorted(positions)
    )
    told = [one.position for one in known if isinstance(one, Entry) and not one.is_shredded]
    given = queries.given(found, told)
    said = {str(position): one.spelled() for position, one in sorted(given.items())}
    response = JsonResponse({"cheers": said})
    is_same = seen.is_outside and acting.of(request) == acting.NOBODY
    return cacheable(response, found, is_heard=True) if is_same else response


def _give(request: HttpRequest, project: Project, entry: Entry) -> Given:
    word, actor = request.POST.get("give", ""), acting.of(request)
    rules.require_cheerable(project, entry, word)  # before somebody new is made for nothing
    limits.require_calm(request.META.get("REMOTE_ADDR", ""), actor.voice)
    at = timezone.now()
    return rules.give(project, entry, word, by=acting.slip_in(request, at=at).voice, at=at)


def _take_back(request: HttpRequest, project: Project, entry: Entry) -> Given:
    actor = acting.of(request)
    if not actor.voice:
        return Given()
    limits.require_calm(request.META.get("REMOTE_ADDR", ""), actor.voice)
    word = request.POST["undo"].replace("\0", "")[:26]
    return rules.take_back(project, entry, word, by=actor.voice, at=timezone.now())


def _readable(project: Project, seen: Sight, position: int) -> Entry:
    """Return an entry that somebody may read. Raises EntryNotFound."""
    asked = {"audiences": seen.audiences, "at": timezone.now()}
    found = ledger.read(project.work, positions=[min(position, GREATEST)], **asked)  # type: ignore[arg-type]
    known = found[0] if found else None
    require(isinstance(known, Entry), EntryNotFound)
    assert isinstance(known, Entry)
    return known


def _answered(request: HttpRequest, project: Project, entry: Entry, given: Given) -> HttpResponse:
    if "json" in request.headers.get("Accept", ""):
        return JsonResponse(given.spelled())
    return redirect(f"{_where_from(request, project, entry)}#cue-{entry.position}")


def _where_from(request: HttpRequest, project: Project, entry: Entry) -> str:
    """Return the page of this house on which somebody tapped, or else the entry's own."""
    came = urlsplit(request.headers.get("Referer", ""))
    is_ours = came.netloc == request.get_host() and came.path.startswith(project.path)
    query = f"?{came.query}" if came.query else ""
    return f"{came.path}{query}" if is_ours else f"{project.path}{entry.position}"
