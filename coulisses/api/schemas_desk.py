"""What is said and answered at the desk: the tray, drafts, sessions, a project's face."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from coulisses.api.schemas import LINE, Position, Said, shown
from coulisses.capture.forms import Audience

Number = Annotated[int, Field(ge=1, le=2**53)]
Numbers = Annotated[list[Number], Field(min_length=1, max_length=200)]


class LinkIn(Said):
    """Where a project is elsewhere."""

    name: Annotated[str, Field(max_length=80)] = ""
    href: Annotated[str, Field(max_length=500)]


class FaceIn(Said):
    """What a project is to say of itself; what is left out stays as it is."""

    model_config = shown(line="Oak, by hand", licence="CC-BY-SA-4.0", mining="refused")

    title: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    line: Annotated[str, Field(max_length=300)] | None = None
    craft: Annotated[str, Field(max_length=100)] | None = None
    language: Annotated[str, Field(pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]{1,4})?)?$")] | None = None
    licence: Annotated[str, Field(max_length=40)] | None = None
    licence_words: Annotated[str, Field(max_length=300)] | None = None
    private: Annotated[str, Field(max_length=5_000)] | None = None
    mining: Literal["refused", "allowed"] | None = None
    links: Annotated[list[LinkIn], Field(max_length=8)] | None = None


class CoverIn(Said):
    """What is to stand for a project: the `newest` picture, one that was `told`, or a `poster`.

    `position` and `index` name a told picture, `poster` one of the drawn ones.
    """

    cover: Literal["newest", "told", "poster"]
    position: Position | None = None
    index: Annotated[int, Field(ge=0, le=200)] = 0
    poster: Annotated[int, Field(ge=0, le=11)] = 0
    alt: Annotated[str, Field(max_length=500)] = ""
    focus: Literal["nw", "n", "ne", "w", "c", "e", "sw", "s", "se"] = "c"


class StudioIn(Said):
    """What a studio is called, and one line about it."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    line: Annotated[str, Field(max_length=300)] = ""


class PauseIn(Said):
    """Why the work rests, and the day on which it goes on."""

    words: Annotated[str, Field(max_length=300)] = ""
    back_on: date | None = None


class EndIn(Said):
    """The last words, in markdown."""

    words: Annotated[str, Field(max_length=5_000)] = ""


class NamesIn(Said):
    """Whether the names of those whose work arrived are to be shown."""

    shown: bool


class NamesOut(Schema):
    """Whether the names of those whose work arrived are shown."""

    shown: bool


class OriginalsIn(Said):
    """What becomes of files themselves; `sure` where those that are kept would go."""

    originals: Literal["stay", "kept", "given"]
    sure: bool = False


class AmendIn(Said):
    """A moment's new words."""

    title: Annotated[str, Field(max_length=200)] = ""
    body: Annotated[str, Field(max_length=20_000)] = ""


class ShredIn(Said):
    """Why an entry's words and files go, for everybody to read."""

    reason: Annotated[str, Field(max_length=300)] = ""


class WaitingIn(Said):
    """Which saves of the tray."""

    waiting: Numbers


class DroppedOut(Schema):
    """A save that was dropped and can be taken back."""

    id: int
    once: str
    dropped_at: datetime
    paths: list[str]


class DroppedPageOut(Schema):
    """A page of what was dropped lately, the latest first."""

    dropped: list[DroppedOut]
    next: str | None


class SentenceIn(Said):
    """A sentence to lie over saves: some that `waiting` names are told first, others were told."""

    kind: Annotated[str, Field(max_length=40)]
    words: Annotated[str, Field(min_length=1, max_length=200)]
    waiting: Annotated[list[Number], Field(max_length=200)] = []
    over: Annotated[list[Position], Field(max_length=100)] = []


class RehearsalOut(Schema):
    """What goes when the curtain rises: positions that were struck, and what was said of them."""

    struck: list[int]


class AttachmentOut(Schema):
    """A file that came in for a moment: picture, sound or file. Unused it is forgotten in hours."""

    id: int
    what: str
    name: str


class DraftIn(Said):
    """What a draft is to say. `attachments` are numbers of files, in the order they shall stand.

    Those that it has and that are not named go; null leaves all as they are.
    """

    model_config = shown(kind="progress", title="The ribs", body="Steamed, then bent.")

    kind: Annotated[str, Field(max_length=40)] = "progress"
    title: Annotated[str, Field(max_length=200)] = ""
    body: Annotated[str, Field(max_length=20_000)] = ""
    asks: Annotated[str, Field(max_length=40)] = ""
    learnt: Annotated[str, Field(max_length=500)] = ""
    audience: Audience = "public"
    teaser: Annotated[str, Field(max_length=300)] = ""
    attachments: Annotated[list[Number], Field(max_length=20)] | None = None


class PartOut(AttachmentOut):
    """A file that goes with a draft, and words for who cannot see or hear it."""

    words: str


class DraftOut(Schema):
    """A draft. `state` is open, waiting (for a maker's look) or timed (until `due_at`).

    `revision` counts its versions; `word` is what a maker said who gave it back.
    """

    id: str
    state: str
    revision: int
    kind: str
    title: str
    body: str
    asks: str
    learnt: str
    audience: str
    teaser: str
    by: str
    word: str
    kept_at: datetime
    due_at: datetime | None
    attachments: list[PartOut]
    url: str
    is_apart: bool = False


class DraftsOut(Schema):
    """A page of drafts; `next` is what to pass as `after` for the next one, null at the end."""

    drafts: list[DraftOut]
    next: str | None


class HourIn(Said):
    """When something is to be told."""

    due_at: AwareDatetime


class LookIn(Said):
    """Until when a maker's look is waited for at least; null: told as soon as somebody looked."""

    due_at: AwareDatetime | None = None


class RevisionIn(Said):
    """The version that was looked at."""

    revision: Number


class ReturnIn(RevisionIn):
    """The version that was looked at, and the word with which it goes back."""

    word: Annotated[str, Field(min_length=1, max_length=500)]


class WordsIn(Said):
    """A line."""

    words: Annotated[str, Field(max_length=200)] = ""


class PlanIn(Said):
    """When a session is to be, for how many minutes, and what of."""

    model_config = shown(planned_at="2026-12-01T18:00:00+01:00", minutes=60, title="The ribs")

    planned_at: AwareDatetime
    minutes: Annotated[int, Field(ge=5, le=720)] = 60
    title: Annotated[str, Field(min_length=1, max_length=120), LINE]
    about: Annotated[str, Field(max_length=2_000)] = ""


class SessionIn(Said):
    """What one is at, in a line; it may stay empty."""

    words: str = ""


class SessionOut(Schema):
    """A session of live work: announced (`planned_at`, for `minutes`), started, ended, called off.

    `words` say what is being worked at; `about` what an announced one is to be about.
    """

    number: int
    url: str
    title: str
    about: str
    words: str
    planned_at: datetime | None
    minutes: int
    started_at: datetime | None
    ended_at: datetime | None
    called_off_at: datetime | None


class SessionsOut(Schema):
    """The sessions that run or are announced, with the first page, and a page of those over."""

    open: list[SessionOut]
    over: list[SessionOut]
    next: str | None
