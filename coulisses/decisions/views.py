"""Decisions for whoever watches: a list, a page to vote on, totals for who has voted."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.decisions import codes, queries, showing, shown_in, slots, voters
from coulisses.decisions.choosing import Typed
from coulisses.decisions.kinds import DecisionOpened
from coulisses.decisions.models import Ballot, Decision
from coulisses.decisions.refusals import DecisionNotFound
from coulisses.decisions.showing import Reading
from coulisses.lib import text
from coulisses.lib.refusals import Refusal, require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people import acting
from coulisses.people.acting import NOBODY, Actor
from coulisses.projects import giving, sight
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.ui import live, mining
from coulisses.ui.caching import cacheable
from coulisses.ui.sent_here import sent_here

A_PAGE = 20  # decisions of one page of the list
AT_ONCE = "at_once"  # what a page with script sends along: it shows the answer where it is


@require_safe
def all_of_them(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """A project's decisions: those that are open, what closes next first, and those over."""
    found, seen = sight.asked(request.user, studio, project)
    after, eyes = request.GET.get("after", ""), seen.audiences
    begins = live.now(found, audiences=eyes, at=timezone.now())
    over, older = queries.past(found, audiences=eyes, after=after, limit=A_PAGE)
    coming = [] if after else queries.opened(found, audiences=eyes)
    said: dict[str, Any] = {"coming": coming, "over": over, "older": older, "live": begins}
    return _shown(request, "list", found, seen, acting.of(request), **said)


@sent_here
@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """A question to vote on; sent, a vote."""
    found, seen = sight.asked(request.user, studio, project)
    decision = queries.find(found, position, audiences=seen.audiences)
    if request.method != "POST":
        return _page(request, decision, seen)
    typed = Typed.of(decision, request.POST)
    try:
        giving.require_read(found, request.POST.get("terms", ""))
        sent = voters.vote(request, decision, seen, typed, at=timezone.now())
    except Refusal as refusal:
        return _page(request, decision, seen, typed, refusal)
    if AT_ONCE in request.POST:
        return _page(request, decision, seen, sent=sent)
    return redirect(f"{found.path}{decision.place}")


@require_safe
def totals(
    request: HttpRequest, studio: str, project: str, position: int, key: str
) -> HttpResponse:
    """How a vote stands, or that it is over, for who has voted: they alone know this address."""
    found, seen = sight.asked(request.user, studio, project)
    decision = queries.find(found, position, audiences=seen.audiences)
    is_known = constant_time_compare(key, showing.totals_key(decision))
    require(is_known and decision.shown == "after_vote", DecisionNotFound)
    if not decision.is_open:  # asked for while it closed: the ballot's page says how it ended
        return JsonResponse({"is_over": True})
    cast = queries.ballots([decision]).get(decision.pk, {})
    said = {"turnout": sum(cast.values()), "totals": queries.totals(decision, cast)}
    actor, until = acting.of(request), decision.closes_at
    return _kept(request, JsonResponse(said), found, seen, actor, until=until)


@sent_here
@require_POST
def shows(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Have an entry show what a vote (`decision`) has decided."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_maker()
    asked = text.number(request.POST.get("decision", "")) or 0
    decision = queries.find(found, asked, audiences=seen.audiences)
    by = acting.of(request).require().voice
    shown_in.show(decision, position, by=by, at=timezone.now())
    return redirect(f"{found.path}{position}")


def _page(
    request: HttpRequest,
    decision: Decision,
    seen: Sight,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
    sent: Ballot | None = None,
) -> HttpResponse:
    """Return a ballot's page; to a page that sent one at once, the ballot as it stands now."""
    now, project = timezone.now(), decision.project
    opened = frozenset({decision.pk}) if codes.is_opened(request, decision) else frozenset()
    actor = acting.of(request)
    reading = Reading(seen, actor, now, opened)
    asked = showing.pieces(project, [decision], reading, typed=typed, refusal=refusal, sent=sent)
    piece = asked[0]
    html, status = slots.html(piece), refusal.status if refusal else 200
    if AT_ONCE in request.POST:
        answer = mining.marked(HttpResponse(html, status=status), project)
        return refusal.onto(answer) if refusal else answer
    known = ledger.read(
        project.work, audiences=seen.audiences, at=now, positions=[decision.position]
    )
    told = [one.fact for one in known if isinstance(one, Entry)]
    fact = next((one for one in told if isinstance(one, DecisionOpened)), None)
    shown = {"decision": decision, "fact": fact, "html": html}
    until = decision.closes_at if piece.state == "open" else None
    page = _shown(request, "ballot", project, seen, actor, status=status, until=until, **shown)
    return refusal.onto(page) if refusal else page


def _shown(
    request: HttpRequest,
    name: str,
    project: Project,
    seen: Sight,
    actor: Actor,
    *,
    status: int = 200,
    until: datetime | None = None,
    **context: Any,
) -> HttpResponse:
    said = {"project": project, "sight": seen, **context}
    response = render(request, f"decisions/{name}.html", said, status=status)
    return _kept(request, mining.marked(response, project), project, seen, actor, until=until)


def _kept(
    request: HttpRequest,
    response: HttpResponse,
    project: Project,
    seen: Sight,
    actor: Actor,
    *,
    until: datetime | None,
) -> HttpResponse:
    """Return a page; finished pages that show nothing of one person are kept for passers-by."""
    is_for_all = seen.is_outside and actor == NOBODY and request.method != "POST"
    if not is_for_all or "messages" in request.COOKIES or response.status_code != 200:
        return response
    return cacheable(response, project, is_heard=True, until=until)
