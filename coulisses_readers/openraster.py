"""The reader of layered pictures by Krita and of OpenRaster: the whole that is kept beside."""

from __future__ import annotations

from coulisses_readers import repainted, within, zipped
from coulisses_readers.look import Look
from coulisses_readers.registry import Reader

_FORMS = {b"application/x-krita": "kra", b"image/openraster": "ora"}
_WHOLES = ("mergedimage.png", "Thumbnails/thumbnail.png", "preview.png")


def look(data: bytes, name: str) -> Look:
    """As of every picture: the merged one, or where that is too large its thumbnail."""
    named = "kra" if name.lower().endswith(("kra", "krz")) else "ora"
    told = (form for mime, form in _FORMS.items() if zipped.is_called(data[:100], mime))
    return within.look(data, _WHOLES, next(told, named))


def _is_magic(head: bytes) -> bool:
    return any(zipped.is_called(head, mime) for mime in _FORMS)


READER = Reader(
    name="picture",
    look=look,
    rank=10,
    suffixes=frozenset({".kra", ".krz", ".ora"}),
    is_magic=_is_magic,
    is_fit=zipped.may_be_zip,
    compare=repainted.compare,
)
