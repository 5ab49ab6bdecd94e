"""What brainstorms look like to a program."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Query, Schema
from pydantic import Field

from coulisses.api.paging import Placed
from coulisses.api.schemas import MOST_POSITION, Said, shown
from coulisses.api.schemas_desk import Number

A_DAY = 24 * 60  # minutes
MOST = 500  # ideas of one gesture
Ideas = Annotated[list[Number], Field(max_length=MOST)]
Place = Annotated[int, Field(ge=0, le=MOST_POSITION)]
Name = Annotated[str, Field(max_length=80)]


class RulesOut(Schema):
    """The rules of the game: what happens to what is given; `version` counts from 0."""

    version: int
    choice: str
    words: str


class CountsOut(Schema):
    """How many ideas stand for themselves, how many families there are, how many threw or voted."""

    ideas: int
    families: int
    voices: int


class BrainstormOut(Schema):
    """A brainstorm as whoever asks sees it.

    `phase` is called, open, throw, gather, vote, settle or ended. It lasts until `ends_at`; null:
    until its host says otherwise. While it `is_stopped` nothing is taken, and `left` are the
    milliseconds that it has when it goes on. In a throwing that `is_silent` ideas are shown when it
    is over; while it `is_closed` none is taken. `who` may come: all, followers, members, or whoever
    has the code. `names` says by which name ideas are thrown: named, nameless, or as who throws
    likes (asked). `about` is the address of the work that it is about, null for none.
    """

    question: str
    url: str
    wall: str
    about: str | None
    phase: str
    ends_at: datetime | None
    left: int | None
    is_stopped: bool
    is_silent: bool
    is_closed: bool
    is_counted: bool
    who: str
    names: str
    dots: int
    youngest: int
    starts_at: datetime | None
    keeps_until: date | None
    rules: RulesOut
    counts: CountsOut


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
    """A page of families, as they were begun; `next` is what to pass as `after`, null: the end."""

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


class PhaseIn(Said):
    """A phase that begins: the next, a later or an earlier one; without `minutes` it has no end.

    In a throwing that `is_silent` everyone writes before anything is shown.
    """

    model_config = shown(phase="throw", minutes=10)

    phase: Literal["open", "throw", "gather", "vote", "settle"]
    minutes: Annotated[float, Field(gt=0, le=A_DAY)] | None = None
    is_silent: bool = False


class ExtensionIn(Said):
    """How much longer a phase lasts."""

    model_config = shown(minutes=5)

    minutes: Annotated[float, Field(gt=0, le=A_DAY)]


class ScreenIn(Said):
    """What the big screen shows; empty: it follows the course. `idea` is shown where that is so."""

    model_config = shown(show="families")

    show: Literal["", "question", "ideas", "idea", "families", "podium", "black"]
    idea: Place = 0


class DoorsIn(Said):
    """Whether ideas are taken, and whether they wait for a look; what is left out stays."""

    model_config = shown(is_closed=True)

    is_closed: bool | None = None
    looks_first: bool | None = None


class FamilyIn(Said):
    """A family, and the ideas that it begins with."""

    model_config = shown(name="Maps and streets", ideas=[4, 12])

    name: Name
    ideas: Ideas = []


class RenamedIn(Said):
    """What a family is called from now on."""

    model_config = shown(name="Maps")

    name: Name


class JoinedIn(Said):
    """The family into which all ideas of another go; 0: into none."""

    model_config = shown(into=12)

    into: Place = 0


class GatheredIn(Said):
    """Ideas that go into a family; 0: out of any."""

    model_config = shown(ideas=[4, 12], family=20)

    ideas: Ideas
    family: Place = 0


class MergedIn(Said):
    """Ideas for which another stands that says the same; 0: each stands for itself again."""

    model_config = shown(ideas=[12], into=4)

    ideas: Ideas
    into: Place = 0


class ProposedFamilyOut(Schema):
    """Ideas that may belong together, and a name that says why."""

    number: int
    name: str
    ideas: list[int]


class TwinOut(Schema):
    """Two ideas that may say the same, the earlier first."""

    number: int
    ideas: list[int]
    likeness: float


class ProposalsOut(Schema):
    """What is proposed, the first of each; `state` of the look: none, asked, going, done, failed.

    It has looked at `done` of `total`.
    """

    state: str
    done: int
    total: int
    families: list[ProposedFamilyOut]
    twins: list[TwinOut]


class AcceptIn(Said):
    """The name under which a proposed family begins; empty: as it is proposed."""

    model_config = shown(name="Maps")

    name: Name = ""


class TwinIn(Said):
    """Which of two stands for both."""

    model_config = shown(into=4)

    into: Number


class FateIn(Said):
    """What becomes of an idea: it is kept or not, why, and who takes it on."""

    model_config = shown(is_kept=True, words="We can begin on Monday.", taken_by="Bo")

    is_kept: bool
    words: Annotated[str, Field(max_length=2_000)] = ""
    taken_by: Annotated[str, Field(max_length=200)] = ""


class ConclusionOut(Schema):
    """The entry that tells what a brainstorm came to, and the ideas that are kept."""

    position: int
    kept: list[int]
    url: str
