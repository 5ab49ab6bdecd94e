"""What voices give and are thanked for, and how a room is kept, as a program sees it."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from coulisses.api.schemas import MOST_POSITION, Said, shown

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
    voice, `rules` (markdown) is shown to all.
    """

    model_config = shown(looks_at="newcomers", slow=30, rules="Be *kind*.")

    looks_at: Literal["links", "guests", "newcomers", "everybody"] = "links"
    slow: Annotated[int, Field(ge=0, le=86_400)] = 0
    rules: Annotated[str, Field(max_length=2_000)] = ""


class MannersOut(Schema):
    """How a room is kept, as `MannersIn` has it."""

    looks_at: str
    slow: int
    rules: str


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


class CreditOut(Schema):
    """Somebody in a role; `words` say for what, where a maker wrote it, `url` leads to the act."""

    number: int
    name: str
    words: str
    url: str


class RoleOut(Schema):
    """Those of one role in order of appearance; `next` is what to pass as `after` of the role."""

    role: str
    credits: list[CreditOut]
    next: str | None


class CreditsOut(Schema):
    """Every role that somebody stands in, with the first of them."""

    roles: list[RoleOut]


class ThanksIn(Said):
    """Somebody is thanked by hand, in a role and with a few words for what."""

    model_config = shown(name="Zoë", role="test", words="for a week at sea")

    name: Annotated[str, Field(max_length=60)]
    role: Annotated[str, Field(max_length=12)]
    words: Annotated[str, Field(max_length=200)] = ""


class NamingIn(Said):
    """How whose token it is wishes to be named in this project: by name, an alias, or not."""

    model_config = shown(choice="alias", alias="The cooper")

    choice: Literal["name", "alias", "none"]
    alias: Annotated[str, Field(max_length=60)] = ""


class NamingOut(Schema):
    """How somebody is named; `name` is what holds where they chose nothing."""

    choice: str
    alias: str


class SourceIn(Said):
    """An entry came from what was said at `word` of the room: that shaped, or corrected it."""

    model_config = shown(word=7, how="corrected")

    word: Annotated[int, Field(ge=1, le=MOST_POSITION)]
    how: Literal["shaped", "corrected"]


class PlaceHeldIn(Said):
    """For whose voice a place in the team is held."""

    voice: Annotated[str, Field(pattern=r"^[a-z0-9]{26}$")]
