"""Reads what a house has exported, from a folder on this machine."""

import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from coulisses.proof.verifier.house import (
    LINES,
    MOST_OTHER_BYTES,
    NoAnswer,
    later,
    lines,
)

A_PIECE = 64 * 1024  # bytes read at once


class Folder:
    """One project's proof, as files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.address = f"{self.folder.as_uri()}/"

    def vkey(self) -> str:
        """The verifier key."""
        return self._read("proof/vkey").decode(errors="replace").removesuffix("\n")

    def checkpoint(self) -> bytes:
        """The signed checkpoint."""
        return self._read("proof/checkpoint")

    def tile(self, path: str) -> bytes:
        """A tile's bytes."""
        return self._read(f"proof/{path}")

    def entries(self, after: int = 0) -> Iterator[Any]:
        """Every entry after a position, a line at a time in memory."""
        with self._opened(LINES) as file:
            yield from later(lines(iter(partial(file.read, A_PIECE), b"")), after)

    def _read(self, path: str) -> bytes:
        with self._opened(path) as file:
            read = file.read(MOST_OTHER_BYTES + 1)
        if len(read) > MOST_OTHER_BYTES:
            raise NoAnswer(f"{path} has more than {MOST_OTHER_BYTES} bytes.")
        return read

    def _opened(self, path: str) -> BinaryIO:
        try:
            # A pipe that nobody fills is not waited for.
            descriptor = os.open(self.folder / path, os.O_RDONLY | os.O_NONBLOCK)
        except OSError:
            descriptor = -1
        if descriptor >= 0 and stat.S_ISREG(os.fstat(descriptor).st_mode):
            return os.fdopen(descriptor, "rb")
        if descriptor >= 0:
            os.close(descriptor)
        raise NoAnswer(f"{self.folder} holds no file {path} that can be read.")
