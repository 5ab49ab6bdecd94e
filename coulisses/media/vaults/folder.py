"""A vault that is a folder on this machine."""

import contextlib
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from coulisses.media.vaults.kept import Kept, Named, OnDisk

PART = ".part"
STALE = 3600.0  # seconds after which a file half written is nobody's


class Folder:
    """Files below a root, each written beside its place and renamed into it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def write(self, name: str, pieces: Iterable[bytes], *, is_new: bool = False) -> None:
        """Keep a file. Raises FileExistsError, OSError."""
        target = self._place(name)
        half = target.with_name(f"{target.name}.{secrets.token_hex(4)}{PART}")
        try:
            with half.open("wb") as file:
                for piece in pieces:
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            if is_new:
                os.link(half, target)
                half.unlink()
            else:
                half.replace(target)
        except BaseException:  # a full disk, say: what of it was written would only fill it
            half.unlink(missing_ok=True)
            raise

    def take(self, name: str, made: Path) -> None:
        """Move a file into its place."""
        with made.open("rb") as file:
            os.fsync(file.fileno())
        made.replace(self._place(name))

    def kept(self, name: str) -> Kept:
        """Return a file to be sent or read."""
        return OnDisk(self._root / name)

    def remove(self, name: str) -> None:
        """Delete a file, if it is there."""
        (self._root / name).unlink(missing_ok=True)

    def names(self, under: str = "") -> Iterator[Named]:
        """Yield the files below a folder."""
        for folder, _inner, files in os.walk(self._root / under):
            for file in sorted(files):
                path = Path(folder) / file
                if path.suffix == PART or path.is_symlink():
                    continue
                with contextlib.suppress(FileNotFoundError):
                    found = path.stat()
                    name = path.relative_to(self._root).as_posix()
                    yield Named(name, found.st_size, found.st_mtime)

    def local(self, name: str) -> Path:
        """Return the file itself."""
        return self._root / name

    @contextmanager
    def borrowed(self, name: str) -> Iterator[Path]:
        """Give the file itself."""
        yield self._root / name

    def sweep(self) -> None:
        """Take away what was left half written an hour ago, and folders that stand empty."""
        for half in self._root.rglob(f"*{PART}"):
            with contextlib.suppress(OSError):
                if _is_stale(half):
                    half.unlink()
        for folder, _inner, _files in os.walk(self._root, topdown=False):
            with contextlib.suppress(OSError):  # most are not empty
                if Path(folder) != self._root and _is_stale(Path(folder)):
                    os.rmdir(folder)

    def _place(self, name: str) -> Path:
        target = self._root / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return target


def _is_stale(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > STALE
