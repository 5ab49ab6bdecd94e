"""What is answered of a project in few words, and of its exports."""

from datetime import datetime
from typing import Literal

from ninja import Schema

from coulisses.api.schemas import Said, shown
from coulisses.api.schemas_stage import PictureOut


class CueOut(Schema):
    """One of the twelve. `why` is `first`, `latest`, `pinned`, or what its kind is.

    `asks` is what a doubt asks for; `is_anew` says that its words were said anew since.
    """

    position: int
    why: str
    topic: str
    at: datetime
    title: str
    words: str
    picture: PictureOut | None
    asks: str
    is_anew: bool
    url: str


class CuesOut(Schema):
    """A project in twelve cues at most, in the order of time."""

    cues: list[CueOut]


class NewsOut(Schema):
    """Something that was told, in a few words."""

    position: int
    topic: str
    words: str
    is_pinned: bool
    url: str


class SavesOut(Schema):
    """How many saves of how many files, null where it is too long ago to count; and the latest."""

    count: int | None
    files: int | None
    latest: int
    url: str


class SinceOut(Schema):
    """What is new after a position, in a few lines, up to another; `at` is when it began.

    `lines` are what is most worth one, `saves` what was saved besides, null where nothing was.
    """

    after: int
    upto: int
    at: datetime | None
    lines: list[NewsOut]
    saves: SavesOut | None


class ExportIn(Said):
    """What is to be packed: what is `public`, or the `whole` project, for its owners."""

    model_config = shown(kind="public")

    kind: Literal["public", "whole"]


class ExportOut(Schema):
    """An export: `asked`, `making`, `ready` or `failed`. Once it is ready, `url` has its file.

    `size` is in bytes. It is kept until `expires_at`, or until words are taken out of the project.
    """

    id: str
    kind: Literal["public", "whole"]
    state: Literal["asked", "making", "ready", "failed"]
    asked_at: datetime
    size: int | None
    expires_at: datetime | None
    url: str | None


class ExportsOut(Schema):
    """A project's exports: one of each kind at most."""

    exports: list[ExportOut]
