"""A file's content, read while it stays the same: its digest, and the very bytes of a digest."""

from __future__ import annotations

import hashlib
import os
import stat as modes
from collections.abc import Iterator
from contextlib import contextmanager

from coulisses_agent.folder import walking
from coulisses_agent.folder.moved import Stamp
from coulisses_readers import sandbox

LARGEST = sandbox.MAX_BYTES  # bytes; of larger files nothing is shown, and only samples are read
_PIECE = 1 << 20
_SAMPLES = 16


class Restless(Exception):
    """The file changed while it was read, or is another one by now."""


def digest(path: bytes, stamp: Stamp) -> bytes:
    """Return 32 bytes that stand for what is in the file at a full path.

    A file larger than LARGEST is known by its size, its date and samples of it: nobody waits until
    an hour of film has been read. Raises Restless unless it is as `stamp` has it, before and after;
    OSError where it can't be read.
    """
    if stamp.is_link:
        return _of_link(os.readlink(path))
    with _opened(path, stamp) as file:
        if stamp.size <= LARGEST:
            return _whole(file)
        about = f"{stamp.size} {stamp.mtime_ns}".encode()
        made = hashlib.blake2b(about, digest_size=32, person=b"samples")
        step = (stamp.size - _PIECE) // (_SAMPLES - 1)
        for number in range(_SAMPLES):
            os.lseek(file, number * step, os.SEEK_SET)
            made.update(os.read(file, _PIECE))
        return made.digest()


def read(path: bytes, stamp: Stamp, wanted: bytes) -> bytes | None:
    """Return exactly the bytes whose digest is wanted, at most LARGEST; None where they are gone.

    Of a link: where it points to.
    """
    try:
        if stamp.is_link:
            data = os.readlink(path)
            return data if _of_link(data) == wanted else None
        if stamp.size > LARGEST:
            return None
        file = _open(path)
        try:
            data = _first(file, stamp.size + 1)
        finally:
            os.close(file)
    except OSError:
        return None
    return data if hashlib.blake2b(data, digest_size=32).digest() == wanted else None


def beginning(path: bytes, most: int) -> bytes:
    """Return the first bytes of a file; none where it can't be read."""
    try:
        file = _open(path)
    except OSError:
        return b""
    try:
        return _first(file, most)
    except OSError:
        return b""
    finally:
        os.close(file)


def _first(file: int, most: int) -> bytes:
    pieces, left = [], most
    while left and (piece := os.read(file, min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _of_link(target: bytes) -> bytes:
    return hashlib.blake2b(target, digest_size=32, person=b"link").digest()


def _whole(file: int) -> bytes:
    made = hashlib.blake2b(digest_size=32)
    while piece := os.read(file, _PIECE):
        made.update(piece)
    return made.digest()


@contextmanager
def _opened(path: bytes, stamp: Stamp) -> Iterator[int]:
    file = _open(path)
    try:
        _require_same(file, stamp)
        yield file
        _require_same(file, stamp)
    finally:
        os.close(file)


def _open(path: bytes) -> int:
    # Whatever has taken the file's place: no link is followed, no pipe waited for.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    return os.open(path, flags | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))


def _require_same(file: int, stamp: Stamp) -> None:
    stat = os.fstat(file)
    if not modes.S_ISREG(stat.st_mode) or walking.of_stat(stat) != stamp:
        raise Restless
