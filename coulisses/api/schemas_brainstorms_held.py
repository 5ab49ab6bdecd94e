"""What makers' programs say of the brainstorms that they call and hold."""

from datetime import date
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from coulisses.api.schemas import Said, shown
from coulisses.api.schemas_brainstorms import Place
from coulisses.api.schemas_desk import Number

A_DAY = 24 * 60  # minutes
MOST = 500  # ideas of one gesture
Ideas = Annotated[list[Number], Field(max_length=MOST)]
Name = Annotated[str, Field(max_length=80)]


class PlanIn(Said):
    """How a brainstorm is called: its `question`, `context`, hour, who may come, by which rules.

    `about` is the address (within the studio) of the work that it is about. `who` may come, and
    under which `names` ideas are thrown, is as in what is read. `rules` are here, kept, open, or
    own, with `rules_words`; those of any other room (stays, asks, free) are read, and left as they
    are, where they hold. It begins with a silent round where it `is_silent_first`. What people
    give is kept until `keeps_until`. `youngest` is 0, 13, 15, 16 or 18.
    Where it `looks_first`, ideas of all but the team wait for a look. `who_gathers` says whether
    all put ideas together while they are gathered, or makers alone. `who_looks` at the wall: all
    who have its address, or those within, who may come. Empty, it is within for members and for
    whoever has the code, and stays as it was chosen once it was.
    """

    model_config = shown(question="How do we ride when it is dark at five?", minutes=40, dots=5)

    question: Annotated[str, Field(max_length=400)]
    line: Annotated[str, Field(max_length=600)] = ""
    context: Annotated[str, Field(max_length=4_000)] = ""
    language: str = Field("", pattern=r"^([a-z]{2,3}(-[A-Za-z]{2,4})?)?$")
    about: Annotated[str, Field(max_length=100)] = ""
    who: Literal["all", "followers", "members", "code"] = "all"
    names: Literal["named", "asked", "nameless"] = "asked"
    dots: Annotated[int, Field(ge=0, le=1_000)] = 10
    starts_at: AwareDatetime | None = None
    minutes: Annotated[int, Field(ge=0, le=1_000_000)] = 60
    is_silent_first: bool = False
    rules: Literal["here", "kept", "open", "own", "stays", "asks", "free"] = "here"
    rules_words: Annotated[str, Field(max_length=1_000)] = ""
    keeps_until: date | None = None
    youngest: Annotated[int, Field(ge=0, le=150)] = 0
    looks_first: bool = True
    who_gathers: Literal["makers", "all"] = "makers"
    who_looks: Literal["", "all", "within"] = ""


class CalledOffIn(Said):
    """Why it will not be held; it may be empty."""

    model_config = shown(words="There is a storm warning.")

    words: Annotated[str, Field(max_length=1_000)] = ""


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
    """Whether ideas are taken, or wait for a look, and who gathers them; what is left out stays."""

    model_config = shown(is_closed=True)

    is_closed: bool | None = None
    looks_first: bool | None = None
    who_gathers: Literal["makers", "all"] | None = None


class FamilyIn(Said):
    """A family, and the ideas that it begins with."""

    model_config = shown(name="Maps and streets", ideas=[4, 12])

    name: Name
    ideas: Ideas = []


class RenamedIn(Said):
    """What a family is called from now on."""

    model_config = shown(name="Maps")

    name: Name


class NameHiddenIn(Said):
    """What a family is called instead of what others called it, and why: they read that."""

    model_config = shown(name="Maps", reason="It names a neighbour.")

    name: Name
    reason: Annotated[str, Field(max_length=1_000)]


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
