"""A kept file as it is sent and read: its size, and its bytes or a part of them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Readable(Protocol):
    """Bytes to be read and closed."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, `size` at most."""

    def close(self) -> None:
        """Let go of them."""


class Kept(Protocol):
    """A file of a vault. Raises FileNotFoundError."""

    @property
    def size(self) -> int:
        """Its bytes."""

    def open(self, part: range | None = None) -> Readable:
        """Return its bytes, or those of a part."""

    def read(self) -> bytes:
        """Return all of it."""


@dataclass(frozen=True)
class Named:
    """A file in a list: its name in the vault, its bytes, and when it was kept (Unix time)."""

    name: str
    size: int
    at: float


@dataclass(frozen=True)
class OnDisk:
    """A file on this machine."""

    path: Path

    @property
    def size(self) -> int:
        """Its bytes."""
        return self.path.stat().st_size

    def open(self, part: range | None = None) -> Readable:
        """Return the open file, or a part that ends where it is to end."""
        return self.path.open("rb") if part is None else _Part(self.path, part)

    def read(self) -> bytes:
        """Return all of it."""
        return self.path.read_bytes()


class _Part:
    """A part of a file, that ends where the part does: handed over like a whole one, not copied."""

    def __init__(self, path: Path, part: range) -> None:
        self._file = path.open("rb")
        self._file.seek(part.start)
        self._left = len(part)

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, `size` at most."""
        chunk = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(chunk)
        return chunk

    def close(self) -> None:
        """Close the file."""
        self._file.close()
