"""What voices give, who comes as a guest, and how a room is kept, as a program sees it."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from coulisses.api.schemas import Said, shown

Reason = Annotated[str, Field(max_length=300)]


class ReasonIn(Said):
    """Why; all can read it among the acts of the room."""

    model_config = shown(reason="It names somebody’s child.")

    reason: Reason


class ClosingIn(Said):
    """Why nothing more is said under an entry; it may be empty."""

    model_config = shown(reason="All is said.")

    reason: Reason = ""


class RestIn(Said):
    """For how many hours whoever said it is asked to say nothing here, 0 for good, and why."""

    model_config = shown(hours=24, reason="Enough for today.")

    hours: Annotated[int, Field(ge=0, le=24 * 366)]
    reason: Reason


class RestingOut(Schema):
    """A voice that is asked to rest; `until` is null for good."""

    voice: str
    name: str
    reason: str
    until: datetime | None
    at: datetime


class RestingsOut(Schema):
    """Who is asked to rest now, the latest first; a hundred at most."""

    resting: list[RestingOut]


class MannersIn(Said):
    """How a room is kept.

    `looks_at` says whose words wait for a look (a newcomer's with a link, guests', of whoever
    speaks for the first time, everybody's), `slow` how many seconds pass between two words of one
    voice, `rules` (markdown) is shown to all. With `established_days` only they speak whose words
    have stood here for so long, or who have shown an address (0: everybody); left out, it stays as
    it is.
    """

    model_config = shown(looks_at="newcomers", slow=30, rules="Be *kind*.")

    looks_at: Literal["links", "guests", "newcomers", "everybody"] = "links"
    slow: Annotated[int, Field(ge=0, le=86_400)] = 0
    rules: Annotated[str, Field(max_length=2_000)] = ""
    established_days: Annotated[int, Field(ge=0, le=365)] | None = None


class MannersOut(Schema):
    """How a room is kept, as `MannersIn` has it."""

    looks_at: str
    slow: int
    rules: str
    established_days: int


class HeldOut(Schema):
    """Words that wait for a look; `cue` is the entry of the work that they speak of."""

    number: int
    by: str
    kind: str
    words: str
    cue: int | None
    pictures: int
    at: datetime


class HeldsOut(Schema):
    """A page of what waits, oldest first; `next` is what to pass as `after`, null at the end."""

    held: list[HeldOut]
    next: str | None


class AppealOut(Schema):
    """An appeal that waits: the act of the room that it is about, its reason, and what is said.

    `may_answer`: whose token asks did not act, and is not who appeals.
    """

    number: int
    act: int
    kind: str
    reason: str
    appeal: str
    at: datetime
    may_answer: bool


class AppealsOut(Schema):
    """The appeals that wait, the oldest first; a hundred at most."""

    appeals: list[AppealOut]


class AppealAnswerIn(Said):
    """What was done is lifted, or stands, and why; all can read it."""

    model_config = shown(outcome="lifted", reason="It was meant kindly.")

    outcome: Literal["lifted", "stands"]
    reason: Reason


class ActOut(Schema):
    """Something done to keep a room: its kind, the words at `about`, the entry at `cue`, and why.

    It never says about whom.
    """

    position: int
    kind: str
    about: int | None
    cue: int | None
    reason: str
    hours: int | None
    at: datetime


class ActsOut(Schema):
    """A page of acts, newest first; `next` is what to pass as `after`, null at the end."""

    acts: list[ActOut]
    next: int | None


class HeardOut(Schema):
    """Where in the room something was said or done, and where one reads it."""

    position: int
    url: str


class WaitsOut(Schema):
    """What waits for a word of the team: `what` it is in words, whose, and where one answers."""

    what: str
    by: str
    words: str
    at: datetime
    url: str


class WaitingOut(Schema):
    """What waits for a word, oldest first; a hundred at most."""

    waiting: list[WaitsOut]


class CheerWordOut(Schema):
    """A word that people give, by its key, and what it says in the language that is asked for."""

    key: str
    says: str


class CheerWordsOut(Schema):
    """The words of a project's cheers, in their order; `are_chosen`: not the house's own."""

    words: list[CheerWordOut]
    are_chosen: bool


class CheerWordsIn(Said):
    """Other words for cheers, six at most; none: the house's own."""

    model_config = shown(words=["courage", "Ahoy"])

    words: Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=20)]


class CheersOut(Schema):
    """What was given to an entry, by the key of the word: how often.

    Of a doubt or a failure it `is_silent`: `counts` is empty, `words` say which there are, and
    `names` a few of those who gave them. `mine` are the words of whose token asks.
    """

    is_silent: bool
    counts: dict[str, int]
    words: list[str]
    names: list[str]
    mine: list[str]


class GuestOut(Schema):
    """Somebody without an account who gave something; `is_verified`: known to be a person."""

    voice: str
    name: str
    is_verified: bool
    came_at: datetime


class GuestsOut(Schema):
    """Who came last, fifty at most."""

    guests: list[GuestOut]


class JoinCodeOut(Schema):
    """Six letters that lead to a project, and the address at which they are said."""

    code: str
    url: str


class TermsIn(Said):
    """What happens to what is given: one of the house's sentences, or the team's `own` words."""

    model_config = shown(choice="own", words="Yours, and ours to sing.")

    choice: Literal["stays", "asks", "free", "own"]
    words: Annotated[str, Field(max_length=300)] = ""


class TermsOut(Schema):
    """What is said now of what is given; version 0 is the house's neutral line."""

    version: int
    choice: str
    words: str
