"""What is said and answered of those who watch: following, figures, webhooks."""

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from coulisses.api.schemas import LINE, Said, shown
from coulisses.api.schemas_stage import Topic


class FollowIn(Said):
    """How often one is written to at most, and in which language."""

    rhythm: Literal["each", "daily", "weekly"] = "daily"
    language: Literal["en", "fr"] = "en"


class FollowedOut(Schema):
    """A work that one is written to about."""

    studio: str
    project: str
    title: str
    url: str
    rhythm: str
    language: str
    asked_at: datetime


class FollowingOut(Schema):
    """A page of what one follows, the newest first."""

    following: list[FollowedOut]
    next: str | None


class ReadDayOut(Schema):
    """A day of a project's being read."""

    on: date
    visits: int
    reads: int


class SourceOut(Schema):
    """A site that readers came from; empty for none, `*` for all further ones."""

    host: str
    visits: int


class ReadOut(Schema):
    """How an entry's own page was read (the stage: 0); `seconds` null where too few say it."""

    position: int
    words: str
    reads: int
    seconds: int | None
    url: str


class FollowersOut(Schema):
    """How many follow, and by what."""

    by: str
    count: int


class FiguresOut(Schema):
    """How a project was read: in all, by day, from where, what; `peak` watched live at once."""

    visits: int
    reads: int
    peak: int
    days: list[ReadDayOut]
    sources: list[SourceOut]
    entries: list[ReadOut]
    followed: list[FollowersOut]


class WebhookIn(Said):
    """Where a project is to speak to, in which form, and of what; `course` is its curtain."""

    model_config = shown(address="http://example.org/hears", form="coulisses", topics=["milestone"])

    address: Annotated[str, Field(min_length=1, max_length=2_000)]
    form: Literal["coulisses", "discord", "slack", "mattermost"] = "coulisses"
    label: Annotated[str, Field(max_length=100), LINE] = ""
    topics: Annotated[list[Topic | Literal["course"]], Field(min_length=1, max_length=20)]


class WebhookOut(Schema):
    """A webhook; of its address only the host is said. `trouble` names what paused it."""

    id: str
    host: str
    form: str
    label: str
    topics: list[str]
    made_at: datetime
    paused_at: datetime | None
    failing_since: datetime | None
    trouble: str


class WebhookMadeOut(WebhookOut):
    """A webhook with what signs it: null where the other side checks no signature."""

    secret: str | None


class WebhooksOut(Schema):
    """Where a project speaks to."""

    webhooks: list[WebhookOut]


class DeliveryOut(Schema):
    """One entry on its way: `end` is empty until it was `taken`, `given-up` or is `gone`."""

    position: int
    made_at: datetime
    due_at: datetime
    tries: int
    status: int | None
    trouble: str
    end: str
    ended_at: datetime | None


class DeliveriesOut(Schema):
    """A page of deliveries, the latest first."""

    deliveries: list[DeliveryOut]
    next: str | None
