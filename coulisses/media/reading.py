"""Files that come in by themselves, from a phone or a browser: read, searched, shown; not kept."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from coulisses.lib import text
from coulisses.lib.refusals import Refusal, require
from coulisses.media import store
from coulisses.media.looking import eye
from coulisses_readers import secrets
from coulisses_readers.look import Look, Unreadable


class UploadHeld(Refusal):
    """A file is secret by its name, or holds what looks like a key or a password."""

    status = 422
    sentence = _("%(name)s looks as if it held a key or a password, so nothing of it was kept.")


class UploadTooLarge(Refusal):
    """A file is larger than what is read of one."""

    status = 413
    sentence = _("%(name)s is too large: at most %(mib)s MiB.")


def name_of(said: str) -> str:
    """Return a file's name without its folders and without what would deceive in it."""
    return text.clean_path(said.replace("\\", "/").rsplit("/", 1)[-1]).strip() or "file"


def look(data: bytes, name: str) -> Look:
    """Return what a file's reader sees; of one that cannot be read, a plain look with its reason.

    The limited child does the reading.
    """
    try:
        return eye().look(data, name)
    except Unreadable as refusal:
        return Look("plain", {"bytes": len(data), "reason": refusal.reason})


def heard_as(data: bytes, name: str) -> str:
    """Return the name by which a sound is read: some browsers record MP4 under a film's name."""
    return "note.m4a" if data[4:8] == b"ftyp" else name


def require_no_secret(name: str, seen: Look, words: Iterable[str] = ()) -> None:
    """Raise UploadHeld where a file, its name or the words said with it hold a secret."""
    require(not secrets.is_secret_path(name), UploadHeld, name=name)
    lines = [*words, *(seen.text or "").split("\n")]
    require(not secrets.findings(lines, name), UploadHeld, name=name)


def shown(seen: Look) -> dict[str, store.Shown]:
    """Return what is kept of a look, by variant."""
    kept = {
        variant: store.Shown(preview.bytes, preview.width, preview.height)
        for variant, preview in seen.previews.items()
    }
    if seen.text is not None:
        kept["text"] = store.Shown(seen.text.encode())
    return kept
