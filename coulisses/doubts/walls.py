"""Pages that list: a project's wall of failures, and the doubts that its makers left open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coulisses.doubts import queries, views
from coulisses.lib import places
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects import sight
from coulisses.ui import entries, slots

A_WALL = 20


@require_safe
def failures(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """What did not work in a project, and what it taught; newest first."""
    found, seen = sight.asked(request.user, studio, project)
    reader = views.reads(request, seen)
    eyes, at = seen.audiences, reader.at
    before = places.position(request.GET.get("before"))
    read = ledger.read(
        found.work,
        audiences=eyes,
        at=at,
        topics=["failure"],
        before=before,
        newest_first=True,
        limit=A_WALL + 1,
    )
    told = [one for one in read[:A_WALL] if isinstance(one, Entry)]
    cards = entries.cards(found, told, language=reader.language, audiences=eyes, at=at)
    under = slots.fill_under(found, told, views.short(reader))
    items = [(card, under.get(one.position, "")) for one, card in zip(told, cards, strict=True)]
    older = told[-1].position if len(read) > A_WALL else None
    return views.on_stage(request, "wall", found, reader, items=items, older=older, before=before)


@require_safe
def at_desk(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """The doubts that are open, oldest first."""
    found, seen = sight.at_desk(request.user, studio, project)
    reader = views.reads(request, seen)
    after = places.position(request.GET.get("after")) or 0
    doubts, more = queries.open_doubts(found, after=after)
    eyes, at = seen.audiences, reader.at
    known, _settled = queries.lives(found, [one.position for one in doubts], audiences=eyes)
    lines = queries.named(found, doubts, audiences=eyes, at=at)
    said = {
        "studio": found.studio,
        "project": found,
        "sight": seen,
        "here": "doubts",
        "doubts": [(one, lines.get(one.position)) for one in doubts],
        "stands": queries.standing(found, known, audiences=eyes, at=at),
        "waiting": queries.unanswered(found, [one.position for one in doubts]),
        "more": more,
        "after": after,
    }
    response = render(request, "doubts/desk.html", said)
    response["Cache-Control"] = "private, no-store"
    return response
