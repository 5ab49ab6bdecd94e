"""Pictures, sounds and attempts that go with what a voice says: decoded by the limited child.

What is kept of them is small, stands beside the room's log and counts in the studio's room; the
files themselves are dropped.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from coulisses.lib import ids
from coulisses.lib.calm import TooOften
from coulisses.lib.pace import Bucket
from coulisses.lib.refusals import require
from coulisses.media import reading, store
from coulisses.people import rows
from coulisses.projects import room
from coulisses.projects.models import Project
from coulisses.voices.refusals import (
    AttemptUnreadable,
    EnoughOfStrangers,
    NoRoomForStrangers,
    NoteTooLong,
    NoteUnreadable,
    ShownTooLarge,
    ShownUnreadable,
    TooManyShown,
)
from coulisses_readers.look import Look

LARGEST = 24 * 1024 * 1024  # bytes of one file
MOST = 4  # pictures of one word
LONGEST_SECONDS = 5 * 60  # of a sound note
SLACK = 2  # seconds that a recorder may add
SHARE = 0.75  # of a studio's room: what is left beyond is not for strangers' files
A_DAY = 120  # strangers' files that are looked at in one project
VARIANTS = ("large", "sound", "text")  # what an attempt can be looked at by


strangers = Bucket(A_DAY, each=24 * 3600 / A_DAY)


class Upload(Protocol):
    """A file on its way in, as Django hands it over."""

    name: str | None
    size: int | None

    def read(self) -> bytes:
        """Return its bytes."""


@dataclass(frozen=True)
class Uploads:
    """What goes with a word: pictures, with words for each; a file of one's own; a sound note."""

    pictures: Sequence[Upload] = ()
    alts: Sequence[str] = ()
    attempt: Upload | None = None
    sound: Upload | None = None

    def __bool__(self) -> bool:
        return bool(len(self))

    def __len__(self) -> int:
        return len(self.pictures) + bool(self.attempt) + bool(self.sound)


def require_few(project: Project, by: str, given: Uploads) -> None:
    """Count the files of somebody whom the house does not know, before they are decoded.

    A flood of them neither fills the room in which makers work nor keeps the house busy.
    Raises TooManyShown, NoRoomForStrangers, EnoughOfStrangers.
    """
    require(len(given.pictures) <= MOST, TooManyShown, most=MOST)
    if not given or rows.known([by]):
        return
    require(room.has_share(project.studio_id, SHARE), NoRoomForStrangers)
    try:
        for _each in range(len(given)):
            strangers.require(project.pk)
    except TooOften as often:
        raise EnoughOfStrangers(**often.details) from often


def looked_at(given: Uploads) -> list[tuple[str, Look]]:
    """Return what is seen of each file, by its name: the pictures, the attempt, the sound.

    Raises TooManyShown, ShownTooLarge, ShownUnreadable, AttemptUnreadable, NoteUnreadable,
    NoteTooLong, UploadHeld.
    """
    require(len(given.pictures) <= MOST, TooManyShown, most=MOST)
    found = [_look(one) for one in given.pictures]
    for name, look in found:
        require(look.reader == "picture" and "large" in look.previews, ShownUnreadable, name=name)
    if given.attempt:
        name, look = _look(given.attempt)
        require(variants_of(look), AttemptUnreadable, name=name)
        found.append((name, look))
    if given.sound:
        found.append(_heard(given.sound))
    return found


def _heard(upload: Upload) -> tuple[str, Look]:
    name, look = _look(upload, as_sound=True)
    require(look.reader == "sound" and "sound" in look.previews, NoteUnreadable, name=name)
    fits = look.facts["seconds"] <= LONGEST_SECONDS + SLACK
    require(fits, NoteTooLong, minutes=LONGEST_SECONDS // 60)
    return name, look


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


def sound(kept: dict[str, Any]) -> dict[str, str]:
    """Return a kept sound as the log has it."""
    return {key: kept[key] for key in ("version", "sha256")}


def forget(project: Project, kept: Sequence[dict[str, Any]]) -> None:
    """Drop files that nothing said shows."""
    store.forget(project.room, [one["version"] for one in kept])


def variants_of(look: Look) -> list[str]:
    """Return by what a file can be looked at here, the most telling first."""
    return [one for one in VARIANTS if one in look.previews or (one == "text" and look.text)]


def _look(upload: Upload, *, as_sound: bool = False) -> tuple[str, Look]:
    name = reading.name_of(upload.name or "")
    require((upload.size or 0) <= LARGEST, ShownTooLarge, name=name, mib=LARGEST >> 20)
    data = upload.read()
    look = reading.look(data, reading.heard_as(data, name) if as_sound else name)
    reading.require_no_secret(name, look)
    return name, look
