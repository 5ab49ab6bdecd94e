"""This process's eye: one limited child that decodes what strangers send, kept while it is used."""

import atexit
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from coulisses_readers.look import Look
from coulisses_readers.sandbox import Sandbox

REST = 120.0  # seconds without a look after which the child goes, and its memory with it


class Eye:
    """A Sandbox that is opened when needed and closed after a rest; safe to share among threads."""

    def __init__(self, *, rest: float = REST) -> None:
        self._rest = rest
        self._lock = threading.Lock()
        self._sandbox: Sandbox | None = None
        self._closing: threading.Timer | None = None

    def look(self, data: bytes, name: str) -> Look:
        """Return what the reader of a file called `name` sees in its bytes. Raises Unreadable."""
        return self._opened().look(data, name)

    def compare(self, before: Look | None, after: Look, name: str) -> dict[str, Any]:
        """Return what changed between two looks at one file. Raises Unreadable."""
        return self._opened().compare(before, after, name)

    def verify_webp(self, data: bytes) -> tuple[int, int]:
        """Return width and height of a preview made elsewhere, in pixels. Raises Unreadable."""
        return self._opened().verify_webp(data)

    def verify_mp3(self, data: bytes) -> float:
        """Return the seconds of a sound made elsewhere. Raises Unreadable."""
        return self._opened().verify_mp3(data)

    def draw_postcard(
        self, said: Mapping[str, str], fonts: Mapping[str, Sequence[bytes]], shown: bytes | str
    ) -> bytes:
        """Return a JPEG that stands for a page elsewhere. Raises Unreadable."""
        return self._opened().draw_postcard(said, fonts, shown)

    def close(self) -> None:
        """End the child; the next look starts another."""
        with self._lock:
            sandbox, self._sandbox = self._sandbox, None
        if sandbox:
            sandbox.close()

    def _opened(self) -> Sandbox:
        with self._lock:
            if self._closing:
                self._closing.cancel()
            self._closing = threading.Timer(self._rest, self.close)
            self._closing.daemon = True
            self._closing.start()
            self._sandbox = self._sandbox or Sandbox()
            return self._sandbox


@cache
def eye() -> Eye:
    """Return the one eye of this process."""
    made = Eye()
    atexit.register(made.close)
    return made
