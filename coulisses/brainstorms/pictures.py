"""Pictures that go with an idea: decoded by the limited child; only small ones are kept."""

from collections.abc import Mapping
from typing import Any, Protocol

from coulisses.brainstorms.refusals import (
    EnoughPictures,
    NoRoomForPictures,
    PictureTooLarge,
    PictureUnreadable,
)
from coulisses.lib import ids
from coulisses.lib.calm import TooOften
from coulisses.lib.pace import Bucket
from coulisses.lib.refusals import require
from coulisses.media import reading, store
from coulisses.people import rows
from coulisses.projects import room
from coulisses.projects.models import Project

LARGEST = 24 * 1024 * 1024  # bytes
SHARE = 0.75  # of a studio's room: what is left beyond is not for strangers' pictures
A_DAY = 240  # strangers' pictures that are looked at in one brainstorm

strangers = Bucket(A_DAY, each=24 * 3600 / A_DAY)


class Upload(Protocol):
    """A file on its way in, as Django hands it over."""

    name: str | None
    size: int | None

    def read(self) -> bytes:
        """Return its bytes."""


def require_few(project: Project, by: str) -> None:
    """Count a picture of somebody whom the house does not know, before it is decoded.

    Raises NoRoomForPictures, EnoughPictures.
    """
    if rows.known([by]):
        return
    require(room.has_share(project.studio_id, SHARE), NoRoomForPictures)
    try:
        strangers.require(project.pk)
    except TooOften as often:
        raise EnoughPictures(**often.details) from often


def keep(project: Project, given: Upload, alt: str) -> dict[str, Any]:
    """Keep previews of a picture and return it as `idea.thrown` has it.

    Raises PictureTooLarge, PictureUnreadable, UploadHeld, StudioFull.
    """
    name = reading.name_of(given.name or "")
    require((given.size or 0) <= LARGEST, PictureTooLarge, mib=LARGEST >> 20)
    look = reading.look(given.read(), name)
    reading.require_no_secret(name, look)
    require(look.reader == "picture" and "large" in look.previews, PictureUnreadable)
    version = f"idea:{ids.new()}"
    facts, previews = dict(look.facts), reading.shown(look)
    store.keep(project.room, version, reader=look.reader, facts=facts, previews=previews)
    large = store.open_preview(project.room, version, "large")
    size = {"width": large.width, "height": large.height, "sha256": large.sha256}
    return {"version": version, **size, "alt": alt}


def forget(project: Project, kept: Mapping[str, Any]) -> None:
    """Drop a picture that no idea shows."""
    if kept:
        store.forget(project.room, [kept["version"]])
