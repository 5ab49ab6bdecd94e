"""What a feed says, whatever it is spelled in: its head, and items that hold anywhere."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.conf import settings
from django.utils.crypto import salted_hmac

from coulisses.projects.licences import Licence
from coulisses.projects.models import Project, Studio
from coulisses.ui.pictures import Picture

ATOM, JSON = "atom", "json"
MIMES = {ATOM: "application/atom+xml", JSON: "application/feed+json"}

_local = re.compile(r'(href|src)="/')


@dataclass(frozen=True)
class Sound:
    """A sound that can be fetched: address from the house's root, bytes, seconds."""

    path: str
    mime: str
    size: int
    seconds: float


@dataclass(frozen=True)
class Item:
    """An entry of a feed. `html` and addresses are from the house's root; `at` is when it was told.

    `author` is who told it, empty where only the studio is named.
    """

    project: Project
    position: int
    title: str
    html: str
    published: datetime
    updated: datetime
    at: datetime
    topic: str = ""
    author: str = ""
    picture: Picture | None = None
    sounds: Sequence[Sound] = ()

    @property
    def id(self) -> str:
        """Its name for ever, wherever its house stands."""
        return f"{of_project(self.project)}:{self.position}"

    @property
    def path(self) -> str:
        """Its page, from the house's root."""
        return f"{self.project.path}{self.position}"

    def whole(self, base: str) -> str:
        """Return its HTML with addresses that hold anywhere."""
        return _local.sub(rf'\1="{base}/', self.html)


@dataclass(frozen=True)
class Feed:
    """A feed: its head and items, the newest first.

    `here`, `current`, `older`, `newer` are addresses from the house's root without the ending that
    says in what it is spelled; `older` is an archive that stays as it is (RFC 5005, 4). `home` is
    the page for people.
    """

    id: str
    title: str
    home: str
    here: str
    language: str
    items: Sequence[Item]
    updated: datetime
    line: str = ""
    author: str = ""
    licence: Licence | None = None
    licence_words: str = ""
    older: str = ""
    newer: str = ""
    current: str = ""
    is_archive: bool = False
    projects: Sequence[Project] = field(default=())


def of_project(project: Project) -> str:
    """Return a project's name for ever: that of its log."""
    return f"urn:x-coulisses:{project.work_id}"


def of_studio(studio: Studio) -> str:
    """Return a studio's name for ever."""
    return f"urn:x-coulisses:{studio.pk}"


def of_house() -> str:
    """Return the house's name for ever: it follows from the secret that moves with its folder."""
    return f"urn:x-coulisses:{salted_hmac('coulisses.feeds', 'house').hexdigest()[:26]}"


def instant(at: datetime) -> str:
    """Return a time as feeds and maps spell it, to the second: 2026-05-03T12:00:00Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def at(base: str, place: str, form: str) -> str:
    """Return the whole address of a feed's place in one form."""
    return f"{base}{place}.{form}"


def hub() -> str:
    """Return the address of the hub that announces what is new; empty where the house has none."""
    return settings.WEBSUB_HUB if settings.PUBLIC_URL else ""
