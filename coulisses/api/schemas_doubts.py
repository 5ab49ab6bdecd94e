"""What doubts and leads look like to a program."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from coulisses.api.schemas import MOST_POSITION, Said, shown

Words = Annotated[str, Field(max_length=1_000)]


class LifeIn(Said):
    """What became of a doubt: it was tried, settled, let go, or is open again.

    `settled_by` is the entry that settles it, 0 where words alone do.
    """

    model_config = shown(act="settled", words="It was alone.", settled_by=0)

    act: Literal["tried", "settled", "let_go", "reopened"]
    words: Annotated[str, Field(max_length=500)] = ""
    settled_by: Annotated[int, Field(ge=0, le=MOST_POSITION)] = 0


class DoubtOut(Schema):
    """A doubt that is open. `state` is open or tried, `words` what was said of it last."""

    position: int
    title: str
    asks: str
    state: str
    words: str
    has_leads: bool
    at: datetime
    url: str


class DoubtsOut(Schema):
    """A page of open doubts, oldest first; `next` is what to pass as `after`, null at the end."""

    doubts: list[DoubtOut]
    next: int | None


class WordsIn(Said):
    """An idea, or what takes one further."""

    model_config = shown(words="Ochre beside it.")

    words: Words


class LessonIn(Said):
    """What a failure taught."""

    model_config = shown(words="Glue first.")

    words: Annotated[str, Field(max_length=2_000)]


class AnswerIn(Said):
    """A lead is kept, or put by with a word why."""

    model_config = shown(act="kept", words="Just so.")

    act: Literal["kept", "put_by"]
    words: Words = ""


class LeadOut(Schema):
    """A lead: its place in the room, its words, and `state`: open, kept or put_by."""

    position: int
    words: str
    by: str
    state: str
    at: datetime
    url: str


class LeadsOut(Schema):
    """A page of leads, oldest first; `next` is what to pass as `after`, null at the end."""

    leads: list[LeadOut]
    next: int | None


class LeadAnswered(Schema):
    """Where in the room a lead was answered, and where one reads it."""

    position: int
    url: str
