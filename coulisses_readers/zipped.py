"""Files that are zip archives inside: one member of them, bounded before it is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib

from coulisses_readers.look import Unreadable

MAGIC = b"PK\x03\x04"
# What one byte may unfold into; deflate can do a thousand, and honest members do far less.
_BOMB_BYTES_A_BYTE = 200


def opened(data: bytes) -> zipfile.ZipFile:
    """The archive, its directory read and nothing unpacked. Raises Unreadable."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise Unreadable("unreadable") from None


def member(archive: zipfile.ZipFile, name: str, *, most: int) -> bytes | None:
    """The bytes of a member, at most `most`; None where there is none of that name.

    Raises Unreadable: "bomb" where it would unfold absurdly, "too_large" or "unreadable".
    """
    try:
        info = archive.getinfo(name)
    except KeyError:
        return None
    if info.file_size > most:
        is_bomb = info.file_size > _BOMB_BYTES_A_BYTE * max(1, info.compress_size)
        raise Unreadable("bomb" if is_bomb else "too_large")
    try:
        with archive.open(info) as unpacked:
            # The directory may say less than there is.
            found = unpacked.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError):
        raise Unreadable("unreadable") from None  # RuntimeError: with a password, or rarely packed
    if len(found) > most:
        raise Unreadable("bomb")
    return found


def is_archive(head: bytes) -> bool:
    """Whether a file of an archive's name that begins like this may be one; "" may be anything."""
    return not head or head.startswith(MAGIC)


def is_called(head: bytes, mime: bytes) -> bool:
    """Whether an archive begins by saying its type, as OpenRaster and OpenDocument have it."""
    return head.startswith(MAGIC) and head[30 : 38 + len(mime)] == b"mimetype" + mime
