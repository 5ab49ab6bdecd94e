"""Pictures that a program keeps inside its own archive, beside the layers, which stay untouched."""

from __future__ import annotations

from collections.abc import Sequence

from coulisses_readers import surface
from coulisses_readers.look import Look, Unreadable
from coulisses_readers.zipped import Zipped

_MOST = 128 * 1024 * 1024  # bytes of a picture inside


def look(data: bytes, names: Sequence[str], form: str) -> Look:
    """The first of these members that can be shown, as the look at a picture of format `form`.

    Raises Unreadable with the reason of the best of them, or where there is none at all
    "no_composite".
    """
    archive, refusal = Zipped(data), Unreadable("no_composite")
    for name in names:
        try:
            if name in archive:
                picture, facts = surface.opened(archive.read(name, _MOST), ("PNG", "JPEG"))
                return surface.shown(picture, facts | {"format": form}, len(data))
        except Unreadable as reason:
            refusal = refusal if refusal.reason != "no_composite" else reason
    raise refusal
