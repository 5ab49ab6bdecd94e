"""Long-lived git commands that answer in turn, restarted when a broken object ends them."""

import contextlib
import os
import secrets
import select
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from subprocess import Popen

from coulisses_agent.git import process

# A question is written whole before its answer is read: it has to fit into the smallest pipe.
_SMALLEST_PIPE = 4096
_PATIENCE = 120.0  # seconds without a byte of an answer


class Broken(Exception):
    """Git could not answer for this object, or the answer was beyond all bounds."""


class Dialogue:
    """One running git command, started when first asked; `close` ends it."""

    def __init__(self, stand_in: process.StandIn, *words: str) -> None:
        self._stand_in, self._words = stand_in, words
        self._running: Popen[bytes] | None = None

    def write(self, data: bytes) -> None:
        """Ask; a command that has just died is found out when it is read."""
        if self._running is None:
            self._running = self._stand_in.start(*self._words)
        assert self._running.stdin is not None
        with contextlib.suppress(OSError):
            self._running.stdin.write(data)
            self._running.stdin.flush()

    def read_line(self) -> bytes:
        """Return the answer's next line. Raises Broken when the command has died."""
        assert self._running is not None and self._running.stdout is not None
        line = self._running.stdout.readline(1 << 16)
        if not line.endswith(b"\n"):
            self.close()
            raise Broken
        return line[:-1]

    def read(self, size: int) -> bytes:
        """Return that many bytes of the answer. Raises Broken when the command has died."""
        assert self._running is not None and self._running.stdout is not None
        data = self._running.stdout.read(size)
        if len(data) < size:
            self.close()
            raise Broken
        return data

    def read_some(self) -> bytes:
        """Return what has arrived; nothing when the command has died or thinks for too long.

        What is read so stands in no buffer: the other readings may not be mixed with it.
        """
        assert self._running is not None and self._running.stdout is not None
        return _read_within(self._running, _PATIENCE)

    def close(self) -> None:
        """End the command; the next question starts another."""
        if self._running is not None:
            process.end(self._running)
            self._running = None


if sys.platform == "win32":

    def _read_within(running: Popen[bytes], seconds: float) -> bytes:
        # No pipe can be waited for there: a command that thinks for too long is ended instead.
        clock = threading.Timer(seconds, running.kill)
        clock.daemon = True
        clock.start()
        try:
            return os.read(running.stdout.fileno(), 1 << 18) if running.stdout else b""
        finally:
            clock.cancel()

else:

    def _read_within(running: Popen[bytes], seconds: float) -> bytes:
        pipe = running.stdout.fileno() if running.stdout else -1
        is_ready, _, _ = select.select([pipe], [], [], seconds)
        return os.read(pipe, 1 << 18) if is_ready else b""


class Trees:
    """`git diff-tree --stdin`: what each of many commits changed.

    `diff-tree` echoes a line that isn't a commit, and flushes: a mark of ours after each commit
    tells where its answer ends, whatever its files contain. An answer has `most` bytes at most.
    """

    def __init__(self, stand_in: process.StandIn, *words: str, most: int) -> None:
        options = ("--stdin", "--root", "-r", "-z", "--no-abbrev", "--no-ext-diff", "--no-textconv")
        self._dialogue = Dialogue(stand_in, "diff-tree", *options, *words)
        self._mark = secrets.token_hex(16).encode() + b"\n"
        self._most = most

    def of(self, oids: Iterable[str]) -> Iterator[tuple[str, bytes | None]]:
        """Yield each commit and git's answer; None when git died of it or said too much."""
        waiting = iter(oids)
        while window := list(islice(waiting, _SMALLEST_PIPE // 100)):
            while window:
                for oid, answer in self._ask(window):
                    window = window[1:]
                    yield oid, answer

    def close(self) -> None:
        """End the command."""
        self._dialogue.close()

    def _ask(self, window: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        self._dialogue.write(b"".join(oid.encode() + b"\n" + self._mark for oid in window))
        pending = bytearray()
        for oid in window:
            searched = 0
            while (found := pending.find(self._mark, searched)) < 0:
                searched = max(0, len(pending) - len(self._mark))
                some = self._dialogue.read_some()
                if not some or len(pending) > self._most:
                    self._dialogue.close()
                    yield oid, None
                    return
                pending += some
            answer = bytes(pending[:found])
            del pending[: found + len(self._mark)]
            yield oid, answer


class Blobs:
    """`git cat-file`: sizes of many objects without reading them, and the bytes of one."""

    def __init__(self, stand_in: process.StandIn) -> None:
        self._sizes = Dialogue(stand_in, "cat-file", "--batch-check=%(objectsize)")
        self._bytes = Dialogue(stand_in, "cat-file", "--batch=%(objectsize)")

    def sizes(self, oids: Iterable[str]) -> dict[str, int]:
        """Return the sizes in bytes of those objects that are there."""
        waiting, found = iter(dict.fromkeys(oids)), {}
        while window := list(islice(waiting, _SMALLEST_PIPE // 70)):
            try:
                found.update(self._ask_sizes(window))
            except Broken:
                for oid in window:  # one of them ended the command: ask for each by itself
                    with contextlib.suppress(Broken):
                        found.update(self._ask_sizes([oid]))
        return found

    def read(self, oid: str, *, most: int) -> bytes | None:
        """Return an object's bytes; None when it isn't there, is broken or has more than `most`."""
        if self.sizes([oid]).get(oid, most + 1) > most:
            return None
        try:
            self._bytes.write(oid.encode() + b"\n")
            answer = self._bytes.read_line()
            if not answer.isdigit():
                return None
            return self._bytes.read(int(answer) + 1)[:-1]
        except Broken:
            return None

    def close(self) -> None:
        """End the commands."""
        self._sizes.close()
        self._bytes.close()

    def _ask_sizes(self, window: Sequence[str]) -> dict[str, int]:
        self._sizes.write(b"".join(oid.encode() + b"\n" for oid in window))
        answers = [(oid, self._sizes.read_line()) for oid in window]
        return {oid: int(answer) for oid, answer in answers if answer.isdigit()}
