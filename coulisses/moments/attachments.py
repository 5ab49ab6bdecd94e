"""What comes with a moment: looked at in the limited child and kept as previews, told or forgotten.

A row is written before its previews are, so that none is ever left that nobody knows of.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from coulisses.lib import ids
from coulisses.lib.refusals import require
from coulisses.media import changes, reading, store
from coulisses.media.looking import eye
from coulisses.media.models import Preview, Version
from coulisses.moments.models import Attachment, Draft
from coulisses.moments.pictures import LARGEST, Picture, Upload
from coulisses.moments.refusals import (
    FileTooLarge,
    PictureTooLarge,
    PictureUnknown,
    PictureUnreadable,
    SoundTooLarge,
    SoundTooLong,
    SoundUnreadable,
)
from coulisses.moments.sounds import LONGEST_SECONDS, Sound
from coulisses.projects.models import Project
from coulisses_readers import registry
from coulisses_readers.look import Look, Unreadable

FORGOTTEN_AFTER = timedelta(hours=6)
A_TURN = 50
SLACK = 2.0  # seconds that a recorder may count beyond what it was told

TOO_LARGE = {"picture": PictureTooLarge, "sound": SoundTooLarge, "file": FileTooLarge}
UNREADABLE = {"picture": PictureUnreadable, "sound": SoundUnreadable}


@dataclass(frozen=True)
class Coming:
    """A file on its way in, and what it was offered as: picture, sound or file."""

    upload: Upload
    what: str


@dataclass(frozen=True)
class _Seen:
    name: str
    what: str
    size: int
    look: Look


def take(project: Project, coming: Sequence[Coming], *, at: datetime) -> list[Attachment]:
    """Read files and keep what is shown of them, all or none; they belong to no draft yet.

    Raises PictureTooLarge, PictureUnreadable, SoundTooLarge, SoundTooLong, SoundUnreadable,
    FileTooLarge, UploadHeld, each naming the file.
    """
    seen = [_look(one) for one in coming]
    kept = []
    try:
        for one in seen:
            kept.append(_keep(project, one, at))
    except BaseException:
        forget(kept)
        raise
    return kept


def copied(row: Attachment, to: Project, draft: Draft, *, at: datetime) -> Attachment:
    """Keep an attachment once more, in a project (the same, or another) and for another draft."""
    rows = Preview.objects.filter(version__log=row.project.work, version__name=row.version)
    shown = {
        one.variant: store.Shown(store.kept(one).read(), one.width, one.height)
        for one in rows.filter(variant__in=store.VARIANTS)
    }
    was = Version.objects.filter(log=row.project.work, name=row.version, is_shredded=False).first()
    require(was, PictureUnknown, version=row.version)
    assert was
    version = _named()
    change = {**row.change}
    if change:
        change["after"] = {**change["after"], "version": version}
    made = Attachment.objects.create(
        project=to,
        draft=draft,
        version=version,
        what=row.what,
        name=row.name,
        words=row.words,
        change=change,
        place=row.place,
        kept_at=at,
    )
    store.keep(to.work, version, reader=was.reader, facts=was.facts, previews=shown)
    return made


def told(rows: Iterable[Attachment]) -> dict[str, Any]:
    """Return attachments as `rules.tell` takes them."""
    listed = list(rows)
    heard = next((one for one in listed if one.what == "sound"), None)
    return {
        "pictures": [Picture(one.version, one.words) for one in listed if one.what == "picture"],
        "sound": Sound(heard.version, heard.words) if heard else None,
        "files": [one.change for one in listed if one.what == "file"],
    }


def forget(rows: Sequence[Attachment]) -> None:
    """Let go of attachments and of all that was kept of them."""
    with transaction.atomic():
        for row in rows:
            store.forget(row.project.work, [row.version])
            row.delete()


def forget_old() -> bool:
    """Forget what belongs to no draft for some hours; return whether there may be more."""
    old = timezone.now() - FORGOTTEN_AFTER
    rows = Attachment.objects.filter(draft=None, kept_at__lt=old).select_related("project__work")
    turn = list(rows[:A_TURN])
    forget(turn)
    return len(turn) == A_TURN


def _look(coming: Coming) -> _Seen:
    upload, offered = coming.upload, coming.what
    name = reading.name_of(upload.name or "")
    fits = (upload.size or 0) <= LARGEST
    require(fits, TOO_LARGE[offered], name=name, mib=LARGEST >> 20)
    data = upload.read()
    look = reading.look(data, reading.heard_as(data, name) if offered == "sound" else name)
    if offered in UNREADABLE:
        require(look.reader == offered, UNREADABLE[offered], name=name)
    what = look.reader if look.reader in UNREADABLE else "file"
    if what == "sound":
        seconds = look.facts["seconds"]
        require(seconds <= LONGEST_SECONDS + SLACK, SoundTooLong, minutes=LONGEST_SECONDS // 60)
    reading.require_no_secret(name, look)
    return _Seen(name, what, len(data), look)


def _keep(project: Project, seen: _Seen, at: datetime) -> Attachment:
    version, look = _named(), seen.look
    row = Attachment.objects.create(
        project=project,
        version=version,
        what=seen.what,
        name=seen.name,
        change=_change(version, seen) if seen.what == "file" else {},
        kept_at=at,
    )
    shown = reading.shown(look)
    try:
        store.keep(
            project.work, version, reader=look.reader, facts=dict(look.facts), previews=shown
        )
    except BaseException:
        row.delete()
        raise
    return row


def _change(version: str, seen: _Seen) -> dict[str, Any]:
    """Return a file as entries say it: new, with what its reader says of its beginning."""
    try:
        compared = registry.of_change(eye().compare(None, seen.look, seen.name))
    except Unreadable:
        compared = {}
    said = {
        "path": seen.name,
        "what": "added",
        "reader": seen.look.reader,
        "after": {"version": version, "bytes": seen.size},
        "reason": seen.look.reason,
        **compared,
    }
    return changes.spelled(changes.Change.model_validate(said))


def _named() -> str:
    return f"upload:{ids.new()}"
