"""Sessions for whoever watches: a list, a page for each, calendars."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from coulisses.lib.refusals import require
from coulisses.people import acting
from coulisses.people.acting import Actor
from coulisses.people.models import Account
from coulisses.projects import hours, sight
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.sessions import calendars, queries, replaying
from coulisses.sessions.models import Session
from coulisses.sessions.refusals import SessionNotFound
from coulisses.ui import addresses, mining, slots
from coulisses.ui.caching import cacheable
from coulisses.ui.hearing import may_hear
from coulisses.ui.slots import Reader, Stretch

A_PAGE = 20  # sessions of one page of the list


@require_safe
def all_of_them(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """A project's sessions: the running one, those announced, those that are over."""
    found, seen = sight.asked(request.user, studio, project)
    now = timezone.now()
    air, coming = queries.on_air(found, at=now), queries.upcoming(found, at=now)
    over, older = queries.past(found, after=request.GET.get("after", ""), limit=A_PAGE)
    said: dict[str, Any] = {
        "air": air,
        "coming": coming,
        "over": over,
        "older": older,
        "zone": hours.zone(),
    }
    until = min((one.planned_until for one in coming if one.planned_until), default=None)
    return _shown(request, "list", found, seen, until=until, **said)


@require_safe
def one(request: HttpRequest, studio: str, project: str, number: int) -> HttpResponse:
    """A session: a page to wait on, live while it runs, replayed once it is over."""
    found, seen = sight.asked(request.user, studio, project)
    session, now = _found(found, number), timezone.now()
    language = get_language() or "en"
    whole = replaying.read(session, audiences=seen.audiences, at=now, language=language)
    is_late = session.is_announced and not queries.is_to_come(session, now)
    until = session.planned_until if session.is_announced and not is_late else None
    actor = acting.of(request)
    reader = Reader(seen, language, now, actor)
    said: dict[str, Any] = {**vars(whole), "seconds": whole.seconds, "is_late": is_late}
    said["during"] = _during(session, reader)
    return _shown(request, "session", found, seen, until=until, is_heard=actor, **said)


@require_safe
def event(request: HttpRequest, studio: str, project: str, number: int) -> HttpResponse:
    """An announced session as a calendar's event."""
    found, seen = sight.asked(request.user, studio, project)
    session = _found(found, number)
    require(session.planned_at, SessionNotFound)
    return _calendar(request, found, [session], seen, name=f"{found.slug}-{number}.ics")


@require_safe
def calendar(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """A project's announced sessions as a calendar to subscribe to."""
    found, seen = sight.asked(request.user, studio, project)
    since = timezone.now() - calendars.REACHES_BACK
    kept = queries.announced_ever(found, since=since, limit=calendars.MOST)
    return _calendar(request, found, kept, seen, name=f"{found.slug}.ics")


def _during(session: Session, reader: Reader) -> list[SafeString]:
    """Return what rooms put on the page of a session that has begun."""
    if not session.started_at:
        return []
    cue = session.started_position or session.told_position
    stretch = Stretch(cue, session.started_at, session.ended_at)
    return slots.fill_during(session.project, stretch, reader)


def _found(project: Project, number: int) -> Session:
    session = queries.find(project, number)
    require(session, SessionNotFound)
    assert session
    return session


def _calendar(
    request: HttpRequest, project: Project, sessions: list[Session], seen: Sight, *, name: str
) -> HttpResponse:
    base = addresses.base(request)
    written = calendars.write(project, sessions, base=base)
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    mining.marked(response, project)
    return cacheable(response, project) if _is_for_all(request, seen) else response


def _shown(
    request: HttpRequest,
    name: str,
    project: Project,
    seen: Sight,
    *,
    until: datetime | None,
    is_heard: Actor | None = None,
    **context: Any,
) -> HttpResponse:
    """Return a page; finished pages are kept for passers-by.

    One that shows what voices do is for who acts as `is_heard`; kept where that is nobody.
    """
    said = {"project": project, "sight": seen, **context}
    response = may_hear(mining.marked(render(request, f"sessions/{name}.html", said), project))
    is_shared = _is_for_all(request, seen) and is_heard in (None, acting.NOBODY)
    is_room = is_heard is not None
    if not is_shared:
        return response
    return cacheable(response, project, is_heard=is_room, until=until)


def _is_for_all(request: HttpRequest, seen: Sight) -> bool:
    is_known = isinstance(request.user, Account) or "messages" in request.COOKIES
    return seen.is_outside and not is_known
