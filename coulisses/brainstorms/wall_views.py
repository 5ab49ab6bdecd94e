"""The wall: what whoever takes part reads there and does."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.brainstorms import masks, reading, taking_part, throwing, wall_pages
from coulisses.brainstorms.asked import asked, inside, led_to_the_door
from coulisses.brainstorms.kinds import IdeaThrown
from coulisses.lib.refusals import Refusal, require
from coulisses.log import ledger
from coulisses.media import ranges, store
from coulisses.media.store import PreviewNotFound
from coulisses.people import acting
from coulisses.ui import mining
from coulisses.ui.sent_here import sent_here


@require_safe
@led_to_the_door
def wall(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """The wall of a brainstorm: its question, phase and ideas by families, a page at a time."""
    of, seen = inside(request, studio, project)
    return wall_pages.page(request, of, seen)


@sent_here
@require_POST
def throw(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Throw an idea; a passer-by gives a name with it, where one is needed."""
    of, seen = inside(request, studio, project)
    try:
        told = taking_part.throw(request, of, seen, at=timezone.now())
    except Refusal as refusal:
        return wall_pages.refused(request, of, seen, refusal)
    return wall_pages.thrown(request, of, seen, told)


@sent_here
@require_POST
def dots(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Place a dot on an idea, or with `undo` take one back; it needs no name."""
    of, seen = inside(request, studio, project)
    try:
        done = taking_part.move_dot(request, of, seen, position, at=timezone.now())
    except Refusal as refusal:
        return wall_pages.refused(request, of, seen, refusal)
    return wall_pages.moved(request, of, position, done)


@require_safe
@led_to_the_door
def idea(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Where an idea stands: the page of the wall that begins with it, or what stands for it."""
    of, _seen = inside(request, studio, project)
    at = throwing.require_standing(of, position)
    page = "" if reading.is_one_page(of) else f"?before={(at.into or position) + 1}"
    return redirect(f"{of.project.path}wall/{page}#idea-{position}")


@require_safe
def picture(
    request: HttpRequest, studio: str, project: str, position: int, variant: str
) -> HttpResponseBase:
    """The picture of an idea, through that idea and nowhere else."""
    of, seen = inside(request, studio, project)
    wall_pages.require_shown(request, of, seen, position)
    fact = ledger.find(of.project.room, position).fact
    require(isinstance(fact, IdeaThrown) and fact.picture, PreviewNotFound)
    assert isinstance(fact, IdeaThrown)
    preview = store.open_preview(of.project.room, fact.picture["version"], variant)
    tag = preview.sha256[:32]
    response = ranges.send(request, store.kept(preview), kind=preview.mime, tag=tag)
    return mining.marked(response, of.project)


@require_safe
def podium(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """The ideas with the most dots, once they are counted: a piece of the wall's page."""
    of, seen = inside(request, studio, project)
    return wall_pages.podium(request, of, seen)


@sent_here
@require_http_methods(["GET", "HEAD", "POST"])
@led_to_the_door
def mask(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Put one's name to what one threw without it, once the vote is over."""
    of, seen = inside(request, studio, project)
    actor = acting.of(request).require()
    if request.method != "POST":
        return wall_pages.unmasking(request, of, seen)
    masks.lift(of, by=actor.voice, at=timezone.now())
    messages.success(request, _("Your name stands on your ideas now."))
    return redirect(f"{of.project.path}wall/")


@sent_here
@require_http_methods(["GET", "HEAD", "POST"])
def taking_back(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Take back for good an idea that one threw."""
    of, seen = asked(request, studio, project)
    idea = taking_part.own(of, position, by=acting.of(request).voice, seen=seen)
    if request.method != "POST":
        return wall_pages.leaving(request, of, seen, idea)
    taking_part.take_back(of, idea, by=acting.of(request).voice, at=timezone.now())
    messages.success(request, _("Your idea is taken back."))
    return redirect(f"{of.project.path}wall/")
