"""What brainstorms look like to a program."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Query, Schema
from pydantic import Field

from coulisses.api.paging import Placed
from coulisses.api.schemas import MOST_POSITION, Said, shown

Place = Annotated[int, Field(ge=0, le=MOST_POSITION)]


class RulesOut(Schema):
    """The rules of the game: what happens to what is given; `version` counts from 0."""

    version: int
    choice: str
    words: str


class CountsOut(Schema):
    """How many ideas stand for themselves, how many families, who took part, who says they come."""

    ideas: int
    families: int
    voices: int
    coming: int


class BrainstormOut(Schema):
    """A brainstorm as whoever asks sees it.

    `phase` is called, open, throw, gather, vote, settle or ended. It lasts until `ends_at`; null:
    until its host says otherwise. While it `is_stopped` nothing is taken, and `left` are the
    milliseconds that it has when it goes on. In a throwing that `is_silent` ideas are shown when it
    is over; while it `is_closed` none is taken. `who` may come: all, followers, members, or whoever
    has the code. `names` says by which name ideas are thrown: named, nameless, or as who throws
    likes (asked); `who_gathers` ideas: makers, or all. `who_looks` at the wall: all who have its
    address, or those within, who may come; to others `counts` is null. `about` is the address of
    the work that it is about, null for none.

    `state` is rehearsal, coming, on, over, or off: then it is called off, `because`. It begins at
    `starts_at` and lasts about so many `minutes`; what people gave is kept until `keeps_until`.
    `code` leads in; it is empty for whoever is not told it. `exports` is where all take it home
    once it is over, below it as csv, json, md, pdf, png and svg.
    """

    question: str
    line: str
    context: str
    url: str
    wall: str
    about: str | None
    code: str
    exports: str
    state: str
    because: str
    phase: str
    ends_at: datetime | None
    left: int | None
    is_stopped: bool
    is_silent: bool
    is_closed: bool
    is_counted: bool
    who_gathers: str
    who_looks: str
    who: str
    names: str
    dots: int
    youngest: int
    starts_at: datetime | None
    minutes: int
    keeps_until: date | None
    rules: RulesOut
    counts: CountsOut | None


class IdeaOut(Schema):
    """An idea; `by` is empty for somebody who is not named, and a number where all are.

    It `builds_on` another (0: none), is in a `family` (0: in none), and another stands for it that
    says the same (`into`; 0: it stands for itself). `dots` are null until all are counted;
    `my_dots` are those of the token's account. It `is_kept` or not, null while nobody has said so;
    `why`, and who has `taken_by` hand.
    """

    position: int
    words: str
    by: str
    at: datetime
    builds_on: int
    family: int
    into: int
    dots: int | None
    my_dots: int
    is_mine: bool
    is_kept: bool | None
    why: str
    taken_by: str
    picture: str | None
    alt: str
    url: str


class IdeasOut(Schema):
    """A page of ideas; `next` is what to pass as `after`, null at the end."""

    ideas: list[IdeaOut]
    next: str | None


class Narrowed(Placed):
    """Which ideas are read: of one `family` (0: in none), by `order` position or dots."""

    family: int | None = Field(
        None, ge=0, le=MOST_POSITION, description="Of this family alone; 0: in none."
    )
    order: Literal["position", "dots"] = Field(
        "position", description="As they were thrown, or those with the most dots first."
    )


ByWall = Query[Narrowed]


class FamilyOut(Schema):
    """A family by the entry that began it, and how many ideas it holds."""

    position: int
    name: str
    ideas: int


class FamiliesOut(Schema):
    """A page of families, as they were begun; `next` is the next one's `after`, null at the end."""

    families: list[FamilyOut]
    next: int | None


class ThrowIn(Said):
    """An idea, in a sentence; it may take another further. `without_name`: where one may choose."""

    model_config = shown(words="A map of the streets that are empty at five")

    words: Annotated[str, Field(max_length=2_000)]
    builds_on: Place = 0
    without_name: bool = False


class UnheardOut(Schema):
    """What was written in a silent round: it is thrown when that is over."""

    words: str


class LyingOut(Schema):
    """How many dots lie on an idea."""

    position: int
    dots: int


class PurseOut(Schema):
    """How many dots the token's account has left, of how many, and where the others lie."""

    left: int
    most: int
    lying: list[LyingOut]
