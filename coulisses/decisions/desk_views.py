"""Decisions at the desk: a question is put to the vote, closed, answered, or taken back."""

from typing import Any, cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.decisions import answering, closing, opening, picturing, queries, rules
from coulisses.decisions.models import (
    LONGEST_OPTION,
    LONGEST_QUESTION,
    LONGEST_REASON,
    LONGEST_WORDS,
    Decision,
)
from coulisses.decisions.opening import Typed
from coulisses.lib import text
from coulisses.lib.refusals import Refusal
from coulisses.log import ledger
from coulisses.people.models import Account
from coulisses.projects import seeds, sight
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.ui import entries

A_PAGE = 20  # decisions that are over, or reasons, of one page
LIMITS = {
    "question": LONGEST_QUESTION,
    "words": LONGEST_WORDS,
    "option": LONGEST_OPTION,
    "reason": LONGEST_REASON,
}


@require_safe
def decisions(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """What waits for the makers' answer, what is open, what is over."""
    found, seen = sight.at_desk(request.user, studio, project)
    after, eyes = request.GET.get("after", ""), seen.audiences
    over, older = queries.past(found, audiences=eyes, after=after, limit=A_PAGE)
    waiting = [] if after else list(queries.unanswered(found)[:A_PAGE])
    for one in waiting:
        one.project = found
    asked = {one.pk for one in waiting}
    over = [one for one in over if one.pk not in asked]
    coming = [] if after else queries.opened(found, audiences=eyes)
    said = {"waiting": waiting, "coming": coming, "over": over, "older": older}
    return _shown(request, "desk", found, seen, **said)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Put a question to the vote; looked at first as its card will be."""
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_maker()
    if request.method != "POST":
        return _form(request, found, seen, _begun(request))
    typed, by = Typed.of(request.POST), cast(Account, request.user).voice_id
    if request.POST.get("act") == "more":
        return _form(request, found, seen, typed)
    try:
        return _put(request, found, seen, typed, by)
    except Refusal as refusal:
        return _form(request, found, seen, typed, refusal=refusal)


@require_safe
def one(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """One decision: to be closed or taken back while it is open, answered after."""
    found, seen, decision = _decision(request, studio, project, position)
    return _one(request, found, seen, decision)


@require_POST
def end(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Close a vote before its hour."""
    _found, _seen, decision = _decision(request, studio, project, position)
    closing.close(decision, by=cast(Account, request.user).voice_id, at=timezone.now())
    messages.success(request, _("The vote is closed and counted. Now say what you do of it."))
    return redirect(decision.desk)


@require_POST
def answer(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Say what is done after a vote, and why."""
    found, seen, decision = _decision(request, studio, project, position)
    words, chosen = request.POST.get("words", ""), request.POST.getlist("chosen")[:20]
    by, at = cast(Account, request.user).voice_id, timezone.now()
    try:
        answering.answer(decision, words=words, chosen=chosen, by=by, at=at)
    except Refusal as refusal:
        said = {"words": words[: 2 * LONGEST_WORDS], "chosen": chosen}
        return _one(request, found, seen, decision, refusal=refusal, **said)
    messages.success(request, _("Answered. Whoever voted learns what became of it."))
    return redirect(decision.desk)


@require_POST
def withdraw(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Take a question back, with the reason."""
    found, seen, decision = _decision(request, studio, project, position)
    reason, by = request.POST.get("reason", ""), cast(Account, request.user).voice_id
    try:
        closing.withdraw(decision, reason=reason, by=by, at=timezone.now())
    except Refusal as refusal:
        return _one(request, found, seen, decision, refusal=refusal, reason=reason[:1000])
    messages.success(request, _("The question is taken back, and those who voted learn why."))
    return redirect(decision.desk)


def _put(
    request: HttpRequest, project: Project, seen: Sight, typed: Typed, by: str
) -> HttpResponse:
    """Tell a plan, or show the card that it would have."""
    plan, at = typed.plan(), timezone.now()
    if request.POST.get("act") == "look":
        fact = rules.described(project, plan, at=at)
        address = f"{project.path}{project.work.size + 1}"
        card = entries.preview(project, fact, address=address, by=by, at=at, is_full=False)
        return _form(request, project, seen, typed, card=card)
    with transaction.atomic():
        decision = rules.put(project, plan, by=by, at=at)
        told = ledger.find(project.work, decision.position)
        seeds.grew(typed.seed, request.user, project, told, at=at)
    messages.success(request, _("The question is put. Everybody who may decide sees it now."))
    return redirect(f"{project.path}{decision.place}")


def _begun(request: HttpRequest) -> Typed:
    """Return an empty form, or one that what a seed names stands in."""
    day, hour = opening.suggested(timezone.now())
    said = request.GET.get("seed", "")
    seed = seeds.find(said, request.user)
    question = text.shorten(seed.words, LONGEST_QUESTION) if seed else ""
    return Typed(day=day, hour=hour, question=question, seed=said if seed else "")


def _decision(
    request: HttpRequest, studio: str, project: str, position: int
) -> tuple[Project, Sight, Decision]:
    """Return a decision of a project to one of its makers."""
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_maker()
    return found, seen, queries.find(found, position, audiences=seen.audiences)


def _form(
    request: HttpRequest, project: Project, seen: Sight, typed: Typed, **context: Any
) -> HttpResponse:
    said = {
        "typed": typed,
        "offered": picturing.offered(project, at=timezone.now()),
        "tiers": list(project.tiers.order_by("name")),
        "zone": timezone.get_default_timezone_name(),
        **context,
    }
    return _shown(request, "new", project, seen, **said)


def _one(
    request: HttpRequest, project: Project, seen: Sight, decision: Decision, **context: Any
) -> HttpResponse:
    after = request.GET.get("after", "")
    given, older = queries.reasons(decision, after=after, limit=A_PAGE)
    winner = decision.tally.get("winner", "")
    said = {
        "decision": decision,
        "given": given,
        "older": older,
        "binds": answering.binds(decision),
        "winner": winner,
        "chosen": [winner],
        **context,
    }
    return _shown(request, "one", project, seen, **said)


def _shown(
    request: HttpRequest, name: str, project: Project, seen: Sight, **context: Any
) -> HttpResponse:
    said = {
        "studio": project.studio,
        "project": project,
        "sight": seen,
        "here": "decisions",
        "limits": LIMITS,
        **context,
    }
    refusal = context.get("refusal")
    return render(
        request, f"decisions/{name}.html", said, status=refusal.status if refusal else 200
    )
