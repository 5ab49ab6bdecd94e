"""Members of a zip, bounded before they are unpacked; what lies about its size is a bomb."""

from __future__ import annotations

import io
import zipfile
import zlib

from coulisses_readers.look import Unreadable

LARGEST_MEMBER = 64 * 1024 * 1024  # bytes, unpacked
MOST_UNPACKED = 128 * 1024 * 1024  # bytes of all that is read of one file
MOST_MEMBERS = 8_000
# What people write packs to a tenth or a thirtieth; a bomb's emptiness to a thousandth.
_BOMB_RATIO = 250
_HONEST = 1024 * 1024  # bytes under which a ratio says nothing
_LONGEST_DIRECTORY = 2 * 1024 * 1024  # bytes
_MAGIC = b"PK\x03\x04"
_END, _END_SIZE = b"PK\x05\x06", 22
_ENCRYPTED = 1
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Zipped:
    """A zip whose members are read by name. Raises Unreadable: bomb, too_large or unreadable."""

    def __init__(self, data: bytes) -> None:
        _require_short_directory(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
            raise Unreadable("unreadable") from None
        if len(self._zip.namelist()) > MOST_MEMBERS:
            raise Unreadable("bomb")
        self._room = MOST_UNPACKED

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    def read(self, name: str, most: int = LARGEST_MEMBER) -> bytes:
        """One member's bytes, `most` at most; a member that is not there is "unreadable"."""
        info = self._zip.NameToInfo.get(name)
        if info is None or info.flag_bits & _ENCRYPTED or info.compress_type not in _PACKINGS:
            raise Unreadable("unreadable")
        said, most = info.file_size, min(most, self._room)
        ratio = _BOMB_RATIO if said <= most else _BOMB_RATIO / 3
        if said > _HONEST and said > ratio * info.compress_size:
            raise Unreadable("bomb")
        if said > most:
            raise Unreadable("too_large")
        # zipfile stops where the directory says that a member ends: a liar would get away with it.
        info.file_size = most + 1
        try:
            with self._zip.open(info) as member:
                data = member.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError):
            raise Unreadable("unreadable") from None
        finally:
            info.file_size = said
        if len(data) != said:
            raise Unreadable("bomb" if len(data) > said else "unreadable")
        self._room -= said
        return data


def is_zip(head: bytes) -> bool:
    """Whether a file that begins like this is a zip."""
    return head.startswith(_MAGIC)


def may_be_zip(head: bytes) -> bool:
    """Whether a file of a zip's name that begins like this may be one; "" may be anything."""
    return not head or is_zip(head)


def is_called(head: bytes, mime: bytes) -> bool:
    """Whether a zip begins by saying its type, as OpenRaster and OpenDocument have it."""
    return is_zip(head) and head[30 : 38 + len(mime)] == b"mimetype" + mime


def _require_short_directory(data: bytes) -> None:
    # Python reads a zip's whole directory at once, however many names it holds.
    at = data.rfind(_END, max(0, len(data) - _END_SIZE - 0xFFFF))
    if at < 0 or at + _END_SIZE > len(data):
        raise Unreadable("unreadable")
    if int.from_bytes(data[at + 12 : at + 16], "little") > _LONGEST_DIRECTORY:
        raise Unreadable("bomb")
