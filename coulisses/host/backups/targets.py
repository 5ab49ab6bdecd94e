"""Where a backup is written to: a folder or an archive, whole or not there at all.

Both are written under a hidden name beside the wanted one, brought to the disk, and take their name
last: who dies in between leaves nothing that looks like a backup.
"""

import contextlib
import hashlib
import io
import os
import secrets
import shutil
import tarfile
import time
from pathlib import Path
from typing import BinaryIO, Protocol

import zstandard

from coulisses.host.backups import manifest
from coulisses.host.backups.manifest import File
from coulisses.host.backups.refusals import BackupExists, NoBackupThere
from coulisses.lib.refusals import require

ARCHIVE = ".tar.zst"
PART = ".part"
STALE = 24 * 3600.0  # seconds after which what has no name yet is nobody's
PIECE = 1 << 20  # bytes


class Readable(Protocol):
    """Something to be read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes."""


class Target(Protocol):
    """Takes a backup's files; `end` gives it its name."""

    room: Path

    def add(self, name: str, source: Path) -> File:
        """Take a file in. Raises FileNotFoundError where it has gone."""

    def end(self, listed: bytes) -> None:
        """Add the list, and take the final name. Raises BackupExists."""


def begin(to: Path, *, former: Path | None = None) -> Target:
    """Return a target with a `room` of its own beside `to`. Raises BackupExists, OSError.

    A folder shares with the `former` one the files that both have, by hard links.
    """
    require(not os.path.lexists(to), BackupExists, place=to)
    sweep(to.parent)
    room = to.with_name(f".{to.name}.{secrets.token_hex(4)}{PART}")
    room.mkdir(mode=0o700)
    return Archive(to, room) if is_archive(to) else Folder(to, room, former)


def is_archive(path: Path) -> bool:
    """Return whether a backup of that name is one file."""
    return path.name.endswith(ARCHIVE)


def abandon(target: Target) -> None:
    """Take away what was written of a backup that came to nothing."""
    shutil.rmtree(target.room, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Take away what makers of backups left that died a day ago."""
    for left in folder.glob(f".*{PART}"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > STALE:
                shutil.rmtree(left, ignore_errors=True)


class Folder:
    """A backup that is a folder, as the house's own is."""

    def __init__(self, to: Path, room: Path, former: Path | None) -> None:
        self.room = room
        self._to = to
        self._former, self._shared = former, _listed(former)

    def add(self, name: str, source: Path) -> File:
        """Copy a file, or link to the former backup's; one that stands here already is kept."""
        target = self.room / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        shared = self._shared.get(name)
        if self._former and shared and source.stat().st_size == shared.bytes:
            with contextlib.suppress(OSError):  # another disk, or a link too many: copy it
                os.link(self._former / name, target)
                return shared
        with source.open("rb") as data:
            if source == target:
                return hashed(data, None)
            with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as copy:
                return hashed(data, copy)

    def end(self, listed: bytes) -> None:
        """Write the list and take the name."""
        (self.room / manifest.NAME).write_bytes(listed)
        os.sync()
        require(not os.path.lexists(self._to), BackupExists, place=self._to)
        self.room.rename(self._to)
        _bring_home(self._to.parent)


class Archive:
    """A backup that is one file: a tar, compressed by zstd."""

    def __init__(self, to: Path, room: Path) -> None:
        self.room = room
        self._to, self._half = to, room / f"archive{PART}"
        descriptor = os.open(self._half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        self._file = os.fdopen(descriptor, "wb")
        # Pictures and sounds are compressed already: a low level is as good as a high one.
        self._squeezed = zstandard.ZstdCompressor(level=3).stream_writer(self._file, closefd=False)
        self._tar = tarfile.TarFile.open(fileobj=self._squeezed, mode="w|")

    def add(self, name: str, source: Path) -> File:
        """Take a file in, as long as it is when it is opened."""
        with source.open("rb") as data:
            reading = _Reading(data)
            self._put(name, os.fstat(data.fileno()).st_size, reading)
            return File(reading.bytes, reading.made.hexdigest())

    def end(self, listed: bytes) -> None:
        """Add the list, close and take the name."""
        self._put(manifest.NAME, len(listed), io.BytesIO(listed))
        self._tar.close()
        self._squeezed.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        try:
            os.link(self._half, self._to)
        except FileExistsError:
            raise BackupExists(place=self._to) from None
        _bring_home(self._to.parent)
        shutil.rmtree(self.room, ignore_errors=True)

    def _put(self, name: str, size: int, data: "io.BytesIO | _Reading") -> None:
        told = tarfile.TarInfo(name)
        told.size, told.mode = size, 0o600
        self._tar.addfile(told, data)


class _Reading:
    """A file that is hashed while it is read."""

    def __init__(self, data: Readable) -> None:
        self._data = data
        self.bytes, self.made = 0, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        piece = self._data.read(size)
        self.bytes += len(piece)
        self.made.update(piece)
        return piece


def hashed(data: Readable, copy: BinaryIO | None) -> File:
    """Read to the end, into `copy` where there is one; return how much that was, and its hash."""
    reading = _Reading(data)
    while piece := reading.read(PIECE):
        if copy:
            copy.write(piece)
    return File(reading.bytes, reading.made.hexdigest())


def _listed(former: Path | None) -> dict[str, File]:
    """Return what a former backup that is a folder holds; nothing where it cannot be read."""
    if former is None or is_archive(former):
        return {}
    try:
        known = manifest.read((former / manifest.NAME).read_bytes(), place=former)
    except (OSError, NoBackupThere):
        return {}
    return {name: one for name, one in known.files.items() if name.startswith("media/")}


def _bring_home(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
