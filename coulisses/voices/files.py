"""Pictures that go with what a voice says, and attempts: decoded by the limited child, kept small.

They stand beside the room's log and count in the studio's room; the files themselves are dropped.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from coulisses.lib import ids
from coulisses.lib.refusals import require
from coulisses.media import reading, store
from coulisses.projects.models import Project
from coulisses.voices.refusals import (
    AttemptUnreadable,
    ShownTooLarge,
    ShownUnreadable,
    TooManyShown,
)
from coulisses_readers.look import Look

LARGEST = 24 * 1024 * 1024  # bytes of one file
MOST = 4  # pictures of one word
VARIANTS = ("large", "sound", "text")  # what an attempt can be looked at by


class Upload(Protocol):
    """A file on its way in, as Django hands it over."""

    name: str | None
    size: int | None

    def read(self) -> bytes:
        """Return its bytes."""


def looked_at(pictures: Sequence[Upload], attempt: Upload | None) -> list[tuple[str, Look]]:
    """Return what is seen of each file, by its name; the attempt is the last.

    Raises TooManyShown, ShownTooLarge, ShownUnreadable, AttemptUnreadable, UploadHeld.
    """
    require(len(pictures) <= MOST, TooManyShown, most=MOST)
    found = [_look(one) for one in pictures]
    for name, look in found:
        require(look.reader == "picture" and "large" in look.previews, ShownUnreadable, name=name)
    if attempt:
        name, look = _look(attempt)
        require(variants_of(look), AttemptUnreadable, name=name)
        found.append((name, look))
    return found


def keep(project: Project, looked: Sequence[tuple[str, Look]]) -> list[dict[str, Any]]:
    """Keep previews of files and return each as the log has it. Raises StudioFull."""
    kept: list[dict[str, Any]] = []
    try:
        for name, look in looked:
            version = f"said:{ids.new()}"
            store.keep(
                project.room,
                version,
                reader=look.reader,
                facts=dict(look.facts),
                previews=reading.shown(look),
            )
            kept.append({"version": version, "name": name, "reader": look.reader})
            shown = store.open_preview(project.room, version, variants_of(look)[0])
            kept[-1] |= {"width": shown.width, "height": shown.height, "sha256": shown.sha256}
    except BaseException:
        forget(project, kept)
        raise
    return kept


def picture(kept: dict[str, Any], alt: str) -> dict[str, Any]:
    """Return a kept picture as `moment.told` has them, with words for who cannot see it."""
    return {**{key: kept[key] for key in ("version", "width", "height", "sha256")}, "alt": alt}


def forget(project: Project, kept: Sequence[dict[str, Any]]) -> None:
    """Drop files that nothing said shows."""
    store.forget(project.room, [one["version"] for one in kept])


def variants_of(look: Look) -> list[str]:
    """Return by what a file can be looked at here, the most telling first."""
    return [one for one in VARIANTS if one in look.previews or (one == "text" and look.text)]


def _look(upload: Upload) -> tuple[str, Look]:
    name = reading.name_of(upload.name or "")
    require((upload.size or 0) <= LARGEST, ShownTooLarge, name=name, mib=LARGEST >> 20)
    look = reading.look(upload.read(), name)
    reading.require_no_secret(name, look)
    return name, look
