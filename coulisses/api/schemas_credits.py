"""What credits look like to a program."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from coulisses.api.schemas import MOST_POSITION, Said, shown


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
