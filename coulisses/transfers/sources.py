"""Where an exported project is read from: a folder, or a ZIP that is never unpacked.

Nothing is written by a name that stands in it. What is read is bounded, a link is not followed,
and only plain names below the folder's top are read at all.
"""

import io
import json
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from coulisses.lib.refusals import require
from coulisses.transfers import form
from coulisses.transfers.refusals import FolderDamaged, NoFolderThere, PackedTooTight

PLAIN = re.compile(
    r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}/){0,7}[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}"
)
MOST_JSON = 32 * 1024**2  # bytes of project.json or people.json
MOST_LINE = 1024**2  # bytes of one line
MOST_LINES = 16 * 1024**3  # bytes of one file of lines
MOST_MEMBERS = 4_000_000  # files in a ZIP
A_PIECE = 1024**2
WRONG = (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError)


@dataclass(frozen=True)
class Bounds:
    """How much of a ZIP from a stranger is read: bytes of its directory, bytes that it swells to.

    `swelling` is how many times its own length it may have unpacked.
    """

    directory: int = 24 * 1024**2  # some two hundred thousand files
    unpacked: int = 64 * 1024**3
    swelling: int = 200


class Source(Protocol):
    """Files by their names in the folder."""

    def open(self, name: str) -> IO[bytes]:
        """Open a file; raises one of WRONG where there is none that can be read."""


class Folder:
    """A folder on this machine."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def open(self, name: str) -> IO[bytes]:
        """Open a plain file; nothing on the way to it is a link."""
        *folders, last = name.split("/")
        here = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for folder in folders:
                how = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
                inner = os.open(folder, how, dir_fd=here)
                os.close(here)
                here = inner
            how = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
            file = os.fdopen(os.open(last, how, dir_fd=here), "rb")
        finally:
            os.close(here)
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            file.close()
            raise OSError(name)
        return file


class Packed:
    """A ZIP, with the folder at its top or one below."""

    def __init__(self, packed: zipfile.ZipFile, most: int | None = None) -> None:
        self._packed = packed
        whole = sum(one.file_size for one in packed.infolist())
        require(most is None or whole <= most, PackedTooTight)
        names = packed.namelist()
        tops = [one for one in names if one.count("/") < 2 and one.endswith(form.PROJECT)]
        is_clear = len(names) <= MOST_MEMBERS and len(tops) == 1
        require(is_clear, FolderDamaged, name=form.PROJECT)
        self._top = tops[0].removesuffix(form.PROJECT)

    def open(self, name: str) -> IO[bytes]:
        """Open a member, stored or deflated: other ways may take any memory to unpack."""
        try:
            member = self._packed.getinfo(f"{self._top}{name}")
        except KeyError:
            raise FileNotFoundError(name) from None
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotImplementedError(name)
        return self._packed.open(member)


class _Sparing(io.BufferedReader):
    """A file of which no more than so much is read at once: a ZIP's directory is, whole."""

    most = 0

    def read(self, size: int | None = -1) -> bytes:
        """Read; raises BadZipFile where more is asked for."""
        if size is None or size > self.most:
            raise zipfile.BadZipFile(size)
        return super().read(size)


@dataclass(frozen=True)
class Below:
    """One folder of a source, as a source of its own."""

    source: Source
    folder: str

    def open(self, name: str) -> IO[bytes]:
        """Open a file below it."""
        return self.source.open(f"{self.folder}/{name}")


@contextmanager
def opened(place: Path, *, bounds: Bounds | None = None) -> Iterator[Source]:
    """Open what was exported. Raises NoFolderThere, FolderDamaged, PackedTooTight."""
    if place.is_dir():
        yield Folder(place)
        return
    most = None
    try:
        file = _Sparing(io.FileIO(place))
        file.most = bounds.directory if bounds else MOST_LINES
        if bounds:
            most = min(bounds.unpacked, bounds.swelling * place.stat().st_size)
    except OSError:
        raise NoFolderThere(place=place) from None
    with file:
        try:
            packed = zipfile.ZipFile(file)
        except WRONG:
            raise NoFolderThere(place=place) from None
        with packed:
            yield Packed(packed, most)


def read_json(source: Source, name: str) -> dict[str, Any]:
    """Return what a file of JSON says. Raises FolderDamaged."""
    raw = b"".join(pieces(source, name, most=MOST_JSON))
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError):
        said = None
    require(isinstance(said, dict), FolderDamaged, name=name)
    known: dict[str, Any] = said
    return known


def read_lines(source: Source, name: str) -> Iterator[dict[str, Any]]:
    """Yield what a file says, one object a line. Raises FolderDamaged."""
    rest = b""
    for piece in pieces(source, name, most=MOST_LINES):
        *lines, rest = (rest + piece).split(b"\n")
        require(len(rest) <= MOST_LINE, FolderDamaged, name=name)
        for line in lines:
            yield _object(line, name)
    require(not rest, FolderDamaged, name=name)  # its last line is whole


def pieces(source: Source, name: str, *, most: int) -> Iterator[bytes]:
    """Yield a file's bytes, at most so many. Raises FolderDamaged."""
    require(len(name) < 500 and PLAIN.fullmatch(name), FolderDamaged, name=name[:80])
    read = 0
    try:
        with source.open(name) as file:
            while piece := file.read(A_PIECE):
                read += len(piece)
                require(read <= most, FolderDamaged, name=name)
                yield piece
    except WRONG:
        raise FolderDamaged(name=name) from None


def _object(line: bytes, name: str) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        said = None
    require(isinstance(said, dict), FolderDamaged, name=name)
    known: dict[str, Any] = said
    return known
