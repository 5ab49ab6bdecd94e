"""Ideas and dots that a hall sends at once: what each of them looks up is looked up once for all.

Whoever is no guest yet, or signed in, whoever sends a picture, and whatever is refused, is asked by
the wall's own pages.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.core.exceptions import TooManyFieldsSent
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone, translation

from coulisses.brainstorms import asked as brainstorms
from coulisses.brainstorms import course, crowding, throwing, voting
from coulisses.brainstorms.models import Brainstorm
from coulisses.brainstorms.throwing import Throw
from coulisses.brainstorms.voting import Move, Moved
from coulisses.lib import text
from coulisses.lib.calm import TooOften
from coulisses.lib.places import GREATEST
from coulisses.lib.refusals import Refusal
from coulisses.log.models import Entry
from coulisses.people.acting import Actor
from coulisses.projects import gates, giving, sight
from coulisses.projects.gates import Waits
from coulisses.projects.giving import SaidAnew
from coulisses.ui import together
from coulisses.ui.together import Asked, Sent

WALL = r"/@(?P<studio>[a-z0-9-]+)/(?P<project>[a-z0-9-]+)/wall/"
FORM = "application/x-www-form-urlencoded"

Done = Callable[[Brainstorm, dict[int, Sent], datetime], Mapping[int, Any]]


@together.at(f"{WALL}ideas")
def throw(asked: list[Asked]) -> list[Any]:
    """Throw what guests wrote; a script shows what comes of it as its stream brings it."""
    return _answered(asked, _thrown)


@together.at(f"{WALL}(?P<position>[0-9]{{1,18}})/dots")
def move_dots(asked: list[Asked]) -> list[Any]:
    """Place and take back what guests tapped."""
    return _answered(asked, _moved)


def _answered(asked: list[Asked], do: Done) -> list[Any]:
    answers: list[Any] = [None] * len(asked)
    # A transaction for each: no brainstorm waits for another's phase.
    for (studio, slug), here in together.by_project(asked).items():
        with suppress(Refusal):
            project, _seen = sight.asked(None, studio, slug)
            of = brainstorms.brainstorm_of(project)
            if project.is_raised and not project.withdrawn_at:
                for number, said in do(of, here, timezone.now()).items():
                    answers[number] = said
    return answers


def _thrown(of: Brainstorm, asked: dict[int, Sent], at: datetime) -> dict[int, Any]:
    throwing.require_phase(of, course.THROW, at)
    ready = {number: one for number, sent in asked.items() if (one := _throw(of, *sent))}
    done = zip(ready, throwing.throw_all(of, [*ready.values()], at=at), strict=True)
    said = {number: _spelled(asked[number][0], ready[number], one) for number, one in done}
    return {number: one for number, one in said.items() if one}


def _throw(of: Brainstorm, asked: Asked, actor: Actor) -> Throw | None:
    """Return what somebody wrote, if it is a form without a picture, of one whom it names."""
    said = _read(of, asked)
    if said is None or said.get("name"):
        return None
    throw = Throw(
        words=said.get("words", ""),
        by=actor.voice,
        builds_on=text.number(said.get("on", "")) or 0,
        without_name="without_name" in said,
    )
    is_nameless = throwing.is_nameless(of, without_name=throw.without_name)
    return None if actor.is_nameless and not is_nameless else throw


def _spelled(asked: Asked, throw: Throw, done: Entry | Refusal | None) -> dict[str, Any] | None:
    """Return what is answered; None of what is refused: the page's own view says why."""
    if isinstance(done, Waits):  # its words are kept: asked again they would wait twice
        with translation.override(asked.language):
            return {"is_kept": True, "is_anew": False, "sentence": str(done)}
    if isinstance(done, Refusal):
        return None
    if done is None:
        return {"position": 0, "words": throwing.sentence(throw.words)}
    return {"position": done.position}


@transaction.atomic
def _moved(of: Brainstorm, asked: dict[int, Sent], at: datetime) -> dict[int, Any]:
    let_in = gates.let_in(of.project, {actor.voice for _one, actor in asked.values()}, at=at)
    ready = {number: one for number, sent in asked.items() if (one := _move(of, *sent, let_in))}
    for voice in sorted({one.by for one in ready.values() if not one.is_back}):
        giving.keep(of.project, "vote", by=voice, at=at)
    done = zip(ready, voting.move_all(of, [*ready.values()], at=at), strict=True)
    return {
        number: {"left": one.left, "here": one.here}
        for number, one in done
        if isinstance(one, Moved)
    }


def _move(of: Brainstorm, asked: Asked, actor: Actor, let_in: Mapping[str, str]) -> Move | None:
    said = _read(of, asked)
    if said is None or actor.voice not in let_in:
        return None
    position = min(int(asked.place["position"]), GREATEST)
    return Move(position, let_in[actor.voice], is_back="undo" in said)


def _read(of: Brainstorm, asked: Asked) -> QueryDict | None:
    """Return a form's fields, if nothing about it wants a closer look."""
    if not asked.headers.get("content-type", "").startswith(FORM):
        return None
    with suppress(TooManyFieldsSent, TooOften, SaidAnew):
        crowding.require_calm_from(asked.address)
        said = QueryDict(asked.body)
        giving.require_read(of.project, said.get("terms", ""))
        return said
    return None
