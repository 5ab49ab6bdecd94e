"""What readers are told: projects, entries whole, sittings, days, files, sessions."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, Field

from coulisses.api.schemas import EntryOut, Instant, Position, Said
from coulisses.lib import mailboxes

Topic = Literal[
    "capture",
    "progress",
    "doubt",
    "failure",
    "breakthrough",
    "question",
    "milestone",
    "note",
    "session",
]


class LinkOut(Schema):
    """Where a project is elsewhere."""

    name: str
    href: str


class ShortProjectOut(Schema):
    """A project in a list. `state` as for a project; `stirred_at` says when it last moved.

    What `is_brainstorm` asks a question: the rest of it is below `…/brainstorm`.
    """

    studio: str
    project: str
    title: str
    line: str
    craft: str
    language: str
    state: str
    url: str
    stirred_at: datetime
    is_brainstorm: bool


class ProjectsOut(Schema):
    """A page of projects; `next` is what to pass as `after` for the next one, null at the end."""

    projects: list[ShortProjectOut]
    next: str | None


class StudioOut(Schema):
    """A studio: its address in the house, its name, one line about itself."""

    studio: str
    name: str
    line: str
    url: str


class PictureOut(Schema):
    """A picture: addresses of a small and a large form, the large one's size, words for it.

    `url` is the large one.
    """

    url: str
    small: str
    large: str
    width: int
    height: int
    alt: str


class FaceOut(ShortProjectOut):
    """What a project says of itself, how it stands, and how much was told.

    `entries` is the greatest position that the asker may know of. `cover` stands for it, where its
    makers chose a picture. `mining` is `refused` or `allowed`.
    """

    licence: str
    licence_words: str
    private: str
    mining: str
    links: list[LinkOut]
    cover: PictureOut | None
    originals: str
    opened_at: datetime
    raised_at: datetime | None
    paused_at: datetime | None
    pause_words: str
    back_on: date | None
    finished_at: datetime | None
    last_words: str
    entries: int


class FileOut(Schema):
    """A file that an entry shows: what became of it, and previews of how it is now."""

    path: str
    what: str
    reader: str
    small: str | None
    large: str | None


class EarlierOut(Schema):
    """Words that a moment had before they were said anew."""

    title: str
    body: str
    told_at: Instant


class WholeEntryOut(EntryOut):
    """An entry, whole: the same from the API and in a webhook.

    `title`, `body` and `words` are as they were said last, `earlier` those before. `is_titled` says
    that the title is its own; else it is what its kind or its first words say. `body` is a moment's
    markdown, `words` what any kind says. `by` is the name of who told it, empty where it was taken
    out. `pictures` are all that can be seen of it, `files` what became of which. `said` is the
    entry as it stands in the log, null where the asker may not read it, or nobody may any more.
    """

    topic: str
    body: str
    words: str
    by: str
    audience: str
    happened_at: Instant | None
    told_at: Instant | None
    is_titled: bool
    is_pinned: bool
    is_shredded: bool
    pictures: list[PictureOut]
    files: list[FileOut]
    earlier: list[EarlierOut]
    said: dict[str, Any] | None


class PinsOut(Schema):
    """A page of the short reading: positions, the newest first."""

    pins: list[int]
    next: int | None


class SittingOut(Schema):
    """A stretch of work: where it begins, the sentence over it, how many public entries it has."""

    first: int
    title: str
    started_at: datetime
    ended_at: datetime
    count: int
    url: str


class SittingsOut(Schema):
    """A page of sittings, oldest first."""

    sittings: list[SittingOut]
    next: int | None


class DayOut(Schema):
    """A day of a project's public life. `weight` sums what changed, `marks` say what there was."""

    on: date
    first: int
    count: int
    weight: int
    marks: list[str]


class DaysOut(Schema):
    """A page of days, oldest first; `next` is a day."""

    days: list[DayOut]
    next: date | None


class PieceOut(Schema):
    """A file that goes on through its saves: its name now, its reader, where it was last."""

    id: int
    path: str
    reader: str
    last: int
    url: str


class PiecesOut(Schema):
    """A page of a project's files, in the order they came."""

    files: list[PieceOut]
    next: int | None


class VersionOut(Schema):
    """What one entry did to a file; a file removed has no pictures."""

    position: int
    path: str
    what: str
    small: str | None
    large: str | None


class LifeOut(Schema):
    """A page of a file's versions, oldest first."""

    path: str
    reader: str
    count: int
    versions: list[VersionOut]
    next: int | None


class StretchOut(Schema):
    """A stretch of a text; `is_hit` where it is what was looked for."""

    text: str
    is_hit: bool


class HitOut(Schema):
    """An entry that was found: its title and the best place of its words, in stretches.

    `file` is the one that the words stand in, empty where in none.
    """

    studio: str
    project: str
    position: int
    kind: str
    topic: str
    at: datetime
    url: str
    title: list[StretchOut]
    excerpt: list[StretchOut]
    file: str


class FoundOut(Schema):
    """A page of what was found, the newest first; `next` as in every list."""

    found: list[HitOut]
    next: str | None


def _a_box(said: str) -> str:
    spelled = mailboxes.spelled(said)
    if said and not spelled:
        raise ValueError("no letter arrives there")
    return spelled


class ReportIn(Said):
    """What is wrong with a work, or with one entry of it; `address` is where to answer."""

    studio: Annotated[str, Field(max_length=50)]
    project: Annotated[str, Field(max_length=50)]
    position: Position | None = None
    reason: Literal["illegal", "privacy", "consent", "hurtful", "other"]
    words: Annotated[str, Field(min_length=1, max_length=5_000)]
    address: Annotated[str, Field(max_length=254, pattern=r"^([^@\s]+@[^@\s]+)?$"),
                       AfterValidator(_a_box)] = ""  # fmt: skip


class ReportOut(Schema):
    """Where whoever reported sees what becomes of it: keep the address, it is shown only now."""

    url: str


class ReceiptOut(Schema):
    """What became of a report: `outcome` is null until it was looked into, `statement` says why."""

    reason: str
    words: str
    about: str | None
    told_at: datetime
    outcome: Literal["done", "stays", "answered"] | None
    statement: str
    closed_at: datetime | None
