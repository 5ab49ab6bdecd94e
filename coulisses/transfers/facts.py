"""What entries of another house say, read as strictly as if it came in by a form.

Their bytes are signed and stay as they are: what this house could not show, or what would harm
whoever looks at it, is refused whole.
"""

import re
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import datetime
from functools import cache
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from coulisses.brainstorms.kinds import IdeaThrown
from coulisses.capture.kinds import CaptureTaken
from coulisses.lib.text import clean_path
from coulisses.log import kinds
from coulisses.log.kinds import Fact
from coulisses.log.models import Entry, Sealed
from coulisses.media.changes import Change, VersionName
from coulisses.moments.kinds import TOPICS, MomentTold
from coulisses.projects.models import Project
from coulisses.ui import entries, heard
from coulisses.voices.kinds import VoiceSaid
from coulisses.voices.spots import LONGEST_SECONDS, MOST_LINES, THOUSAND

STRICT = ConfigDict(strict=True, extra="ignore")
GREATEST = 2**63 - 1
ADDRESS = re.compile(r"(?:https?://[^\s@/]+(?:/\S*)?)?")
KIND = re.compile(r"[a-z_]{1,30}\.[a-z_]{1,30}")


DRAWN_WRONG = (ValueError, TypeError, KeyError, LookupError, AttributeError, ArithmeticError)


class Unreadable(ValueError):
    """An entry says what this house cannot show."""


class Picture(BaseModel):
    """A picture beside words, as `moment.told` describes it."""

    model_config = STRICT
    version: VersionName
    width: int = Field(ge=0, le=100_000)
    height: int = Field(ge=0, le=100_000)
    alt: str = ""
    sha256: str = ""


class Sound(BaseModel):
    """A sound beside words, as `moment.told` describes it."""

    model_config = STRICT
    version: VersionName
    words: str = ""
    sha256: str = ""


class Unshown(BaseModel):
    """A file that a capture does not show."""

    model_config = STRICT
    path: str
    reason: str = Field(max_length=64)


class Attempt(BaseModel):
    """A file of somebody's own, as `voice.said` describes it."""

    model_config = STRICT
    version: VersionName
    name: str = Field(max_length=300)
    reader: str = Field(pattern=r"^[a-z]{0,16}$")
    width: int = Field(0, ge=0, le=100_000)
    height: int = Field(0, ge=0, le=100_000)
    sha256: str = ""


class Note(BaseModel):
    """A sound note, as `voice.said` describes it."""

    model_config = STRICT
    version: VersionName
    sha256: str = ""


class Spot(BaseModel):
    """A place in a file that an entry shows, as `voice.said` describes it."""

    model_config = ConfigDict(strict=True, extra="forbid")
    file: int = Field(ge=0, le=100_000)
    x: int = Field(0, ge=0, le=THOUSAND)
    y: int = Field(0, ge=0, le=THOUSAND)
    second: int = Field(0, ge=0, le=LONGEST_SECONDS)
    line: int = Field(0, ge=0, le=MOST_LINES)


def read(kind: str, body: Any) -> Fact:
    """Return the fact that a body spells. Raises Unreadable."""
    if not isinstance(body, dict) or not KIND.fullmatch(kind) or not _is_text(body):
        raise Unreadable
    try:
        if kinds.of(kind):
            _shape(kind).model_validate(body)
        fact = kinds.read(kind, body)
        _look(fact)
    except (ValidationError, TypeError, KeyError, AttributeError) as error:
        raise Unreadable from error
    about = fact.speaks_of()
    if about is not None and not 1 <= about <= GREATEST:
        raise Unreadable
    return fact


def require_shown(project: Project, fact: Fact, **told: Any) -> None:
    """Draw a fact's card, so that no page stumbles over it later. Raises Unreadable."""
    if isinstance(fact, CaptureTaken):  # its changes were looked at one by one
        return
    try:
        entries.preview(project, fact, address=f"{project.path}1", is_full=True, **told)
    except DRAWN_WRONG as error:
        raise Unreadable from error


def require_heard(project: Project, fact: Fact, *, by: str, at: datetime) -> None:
    """Draw what a voice says in a room, as `require_shown` a card. Raises Unreadable."""
    entry = Entry(log=project.room, position=1, kind=fact.kind_name, about=fact.speaks_of())
    entry.by, entry.happened_at, entry.told_at, entry.sealed, entry.fact = (
        by,
        at,
        at,
        Sealed(),
        fact,
    )
    try:
        heard.piece(project, entry, language="en", said={}, became={}, voice="", hidden=None)
        fact.headline()
    except DRAWN_WRONG as error:
        raise Unreadable from error


def signed_files(fact: Fact) -> dict[str, dict[str, str]]:
    """Return the SHA-256 (hex) of files that the signed words name: by version, by variant."""
    if isinstance(fact, IdeaThrown) and fact.picture:
        return {fact.picture["version"]: {"large": fact.picture.get("sha256", "")}}
    if not isinstance(fact, MomentTold | VoiceSaid):
        return {}
    signed = {one["version"]: {"large": one.get("sha256", "")} for one in fact.pictures}
    if fact.sound:
        signed[fact.sound["version"]] = {"sound": fact.sound.get("sha256", "")}
    if isinstance(fact, VoiceSaid) and fact.attempt:
        signed[fact.attempt["version"]] = {_shown_as(fact.attempt): fact.attempt.get("sha256", "")}
    return signed


def _shown_as(attempt: dict[str, Any]) -> str:
    """Return the variant whose hash was signed: the first of those by which it can be looked at."""
    if attempt.get("width"):
        return "large"
    return "sound" if attempt["reader"] == "sound" else "text"


@cache
def _shape(kind: str) -> type[BaseModel]:
    spoken: Any = kinds.of(kind)
    hints = get_type_hints(spoken)
    shape: dict[str, Any] = {one.name: (hints[one.name], _default(one)) for one in fields(spoken)}
    made: type[BaseModel] = create_model(kind, __config__=STRICT, **shape)
    return made


def _default(one: Any) -> Any:
    if one.default is not MISSING:
        return one.default
    return ... if one.default_factory is MISSING else Field(default_factory=one.default_factory)


def _look(fact: Fact) -> None:
    if isinstance(fact, CaptureTaken):
        _look_at_changes(fact.changes)
        for one in (*fact.held, *fact.missing):
            _look_at_path(Unshown.model_validate(one).path)
        if not ADDRESS.fullmatch(fact.link):
            raise Unreadable
    elif isinstance(fact, VoiceSaid):
        for picture in fact.pictures:
            Picture.model_validate(picture)
        if fact.attempt:
            Attempt.model_validate(fact.attempt)
        if fact.sound:
            Note.model_validate(fact.sound)
        if fact.at:
            Spot.model_validate(fact.at)
        if not 0 <= fact.to <= GREATEST:
            raise Unreadable
    elif isinstance(fact, IdeaThrown):
        if fact.picture:
            Picture.model_validate(fact.picture)
    elif isinstance(fact, MomentTold):
        _look_at_changes(fact.files)
        for picture in fact.pictures:
            Picture.model_validate(picture)
        if fact.sound:
            Sound.model_validate(fact.sound)
        if fact.kind not in TOPICS or any(not 1 <= one <= GREATEST for one in fact.over):
            raise Unreadable
        if any(not one["after"] for one in fact.files):
            raise Unreadable


def _look_at_changes(changes: list[dict[str, Any]]) -> None:
    known = set(Change.model_fields)
    for change in changes:
        Change.model_validate({name: one for name, one in change.items() if name in known})
        if {"before", "after", "was"} - set(change):
            raise Unreadable
        for path in (change["path"], change["was"]):
            _look_at_path(path or "")


def _look_at_path(path: str) -> None:
    if clean_path(path) != path:
        raise Unreadable


def _is_text(said: Any) -> bool:
    """Whether every text in it can be kept: no database keeps a character that is none."""
    return all("\x00" not in one for one in _texts(said))


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict):
        for name, value in said.items():
            yield name
            yield from _texts(value)
    elif isinstance(said, list):
        for value in said:
            yield from _texts(value)
