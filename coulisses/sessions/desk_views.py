"""Sessions at the desk: one tap starts and ends live work; others are announced."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.lib import text
from coulisses.lib.refusals import Refusal, require
from coulisses.people.models import Account
from coulisses.projects import hours, sight
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.sessions import announcing, queries, rules
from coulisses.sessions.models import LONGEST_LINE, LONGEST_TITLE, LONGEST_WORDS, Session
from coulisses.sessions.planning import Typed
from coulisses.sessions.refusals import SessionNotFound

LATELY = 10  # sessions that are over, on the desk
LIMITS = {"line": LONGEST_LINE, "title": LONGEST_TITLE, "words": LONGEST_WORDS}


@require_safe
def sessions(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Live work: start or end it, announce it, look back at it."""
    found, seen = sight.at_desk(request.user, studio, project)
    return _board(request, found, seen, Typed())


@require_POST
def start(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Start working live, or start the announced session of that `number`."""
    found, by = _maker(request, studio, project)
    number = text.number(request.POST.get("number", ""))
    words = request.POST.get("words", "")
    rules.start(found, words=words, by=by, at=timezone.now(), number=number)
    return _back(request, found)


@require_POST
def note(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Say what one is at now."""
    found, by = _maker(request, studio, project)
    rules.note(found, words=request.POST.get("words", ""), by=by, at=timezone.now())
    return _back(request, found)


@require_POST
def join(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Work in the running session too."""
    found, by = _maker(request, studio, project)
    rules.join(found, by=by, at=timezone.now())
    return _back(request, found)


@require_POST
def end(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """End the running session."""
    found, by = _maker(request, studio, project)
    session = rules.end(found, by=by, at=timezone.now())
    messages.success(request, _("The session is over. Its page replays it."))
    return redirect(session.path)


@require_POST
def announce(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Announce a session."""
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_maker()
    typed, by = Typed.of(request.POST), cast(Account, request.user).voice_id
    try:
        session = announcing.announce(found, typed.plan(), by=by, at=timezone.now())
    except Refusal as refusal:
        return _board(request, found, seen, typed, refusal)
    return redirect(session.path)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, studio: str, project: str, number: int) -> HttpResponse:
    """An announced session, to be changed or called off."""
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_maker()
    session = queries.find(found, number)
    require(session and session.is_announced, SessionNotFound)
    assert session
    if request.method != "POST":
        return _plan(request, session, seen, Typed.from_session(session))
    typed, by = Typed.of(request.POST), cast(Account, request.user).voice_id
    try:
        announcing.change(found, number, typed.plan(), by=by, at=timezone.now())
    except Refusal as refusal:
        return _plan(request, session, seen, typed, refusal)
    return redirect(session.path)


@require_POST
def call_off(request: HttpRequest, studio: str, project: str, number: int) -> HttpResponse:
    """Call an announced session off, with a word for those who wait."""
    found, by = _maker(request, studio, project)
    words = request.POST.get("words", "")
    session = announcing.call_off(found, number, words=words, by=by, at=timezone.now())
    return redirect(session.path)


def _maker(request: HttpRequest, studio: str, project: str) -> tuple[Project, str]:
    """Return the project and the voice of a maker of it."""
    found, seen = sight.at_desk(request.user, studio, project)
    seen.require_maker()
    return found, cast(Account, request.user).voice_id


def _back(request: HttpRequest, project: Project) -> HttpResponse:
    """Go back to where the form stood: the stage, else the desk."""
    is_stage = request.POST.get("from") == "stage"
    return redirect(project.path if is_stage else f"{project.desk}sessions/")


def _board(
    request: HttpRequest,
    project: Project,
    seen: Sight,
    typed: Typed,
    refusal: Refusal | None = None,
) -> HttpResponse:
    now = timezone.now()
    known = queries.opened(project)
    over, _older = queries.past(project, after="", limit=LATELY)
    said = {
        "air": queries.on_air(project, at=now),
        "announced": [session for session in known if session.is_announced],
        "over": over,
        "at": now,
    }
    return _shown(request, "desk", project, seen, typed=typed, refusal=refusal, **said)


def _plan(
    request: HttpRequest,
    session: Session,
    seen: Sight,
    typed: Typed,
    refusal: Refusal | None = None,
) -> HttpResponse:
    said = {"session": session, "typed": typed, "refusal": refusal}
    return _shown(request, "plan", session.project, seen, **said)


def _shown(
    request: HttpRequest, name: str, project: Project, seen: Sight, **context: Any
) -> HttpResponse:
    said = {
        "studio": project.studio,
        "project": project,
        "sight": seen,
        "here": "sessions",
        "zone": hours.zone(),
        "limits": LIMITS,
        **context,
    }
    refusal = context.get("refusal")
    status = refusal.status if refusal else 200
    return render(request, f"sessions/{name}.html", said, status=status)
