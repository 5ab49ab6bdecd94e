"""What decisions look like to a program."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from coulisses.api.schemas import Said, shown
from coulisses.lib import places

Key = Annotated[str, Field(max_length=3)]


class OptionIn(Said):
    """One thing to choose; `picture` is the place of one that an entry shows (412-0), or empty."""

    words: Annotated[str, Field(max_length=200)]
    picture: Annotated[str, Field(max_length=30)] = ""


class DecisionIn(Said):
    """A question, what there is to choose, and all that holds for the vote; none of it changes.

    `method` is how one chooses: one, several (`most` of them), as many as one likes, by rank, or
    yes or no, which needs no options. `who` may vote; where that is `code`, `code` opens it.
    `shown` says when totals are. Below `quorum` ballots nothing is settled. `audience` is who may
    read it: public, or a circle.
    """

    model_config = shown(
        question="Which colour for the hull?",
        options=[{"words": "Red"}, {"words": "Blue"}],
        closes_at="2026-12-01T18:00:00+01:00",
    )

    question: Annotated[str, Field(max_length=400)]
    closes_at: AwareDatetime
    options: Annotated[list[OptionIn], Field(max_length=12)] = []
    words: Annotated[str, Field(max_length=4_000)] = ""
    method: Literal["single", "several", "approval", "ranked", "yesno"] = "single"
    who: Literal["all", "followers", "members", "code"] = "all"
    shown: Literal["after_vote", "at_end"] = "at_end"
    most: Annotated[int, Field(ge=0, le=12)] = 0
    quorum: Annotated[int, Field(ge=0, le=1_000_000_000)] = 0
    is_changeable: bool = True
    is_binding: bool = True
    code: Annotated[str, Field(max_length=60)] = ""
    audience: Annotated[str, Field(max_length=26)] = "public"


class OptionOut(Schema):
    """One thing to choose, by its key; `count` is null where totals are not shown to who asks."""

    key: str
    words: str
    count: int | None
    is_winner: bool


class DecisionOut(Schema):
    """A decision as whoever asks sees it. `state` is open, counting, closed or withdrawn.

    `turnout` counts ballots, whoever asks. `mine` is what the token's account chose, in order.
    `answer` is what its makers said after the vote, and `chosen` what they do; null before.
    `shown_in` is the entry of the work in which it shows, null where none is said.
    """

    position: int
    question: str
    state: str
    method: str
    who: str
    shown: str
    most: int
    quorum: int
    is_changeable: bool
    is_binding: bool
    audience: str
    opened_at: datetime
    closes_at: datetime
    turnout: int
    options: list[OptionOut]
    mine: list[str]
    answer: str | None
    chosen: list[str]
    shown_in: int | None
    url: str


class DecisionsOut(Schema):
    """A page of decisions, the latest first; `next` is what to pass as `after`, null at the end."""

    decisions: list[DecisionOut]
    next: str | None


class BallotIn(Said):
    """What is chosen, by keys; of a ranked vote in order. Makers read `reason` without a name.

    `code` opens a vote that is for those who have one.
    """

    model_config = shown(chosen=["b"], reason="It is kinder.")

    chosen: Annotated[list[Key], Field(min_length=1, max_length=12)]
    reason: Annotated[str, Field(max_length=600)] = ""
    code: Annotated[str, Field(max_length=60)] = ""


class OutcomeIn(Said):
    """What the makers do after a vote, by keys, and why. What binds is done."""

    model_config = shown(words="Blue it is.", chosen=["b"])

    words: Annotated[str, Field(max_length=4_000)]
    chosen: Annotated[list[Key], Field(max_length=12)] = []


class ShownIn(Said):
    """The entry of the work in which it shows what was decided."""

    model_config = shown(entry=412)

    entry: Annotated[int, Field(ge=1, le=places.GREATEST)]


class WithdrawalIn(Said):
    """Why a question is taken back while it is open; all read it."""

    model_config = shown(reason="The hull is painted already.")

    reason: Annotated[str, Field(max_length=600)]
