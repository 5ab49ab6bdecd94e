"""The tray on the screen, and what is done there; every act takes POST only."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from coulisses.capture import tray
from coulisses.desk import tray_acts as acts
from coulisses.desk import tray_queries as queries
from coulisses.desk.tray_acts import Act, Chosen
from coulisses.desk.tray_queries import Place, State
from coulisses.lib import text
from coulisses.lib.places import PlaceMalformed
from coulisses.lib.refusals import Refusal, require
from coulisses.media import ranges, store
from coulisses.moments.forms import NAMES
from coulisses.people.models import Account
from coulisses.projects import sight
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight


@require_safe
def screen(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """What waits, what was held back and what arrived."""
    found, seen = sight.at_desk(request.user, studio, project)
    return _shown(request, found, seen)


@require_safe
def fresh(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """How much came in since `waiting` and `told`, in a few bytes: asked for again and again."""
    found, seen = sight.at_desk(request.user, studio, project)
    whose = queries.of_whom(seen, cast(Account, request.user))
    since = State(_number(request, "waiting") or 0, _number(request, "told") or 0)
    count = queries.count_new(found, by=whose, since=since)
    response = JsonResponse({"count": count})
    tag = f'"{since.waiting}-{since.told}-{count}"'
    for name, value in ("ETag", tag), ("Cache-Control", "private, no-cache"), ("Vary", "Cookie"):
        response[name] = value
    return cast(HttpResponse, get_conditional_response(request, etag=tag, response=response))


@require_safe
def preview(
    request: HttpRequest,
    studio: str,
    project: str,
    waiting_id: int,
    index: int,
    side: str,
    variant: str,
) -> HttpResponseBase:
    """A preview of what waits, for whoever sees it waiting and nobody else; no cache keeps it."""
    found, seen = sight.at_desk(request.user, studio, project)
    whose = queries.of_whom(seen, cast(Account, request.user))
    shown = tray.preview(found, waiting_id, index, side, variant, by=whose)
    tag = shown.sha256[:32]
    response = ranges.send(request, store.kept(shown), kind=shown.mime, tag=tag)
    response["Cache-Control"] = "private, no-store"
    return response


def doing(verb: Act) -> Callable[..., HttpResponse]:
    """Return a view that does this to what was chosen; refused, it leaves all that was typed."""

    @require_POST
    @wraps(verb)
    def view(request: HttpRequest, studio: str, project: str) -> HttpResponse:
        found, seen = sight.at_desk(request.user, studio, project)
        seen.require_maker()
        by = cast(Account, request.user).voice_id
        try:
            chosen = Chosen.of(request.POST)
            messages.success(request, verb(found, chosen, by=by, at=timezone.now()))
        except Refusal as refusal:
            return _shown(request, found, seen, refusal)
        return redirect(f"{found.desk}tray/{_place(request).query}")

    return view


def _shown(
    request: HttpRequest, project: Project, seen: Sight, refusal: Refusal | None = None
) -> HttpResponse:
    account, at = cast(Account, request.user), timezone.now()
    place, language = _place(request), get_language() or "en"
    found = queries.read(project, seen, account, place=place, at=at, language=language)
    said = {
        "studio": project.studio,
        "project": project,
        "sight": seen,
        "here": "tray",
        "screen": found,
        "kinds": NAMES,
        "refusal": refusal,
        "typed": {name: request.POST.get(name, "") for name in ("words", "kind", "title", "first")},
        "chosen": {name: request.POST.getlist(name) for name in ("waiting", "told")},
        "most": acts.MOST,
    }
    response = render(request, "desk/tray.html", said, status=refusal.status if refusal else 200)
    response["Cache-Control"] = "private, no-store"
    return response


def _place(request: HttpRequest) -> Place:
    return Place(_number(request, "waits"), _number(request, "told", "from"))


def _number(request: HttpRequest, name: str, name_in_form: str = "") -> int | None:
    """Return a number of an address or a form, None where none is. Raises PlaceMalformed."""
    if request.method == "POST":
        said = request.POST.get(name_in_form or name)
    else:
        said = request.GET.get(name)
    if not said:
        return None
    place = text.number(said)
    require(place is not None, PlaceMalformed, value=said[:40])
    return place
