"""What owners are told and say: the team, invitations, viewers, tokens."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field

from coulisses.api.schemas import LINE, Said, shown

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
