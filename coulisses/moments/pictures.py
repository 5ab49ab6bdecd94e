"""Pictures of moments: looked at in the limited child, kept as previews; originals are dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from coulisses.lib import ids
from coulisses.lib.refusals import require
from coulisses.lib.text import clean_line
from coulisses.media import store
from coulisses.media.looking import eye
from coulisses.media.models import Preview
from coulisses.moments.refusals import PictureTooLarge, PictureUnknown, PictureUnreadable
from coulisses.projects.models import Project
from coulisses_readers.look import Look, Unreadable

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


def keep(project: Project, uploads: Sequence[Upload], *, alts: Sequence[str] = ()) -> list[Picture]:
    """Keep uploaded pictures as previews, all of them or none; `alts` in the same order.

    Raises PictureTooLarge, PictureUnreadable, naming the file.
    """
    looks = [_look(upload) for upload in uploads]
    words = [*alts, *[""] * len(looks)]
    return [Picture(_kept(project, look), words[index]) for index, look in enumerate(looks)]


def copy(picture: Picture, of: Project, to: Project) -> Picture:
    """Keep a picture's previews in another project too, under a name of its own there."""
    kept = Preview.objects.filter(version__log=of.work, version__name=picture.version)
    rows = list(kept.select_related("version"))
    require(rows, PictureUnknown, version=picture.version)
    shown = {
        one.variant: store.Shown(store.location(one).read_bytes(), one.width, one.height)
        for one in rows
    }
    version = f"upload:{ids.new()}"
    facts = rows[0].version.facts
    store.keep(to.work, version, reader=READER, facts=facts, previews=shown)
    return Picture(version, picture.alt)


def drop(project: Project, pictures: Sequence[Picture]) -> None:
    """Take out pictures that were kept for a moment that was refused."""
    store.shred(project.work, {picture.version for picture in pictures})


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


def _described(picture: Picture, large: Preview) -> dict[str, Any]:
    return {
        "version": picture.version,
        "width": large.width,
        "height": large.height,
        "alt": clean_line(picture.alt)[:LONGEST_ALT],
        "sha256": large.sha256,
    }


def _look(upload: Upload) -> Look:
    name = clean_line(upload.name or "")
    is_small = (upload.size or 0) <= LARGEST
    require(is_small, PictureTooLarge, name=name, mib=LARGEST // (1024 * 1024))
    try:
        look = eye().look(upload.read(), name)
    except Unreadable:
        raise PictureUnreadable(name=name) from None
    require(look.reader == READER, PictureUnreadable, name=name)
    return look


def _kept(project: Project, look: Look) -> str:
    version = f"upload:{ids.new()}"
    previews = {
        variant: store.Shown(preview.bytes, preview.width, preview.height)
        for variant, preview in look.previews.items()
    }
    store.keep(project.work, version, reader=READER, facts=dict(look.facts), previews=previews)
    return version
