"""The reader of whatever no other reader takes: a name and a size."""

from __future__ import annotations

from coulisses_readers.look import Look, Unreadable
from coulisses_readers.registry import Reader


def look(data: bytes, name: str) -> Look:
    """Always Unreadable("binary"): the name and the size are all there is."""
    raise Unreadable("binary")


READER = Reader(name="plain", look=look, rank=100, is_magic=lambda head: True)
