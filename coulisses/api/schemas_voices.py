"""What voices say, as a program sees it."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from coulisses.api.schemas import MOST_POSITION, Said, shown


class SpotIn(Said):
    """A place in a file that an entry shows, by its number there from 0.

    `x` and `y` are thousandths of a picture, `second` is of a sound, `line` of what changed.
    """

    file: Annotated[int, Field(ge=0, le=10_000)]
    x: Annotated[int, Field(ge=0, le=1_000)] | None = None
    y: Annotated[int, Field(ge=0, le=1_000)] | None = None
    second: Annotated[int, Field(ge=0, le=86_400)] | None = None
    line: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


class SayIn(Said):
    """Words under an entry: markdown. `to` is any word of the thread that they answer in, or 0."""

    model_config = shown(words="It is **oak**.", to=7)

    words: Annotated[str, Field(max_length=5_000)]
    to: Annotated[int, Field(ge=0, le=MOST_POSITION)] = 0
    at: SpotIn | None = None


class ShowIn(Said):
    """What goes with a file: words or none, and the thread that it answers in, or 0.

    The file itself is the part `file`. `what` it is: an attempt of one's own, a picture (`alt`
    says what is on it), or a sound note.
    """

    what: Literal["attempt", "picture", "sound"] = "attempt"
    alt: Annotated[str, Field(max_length=500)] = ""
    words: Annotated[str, Field(max_length=5_000)] = ""
    to: Annotated[int, Field(ge=0, le=MOST_POSITION)] = 0


class AmendIn(Said):
    """Other words for what one said; the old ones stay one step away."""

    model_config = shown(words="It is old oak.")

    words: Annotated[str, Field(max_length=5_000)]


class ShownOut(Schema):
    """A picture, an attempt or a sound that came with words; `url` is where its bytes are."""

    name: str
    alt: str
    width: int
    height: int
    url: str


class WordOut(Schema):
    """Something a voice said, at `position` in the room, under the entry at `cue` of the work.

    `thread` is the first word of its thread, `to` the same in an answer and 0 in a first.
    `state` is said, hidden (`reason` says why; its words are empty but for the team) or gone.
    `at` is a place in a file that the entry shows, or nothing. `earlier` are its words before it
    was said anew, oldest first: they stand where one word is read alone, and else are null.
    """

    position: int
    cue: int
    thread: int
    to: int
    words: str
    by: str
    is_maker: bool
    state: Literal["said", "hidden", "gone"]
    reason: str
    is_anew: bool
    at: dict[str, int]
    pictures: list[ShownOut]
    attempt: ShownOut | None
    sound: ShownOut | None
    told_at: datetime
    url: str
    earlier: list[str] | None = None


class WordsOut(Schema):
    """A page of what was said, oldest first; `next` is what to pass as `after`, null at the end."""

    voices: list[WordOut]
    next: int | None
