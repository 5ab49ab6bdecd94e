"""What owners are told and say: the team, invitations, viewers, tokens."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from coulisses.api.schemas import LINE, Said, shown
from coulisses.api.schemas_stage import StudioOut

Role = Literal["owner", "maker", "contributor"]


class MateOut(Schema):
    """One of the team, by the number of their role."""

    number: int
    name: str
    role: str


class TeamOut(Schema):
    """A page of a studio's team: owners, makers, contributors."""

    team: list[MateOut]
    next: str | None


class RoleIn(Said):
    """Another role."""

    role: Role


class InvitationIn(Said):
    """Whom to invite, in one's own words, and as what."""

    whom: Annotated[str, Field(min_length=1, max_length=200), LINE]
    role: Role = "maker"


class InvitationOut(Schema):
    """An invitation that opens; `url` is the link, shown only when it is made."""

    number: int
    whom: str
    role: str
    until: datetime
    url: str | None = None


class InvitationsOut(Schema):
    """A page of invitations that still open, the newest first."""

    invitations: list[InvitationOut]
    next: int | None


class ViewerIn(Said):
    """Who may watch a rehearsal, in one's own words; `until` null: until the link is closed."""

    label: Annotated[str, Field(min_length=1, max_length=100), LINE]
    until: AwareDatetime | None = None


class ViewerOut(Schema):
    """Who may watch; `url` is the link, shown only when it is made."""

    id: str
    label: str
    until: datetime | None
    last_used_at: datetime | None
    url: str | None = None


class ViewersOut(Schema):
    """A page of whom a rehearsal lets watch, the newest first."""

    viewers: list[ViewerOut]
    next: str | None


class TokenIn(Said):
    """What a token is for, its scopes (not more than the asking token has), and its end."""

    model_config = shown(label="stream deck", scopes=["desk"], until="2027-01-01T00:00:00Z")

    label: Annotated[str, Field(min_length=1, max_length=100), LINE]
    scopes: Annotated[list[Literal["read", "tell", "desk", "manage"]], Field(min_length=1)] = [
        "read",
        "tell",
    ]
    until: AwareDatetime | None = None


class TokenOut(Schema):
    """A token, by a trace of it; `secret` is shown only when it is made."""

    id: str
    label: str
    scopes: list[str]
    by: str
    used_on: date | None
    until: datetime | None
    secret: str | None = None


class TokensOut(Schema):
    """A page of a studio's tokens, the newest first: an owner sees all, others their own."""

    tokens: list[TokenOut]
    next: str | None


class OpenStudioIn(Said):
    """A studio to open: its address in the house, its name, one line about it."""

    model_config = shown(studio="yard", name="Ana’s yard", line="Boats, by hand")

    studio: Annotated[str, Field(min_length=1, max_length=50)]
    name: Annotated[str, Field(min_length=1, max_length=200), LINE]
    line: Annotated[str, Field(max_length=300), LINE] = ""


class StudioMadeOut(StudioOut):
    """A studio that was opened; `secret` is a token of it, shown now and never again."""

    secret: str


class AddressIn(Said):
    """Another address."""

    model_config = shown(address="yard")

    address: Annotated[str, Field(min_length=1, max_length=50)]


class AddressOut(Schema):
    """What stands in an address, and what stood there `earlier` and leads there: nine at most."""

    address: str
    earlier: list[str]
    url: str


class ShiftIn(Said):
    """So many places further down in the studio's order, or up where it is negative."""

    model_config = shown(by=-1)

    by: Annotated[int, Field(ge=-10_000, le=10_000)]


class LetterOut(Schema):
    """A letter to a studio's owners; `address` is where to answer, empty where none was left."""

    number: int
    words: str
    address: str
    told_at: datetime


class LettersOut(Schema):
    """A page of letters that wait to be answered, the newest first."""

    letters: list[LetterOut]
    next: str | None
