"""Brainstorms: read by anybody as their walls show them, thrown at and voted in by programs.

A token's account takes part as itself, by the same rules as in a browser; in its own studio.
"""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Status

from coulisses.api import paging, standing, walls
from coulisses.api.paging import ByNumber
from coulisses.api.rooms import Room
from coulisses.api.schemas_brainstorms import (
    BrainstormOut,
    ByWall,
    FamiliesOut,
    IdeaOut,
    IdeasOut,
    PurseOut,
    ThrowIn,
    UnheardOut,
)
from coulisses.api.schemas_desk import Number
from coulisses.api.standing import ANYBODY, READS, Standing
from coulisses.brainstorms import crowding, masks, taking_part, throwing, voting
from coulisses.brainstorms.asked import brainstorm_of
from coulisses.brainstorms.models import Brainstorm
from coulisses.projects import gates, giving

WALL = "/projects/{studio}/{project}/brainstorm"
ONE = f"{WALL}/ideas/{{int:position}}"

router = Room("brainstorms")


@router.get(WALL, response=BrainstormOut, auth=ANYBODY)
def read(request: HttpRequest, studio: str, project: str) -> Any:
    """Read a brainstorm: its question, where it is, who may come, the rules of the game."""
    stand, _of, _voice = walls.asked(request, studio, project)
    return walls.spelled(stand)


@router.get(f"{WALL}/ideas", response=IdeasOut, auth=ANYBODY)
def ideas(request: HttpRequest, studio: str, project: str, cursor: ByWall) -> Any:
    """Read the ideas that stand, as they were thrown, or those with the most dots first."""
    stand, of, voice = walls.inside(request, studio, project)
    found, more = walls.page(of, cursor)
    return {"ideas": walls.ideas(stand, of, found, voice), "next": paging.note(request, more)}


@router.get(ONE, response=IdeaOut, auth=ANYBODY)
def idea(request: HttpRequest, studio: str, project: str, position: Number) -> Any:
    """Read an idea, by its position in the room."""
    stand, of, voice = walls.inside(request, studio, project)
    return walls.one(stand, of, position, voice)


@router.get(f"{WALL}/families", response=FamiliesOut, auth=ANYBODY)
def families(request: HttpRequest, studio: str, project: str, cursor: ByNumber) -> Any:
    """Read the families, as they were begun."""
    _stand, of, _voice = walls.inside(request, studio, project)
    found = walls.families(of, after=cursor.after, limit=cursor.limit)
    shown = found[: cursor.limit]
    more = shown[-1]["position"] if len(found) > cursor.limit else None
    return {"families": shown, "next": paging.note(request, more)}


@router.post(f"{WALL}/ideas", response={201: IdeaOut, 202: UnheardOut})
def throw(request: HttpRequest, studio: str, project: str, said: ThrowIn) -> Any:
    """Throw an idea in the name of the token's account, or without it where one may.

    In a silent round the answer is 202: it is thrown when that is over. So it is where somebody
    looks at ideas first.
    """
    stand, of, by = _taking_part(request, studio, project)
    at = timezone.now()
    by = gates.may_take_part(of.project, by, at=at)
    told = throwing.throw(of, by=by, at=at, **said.model_dump())
    if told is None:
        return Status(202, {"words": throwing.sentence(said.words)})
    return Status(201, walls.one(stand, of, told.position, by))


@router.delete(ONE, response={204: None})
def take_back(request: HttpRequest, studio: str, project: str, position: Number) -> Any:
    """Take back for good an idea that the token's account threw, under its name or without."""
    stand, of, by = _taking_part(request, studio, project)
    mine = taking_part.own(of, position, by=by, seen=stand.sight)
    taking_part.take_back(of, mine, by=by, at=timezone.now())
    return Status(204, None)


@router.get(f"{WALL}/purse", response=PurseOut, auth=READS)
def purse(request: HttpRequest, studio: str, project: str) -> Any:
    """Read how many dots the token's account has left, and where the others lie."""
    stand, account = standing.teammate(request, studio, project)
    return walls.purse(brainstorm_of(stand.project), account.voice_id)


@router.post(f"{ONE}/dots", response=PurseOut)
def place(request: HttpRequest, studio: str, project: str, position: Number) -> Any:
    """Place one dot on an idea; several may lie on one."""
    _stand, of, by = _taking_part(request, studio, project)
    at = timezone.now()
    with transaction.atomic():
        by = gates.may_take_part(of.project, by, at=at)
        giving.keep(of.project, "vote", by=by, at=at)
        voting.place(of, position, by=by, at=at)
    return walls.purse(of, by)


@router.delete(f"{ONE}/dots", response=PurseOut)
def lift(request: HttpRequest, studio: str, project: str, position: Number) -> Any:
    """Take one dot back from an idea."""
    _stand, of, by = _taking_part(request, studio, project)
    at = timezone.now()
    with transaction.atomic():
        by = gates.may_take_part(of.project, by, at=at)
        voting.take_back(of, position, by=by, at=at)
    return walls.purse(of, by)


@router.post(f"{WALL}/unmasking", response={204: None})
def unmask(request: HttpRequest, studio: str, project: str) -> Any:
    """Put one's name to what one threw without it, once the vote is over; for good."""
    _stand, of, by = _taking_part(request, studio, project)
    masks.lift(of, by=by, at=timezone.now())
    return Status(204, None)


def _taking_part(
    request: HttpRequest, studio: str, project: str
) -> tuple[Standing, Brainstorm, str]:
    """Return a brainstorm in which the token's account takes part, and its voice.

    Raises what `standing.teammate` does, NoBrainstorm, RoomNotOpen, TooOften.
    """
    stand, account = standing.teammate(request, studio, project)
    of = brainstorm_of(stand.project)
    taking_part.require_open(of, stand.sight)
    crowding.require_calm(request, is_new=False)
    return stand, of, account.voice_id
