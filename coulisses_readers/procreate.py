"""The reader of Procreate's pictures: the thumbnail that it keeps for the files' own list."""

from __future__ import annotations

from coulisses_readers import repainted, within, zipped
from coulisses_readers.look import Look
from coulisses_readers.registry import Reader

_WHOLES = ("QuickLook/Thumbnail.png", "QuickLook/Preview.png")


def look(data: bytes, name: str) -> Look:
    """As of every picture; width and height are the thumbnail's."""
    return within.look(data, _WHOLES, "procreate")


READER = Reader(
    name="picture",
    look=look,
    rank=10,
    suffixes=frozenset({".procreate"}),
    is_fit=zipped.may_be_zip,
    compare=repainted.compare,
)
