"""The wall: what whoever takes part reads there and does."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from coulisses.brainstorms import taking_part, throwing, wall_pages
from coulisses.brainstorms.asked import asked
from coulisses.brainstorms.kinds import IdeaThrown
from coulisses.lib.refusals import Refusal, require
from coulisses.log import ledger
from coulisses.media import ranges, store
from coulisses.media.store import PreviewNotFound
from coulisses.ui import mining
from coulisses.ui.sent_here import sent_here


@require_safe
def wall(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """The wall of a brainstorm: its question, its phase, its ideas by families, a page at a time."""
    of, seen = asked(request, studio, project)
    return wall_pages.shown(request, of, seen)


@sent_here
@require_POST
def throw(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Throw an idea; a passer-by gives a name with it, where one is needed."""
    of, seen = asked(request, studio, project)
    try:
        told = taking_part.throw(request, of, seen, at=timezone.now())
    except Refusal as refusal:
        return wall_pages.refused(request, of, seen, refusal)
    return wall_pages.thrown(request, of, seen, told)


@sent_here
@require_POST
def dots(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Place a dot on an idea, or with `undo` take one back; it needs no name."""
    of, seen = asked(request, studio, project)
    try:
        done = taking_part.move_dot(request, of, seen, position, at=timezone.now())
    except Refusal as refusal:
        return wall_pages.refused(request, of, seen, refusal)
    return wall_pages.moved(request, of, position, done)


@require_safe
def idea(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Where an idea stands on the wall: the page that begins with it, or with what stands for it."""
    of, _seen = asked(request, studio, project)
    at = throwing.require_standing(of, position)
    return redirect(f"{of.project.path}wall/?before={(at.into or position) + 1}#idea-{position}")


@require_safe
def picture(
    request: HttpRequest, studio: str, project: str, position: int, variant: str
) -> HttpResponseBase:
    """The picture of an idea, through that idea and nowhere else."""
    of, seen = asked(request, studio, project)
    wall_pages.require_shown(request, of, seen, position)
    fact = ledger.find(of.project.room, position).fact
    require(isinstance(fact, IdeaThrown) and fact.picture, PreviewNotFound)
    assert isinstance(fact, IdeaThrown)
    preview = store.open_preview(of.project.room, fact.picture["version"], variant)
    tag = preview.sha256[:32]
    response = ranges.send(request, store.kept(preview), kind=preview.mime, tag=tag)
    return mining.marked(response, of.project)
