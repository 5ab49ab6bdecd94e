"""What the forms of a wall bring: an idea, a name where one is needed, a picture, a dot."""

from contextlib import suppress
from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.http import HttpRequest

from coulisses.brainstorms import (
    circle,
    course,
    crowding,
    pictures,
    practising,
    reading,
    throwing,
    voting,
)
from coulisses.brainstorms.models import Brainstorm, Idea
from coulisses.brainstorms.pictures import Upload
from coulisses.brainstorms.refusals import IdeaUnknown, NotNow, NotYourIdea, WatchersListen
from coulisses.lib import text
from coulisses.lib.refusals import Refusal, require
from coulisses.lib.text import clean_name
from coulisses.log.models import Entry
from coulisses.people import acting
from coulisses.people.acting import Actor
from coulisses.people.refusals import NameNeeded
from coulisses.projects import closed, gates, giving, unsaying
from coulisses.projects.gates import ProveFirst, Waits
from coulisses.projects.refusals import RoomNotOpen
from coulisses.projects.sight import Sight

LONGEST_ALT = 300
TAKEN_BACK = "taken_back"  # the reason of what its author took back


def require_open(of: Brainstorm, seen: Sight) -> None:
    """Raise WatchersListen or RoomNotOpen where nobody takes part."""
    require(not seen.is_viewer, WatchersListen)
    require(practising.is_open(of, seen), RoomNotOpen)


def require_let_in(request: HttpRequest, of: Brainstorm, seen: Sight) -> None:
    """Raise what `require_open` does, or what somebody lacks to come: nobody is made for it."""
    require_open(of, seen)
    if lacks := circle.lacking(request, of, seen):
        raise lacks


def throw(request: HttpRequest, of: Brainstorm, seen: Sight, *, at: datetime) -> Entry | None:
    """Throw what a form says; None where it is kept until a silent round is over.

    A passer-by comes in under the name they gave, or without one where none is needed. Raises what
    `require_let_in`, `throwing.throw` and gates raise, NameNeeded, TooOften, SaidAnew.
    """
    require_let_in(request, of, seen)
    said = request.POST
    throwing.require_phase(of, course.THROW, at)  # before somebody new is made for nothing
    crowding.require_calm(request, is_new=not acting.of(request).voice)
    giving.require_read(of.project, said.get("terms", ""))
    words = throwing.sentence(said.get("words", ""))
    is_nameless = throwing.is_nameless(of, without_name="without_name" in said)
    actor, is_new = _actor(request, at, needs_name=not is_nameless)
    picture: dict[str, Any] = {}
    circle.let_in(request, of, actor.voice, at=at)
    try:
        by = gates.may_take_part(of.project, actor.voice, at=at)
        if request.FILES.get("picture"):
            throwing.would_be_heard(of, words, by=by, at=at, is_nameless=is_nameless)
            picture = _picture(request, of, by)
        return throwing.throw(
            of,
            words,
            by=by,
            at=at,
            builds_on=text.number(said.get("on", "")) or 0,
            picture=picture,
            without_name=is_nameless,
        )
    except (Waits, ProveFirst):
        raise
    except Refusal:
        pictures.forget(of.project, picture)
        if is_new:
            _go(request, actor)
        raise


def move_dot(
    request: HttpRequest, of: Brainstorm, seen: Sight, position: int, *, at: datetime
) -> dict[str, int]:
    """Place a dot on an idea, or take one back; return how many are left, and lie here.

    Raises what `require_let_in`, `voting` and gates raise, TooOften, SaidAnew.
    """
    require_let_in(request, of, seen)
    throwing.require_phase(of, course.VOTE, at)  # before somebody new is made for nothing
    throwing.require_standing(of, position)
    giving.require_read(of.project, request.POST.get("terms", ""))
    crowding.require_calm(request, is_new=not acting.of(request).voice)
    actor = acting.slip_in(request, at=at)
    circle.let_in(request, of, actor.voice, at=at)
    with transaction.atomic():
        by = gates.may_take_part(of.project, actor.voice, at=at)
        if "undo" in request.POST:
            left = voting.take_back(of, position, by=by, at=at)
        else:
            giving.keep(of.project, "vote", by=by, at=at)  # before the phase is held, as in bursts
            left = voting.place(of, position, by=by, at=at)
    return {"left": left, "here": voting.lying(of, by).get(position, 0)}


def own(of: Brainstorm, position: int, *, by: str, seen: Sight) -> Idea:
    """Return an idea that somebody threw, under their name or a mask, though their place has ended.

    Raises IdeaUnknown, NotYourIdea; RoomClosed to others who may not look.
    """
    idea = Idea.objects.filter(project=of.project, position=position, is_gone=False).first()
    if idea and by and idea.voice in reading.mine_of(of, by):
        return idea
    closed.require_open(of.project, seen.audiences)
    raise NotYourIdea if idea else IdeaUnknown


def take_back(of: Brainstorm, idea: Idea, *, by: str, at: datetime) -> None:
    """Take the words and the picture of one's own idea out for good.

    Whose mask threw it, takes it back by that. Raises AlreadyShredded, NotNow where it was settled.
    """
    require(idea.is_kept is None, NotNow)
    unsaying.unsay(of.project, idea.position, reason=TAKEN_BACK, by=idea.voice, at=at)


def _picture(request: HttpRequest, of: Brainstorm, by: str) -> dict[str, Any]:
    pictures.require_few(of.project, by)
    alt = text.shorten(text.clean_line(request.POST.get("alt", "")), LONGEST_ALT)
    return pictures.keep(of.project, cast(Upload, request.FILES["picture"]), alt)


def _actor(request: HttpRequest, at: datetime, *, needs_name: bool) -> tuple[Actor, bool]:
    """Return who throws, and whether they just came in."""
    known = acting.of(request)
    if not known.is_nameless or (known.voice and not needs_name):
        return known, False
    name = request.POST.get("name", "")
    require(not needs_name or clean_name(name), NameNeeded)
    came = acting.slip_in(request, at=at)
    if needs_name:
        came = acting.come_in(request, name=name, at=at)
    return came, not known.voice


@transaction.atomic
def _go(request: HttpRequest, actor: Actor) -> None:
    """Forget a guest who came in to throw what was refused: nobody ever heard of them."""
    with suppress(KeyError):
        del request.session[acting.KEPT]
    request.actor = acting.NOBODY  # type: ignore[attr-defined]
    assert actor.guest
    voice = actor.guest.voice
    actor.guest.delete()
    voice.delete()
