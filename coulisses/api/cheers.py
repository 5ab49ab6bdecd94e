"""Cheers: totals for anybody, given and taken back by whose token it is."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Status
from pydantic import Field

from coulisses.api import standing
from coulisses.api.rooms import Room
from coulisses.api.schemas_desk import Number
from coulisses.api.schemas_room import CheersOut, CheerWordsIn, CheerWordsOut
from coulisses.api.standing import ANYBODY, WORKS, Standing
from coulisses.cheers import limits, queries, rules, words
from coulisses.cheers.queries import Given
from coulisses.projects.models import Token

PROJECT = "/projects/{studio}/{project}"
UNDER = f"{PROJECT}/entries/{{int:position}}/cheers"

Key = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,26}$")]

router = Room("cheers")


@router.get(f"{PROJECT}/cheers/words", response=CheerWordsOut, auth=ANYBODY)
def read_words(request: HttpRequest, studio: str, project: str) -> Any:
    """Read which words people give here."""
    return _words(standing.reader(request, studio, project))


@router.put(f"{PROJECT}/cheers/words", response=CheerWordsOut, auth=WORKS)
def choose(request: HttpRequest, studio: str, project: str, said: CheerWordsIn) -> Any:
    """Have cheers say other words; what was given keeps saying what it said."""
    stand, _account = standing.maker(request, studio, project)
    words.choose(stand.project, said.words)
    return _words(stand)


@router.get(UNDER, response=CheersOut, auth=ANYBODY)
def read(request: HttpRequest, studio: str, project: str, position: Number) -> Any:
    """Read what was given to an entry."""
    stand = standing.reader(request, studio, project)
    stand.entry(position)
    bearer = request.auth  # type: ignore[attr-defined]
    voice = bearer.account.voice_id if isinstance(bearer, Token) else ""
    return _given(stand, position, voice)


@router.put(f"{UNDER}/{{key}}", response=CheersOut)
def give(request: HttpRequest, studio: str, project: str, position: Number, key: Key) -> Any:
    """Give an entry a word, in the name of the token's account; given twice, it stands once."""
    stand, account = standing.teammate(request, studio, project)
    entry, by = stand.entry(position), account.voice_id
    limits.require_calm(request.META.get("REMOTE_ADDR", ""), by)
    rules.give(stand.project, entry, key, by=by, at=timezone.now())
    return _given(stand, position, by)


@router.delete(f"{UNDER}/{{key}}", response={204: None})
def take_back(request: HttpRequest, studio: str, project: str, position: Number, key: Key) -> Any:
    """Take a word back that the token's account gave."""
    stand, account = standing.teammate(request, studio, project)
    entry, by = stand.entry(position), account.voice_id
    limits.require_calm(request.META.get("REMOTE_ADDR", ""), by)
    rules.take_back(stand.project, entry, key, by=by, at=timezone.now())
    return Status(204, None)


def _words(stand: Standing) -> dict[str, Any]:
    known = words.of(stand.project)
    said = [{"key": key, "says": known.says(key)} for key in known.keys]
    return {"words": said, "are_chosen": known.are_chosen}


def _given(stand: Standing, position: int, voice: str) -> dict[str, Any]:
    given = queries.given(stand.project, [position]).get(position, Given())
    mine = queries.mine(stand.project, [position], voice).get(position, set())
    return {
        "is_silent": given.is_silent,
        "counts": {} if given.is_silent else {key: n for key, n in given.counts.items() if n},
        "words": sorted(key for key, count in given.counts.items() if count),
        "names": given.names if given.is_silent else [],
        "mine": sorted(mine),
    }
