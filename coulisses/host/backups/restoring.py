"""Making a house's folder from a backup: never over another, and whatever a stranger put into it.

Needs neither Django nor a database. Unpacked beside the wanted folder, compared with the list, and
named last.
"""

import os
import re
import secrets
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import zstandard

from coulisses.host.backups import manifest, targets
from coulisses.host.backups.manifest import Manifest
from coulisses.host.backups.refusals import (
    BackupDamaged,
    HouseThere,
    NoBackupThere,
    NoRoomToRestore,
)
from coulisses.lib.refusals import require

# A database, two keys, and files one or more folders below media: nothing that begins with a dot.
KNOWN = re.compile(
    r"house\.sqlite3|house\.dump|secret\.key|proof\.key|media(?:/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}){1,6}"
)
MOST_FILES = 5_000_000
SPARE = 32 << 20  # bytes of the disk that are left


def restore(
    source: Path, to: Path, *, look: Callable[[Path], None] = lambda _room: None
) -> Manifest:
    """Make the folder `to` from a backup, and return its list; the house is not looked at yet.

    `look` is called with all that was unpacked before it takes its name; where it refuses, nothing
    is left.

    Raises HouseThere, NoBackupThere, BackupDamaged, NoRoomToRestore, OSError.
    """
    source, to = source.expanduser().absolute(), to.expanduser().absolute()
    is_free = not os.path.lexists(to) or (to.is_dir() and not any(to.iterdir()))
    require(is_free, HouseThere, place=to)
    to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    room = to.with_name(f".{to.name}.{secrets.token_hex(4)}{targets.PART}")
    room.mkdir(mode=0o700)
    try:
        made = _Unpacking(room).take(source)
        look(room)
        os.sync()
        if to.exists():
            to.rmdir()
        room.rename(to)
        return made
    except (tarfile.TarError, zstandard.ZstdError, EOFError) as error:
        raise NoBackupThere(place=source, reason=str(error)) from error
    finally:
        shutil.rmtree(room, ignore_errors=True)


class _Unpacking:
    """Takes a backup's files into a folder, and holds them against the list."""

    def __init__(self, room: Path) -> None:
        self._room = room
        self._left = shutil.disk_usage(room).free - SPARE
        self._found: dict[str, manifest.File] = {}
        self._listed: bytes | None = None

    def take(self, source: Path) -> Manifest:
        """Take all of a backup. Raises NoBackupThere, BackupDamaged, NoRoomToRestore."""
        reading = _archive(source) if source.is_file() else _folder(source)
        for name, size, opened in reading:
            with opened as data:
                self._one(name, size, data)
        require(self._listed is not None, NoBackupThere, place=source, reason="no list")
        assert self._listed is not None
        made = manifest.read(self._listed, place=source)
        self._compare(made)
        return made

    def _one(self, name: str, size: int, data: targets.Readable) -> None:
        if name == manifest.NAME:
            require(size <= manifest.LONGEST, BackupDamaged, name=name, reason="too long")
            self._listed = data.read(size)
            return
        require(KNOWN.fullmatch(name) and ".." not in name, BackupDamaged, name=name[:200],
                reason="no name that a backup has")  # fmt: skip
        require(name not in self._found, BackupDamaged, name=name, reason="twice")
        require(len(self._found) < MOST_FILES, BackupDamaged, name=name, reason="too many")
        self._left -= size
        require(self._left > 0, NoRoomToRestore, bytes=size)
        self._found[name] = self._written(name, size, data)

    def _written(self, name: str, size: int, data: targets.Readable) -> manifest.File:
        target = self._room / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as copy:
            written = targets.hashed(_Bounded(data, size), copy)
        require(written.bytes == size, BackupDamaged, name=name, reason="cut off")
        return written

    def _compare(self, made: Manifest) -> None:
        for name in made.files.keys() | self._found.keys():
            listed, found = made.files.get(name), self._found.get(name)
            require(found, BackupDamaged, name=name, reason="missing")
            require(listed, BackupDamaged, name=name, reason="not on its list")
            require(listed == found, BackupDamaged, name=name, reason="changed")


class _Bounded:
    """The first bytes of something that may go on."""

    def __init__(self, data: targets.Readable, size: int) -> None:
        self._data, self._left = data, size

    def read(self, size: int = -1, /) -> bytes:
        """Return the next of them."""
        piece = self._data.read(min(size, self._left) if size >= 0 else self._left)
        self._left -= len(piece)
        return piece


Opened = Iterator[tuple[str, int, "_Opened"]]


class _Opened:
    """A file of a backup, open to be read."""

    def __init__(self, data: BinaryIO | None) -> None:
        self._data = data

    def __enter__(self) -> BinaryIO:
        assert self._data
        return self._data

    def __exit__(self, *_: object) -> None:
        if self._data:
            self._data.close()


def _archive(source: Path) -> Opened:
    """Yield what an archive holds. Raises BackupDamaged where it is no plain file."""
    with _unsqueezed(source) as tar:
        for member in tar:
            require(member.isreg(), BackupDamaged, name=member.name[:200], reason="no plain file")
            yield member.name, member.size, _Opened(tar.extractfile(member))  # type: ignore[arg-type]


@contextmanager
def _unsqueezed(source: Path) -> Iterator[tarfile.TarFile]:
    unsqueezing = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    with (
        source.open("rb") as file,
        unsqueezing.stream_reader(file) as stream,
        tarfile.open(fileobj=stream, mode="r|") as tar,
    ):
        yield tar


def _folder(source: Path) -> Opened:
    """Yield what a folder holds; a link in it is not followed. Raises NoBackupThere."""
    require((source / manifest.NAME).is_file(), NoBackupThere, place=source, reason="no list")
    for folder, inner, names in os.walk(source):
        for name in [*inner, *names]:
            path = Path(folder) / name
            is_plain = not path.is_symlink() and (path.is_file() or path.is_dir())
            said = path.relative_to(source).as_posix()
            require(is_plain, BackupDamaged, name=said, reason="no plain file")
        for name in names:
            path = Path(folder) / name
            data = os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb")
            size = os.fstat(data.fileno()).st_size
            yield path.relative_to(source).as_posix(), size, _Opened(data)
