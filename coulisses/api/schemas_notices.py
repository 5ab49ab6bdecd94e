"""What is said and answered of notices."""

from datetime import datetime, time
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from coulisses.api.schemas import Said, shown


class NoticeOut(Schema):
    """An entry that concerns one: why, what was said, where it leads. `thread` can be muted."""

    number: int
    sentence: str
    words: str
    at: datetime
    is_read: bool
    thread: str
    url: str


class NoticesOut(Schema):
    """A page of notices, the newest first."""

    notices: list[NoticeOut]
    next: str | None


class ChoiceIn(Said):
    """How one is told. Quiet hours are on the clocks of `zone` (empty: the house's)."""

    model_config = shown(
        mail="daily", quiet_from="22:00", quiet_until="07:30", zone="Europe/Paris", language="fr"
    )

    mail: Literal["at_once", "bundled", "daily", "none"] = "bundled"
    quiet_from: time | None = None
    quiet_until: time | None = None
    zone: Annotated[str, Field(max_length=64)] = ""
    language: Literal["en", "fr"] = "en"


class ChoiceOut(Schema):
    """How one is told; `language` is empty where none was chosen."""

    mail: str
    quiet_from: time | None
    quiet_until: time | None
    zone: str
    language: str


class MutedOut(Schema):
    """A thread of which one is told nothing."""

    number: int
    studio: str
    project: str
    thread: str
    at: datetime
    url: str


class MutedListOut(Schema):
    """Which threads one has muted, the latest first."""

    muted: list[MutedOut]
