"""Pictures of moments: kept as previews, whose originals were dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from coulisses.lib import ids
from coulisses.lib.refusals import require
from coulisses.lib.text import clean_line
from coulisses.media import reading, store
from coulisses.media.models import Preview
from coulisses.moments.refusals import PictureTooLarge, PictureUnknown, PictureUnreadable
from coulisses.projects.models import Project
from coulisses_readers.look import Look

LARGEST = 24 * 1024 * 1024  # bytes of one uploaded file
LONGEST_ALT = 500  # characters
READER = "picture"


class Upload(Protocol):
    """A file on its way in, as Django hands it over."""

    name: str | None
    size: int | None

    def read(self) -> bytes:
        """Return its bytes."""


@dataclass(frozen=True)
class Picture:
    """A kept version to show, and words for who cannot see it."""

    version: str
    alt: str = ""


def keep(project: Project, uploads: Sequence[Upload]) -> list[Picture]:
    """Keep uploaded pictures as previews, all of them or none.

    Raises PictureTooLarge, PictureUnreadable, naming the file.
    """
    return [Picture(_kept(project, look)) for look in [_look(upload) for upload in uploads]]


def described(project: Project, pictures: Sequence[Picture]) -> list[dict[str, Any]]:
    """Return pictures as `moment.told` carries them. Raises PictureUnknown."""
    if not pictures:
        return []
    rows = Preview.objects.filter(
        version__log=project.work,
        version__name__in=[picture.version for picture in pictures],
        variant="large",
    )
    large = {preview.version.name: preview for preview in rows.select_related("version")}
    for picture in pictures:
        require(picture.version in large, PictureUnknown, version=picture.version)
    return [_described(picture, large[picture.version]) for picture in pictures]


def _look(upload: Upload) -> Look:
    name = reading.name_of(upload.name or "")
    is_small = (upload.size or 0) <= LARGEST
    require(is_small, PictureTooLarge, name=name, mib=LARGEST >> 20)
    look = reading.look(upload.read(), name)
    require(look.reader == READER, PictureUnreadable, name=name)
    return look


def _kept(project: Project, look: Look) -> str:
    version, facts = f"upload:{ids.new()}", dict(look.facts)
    store.keep(project.work, version, reader=READER, facts=facts, previews=reading.shown(look))
    return version


def _described(picture: Picture, large: Preview) -> dict[str, Any]:
    return {
        "version": picture.version,
        "width": large.width,
        "height": large.height,
        "alt": clean_line(picture.alt)[:LONGEST_ALT],
        "sha256": large.sha256,
    }
