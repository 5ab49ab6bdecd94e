"""Looking at files in a limited child process.

A hostile file can at worst end or hang its child: that is noticed, the child is replaced, and the
caller gets `Unreadable(reason)`. The child has a bound on memory and on processor seconds, can
write no file, can open none but fonts, has no network where the system lets a process give it up,
and inherits no environment and no descriptor.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from coulisses_readers import frames, registry
from coulisses_readers.closing import Closing
from coulisses_readers.look import Look, Unreadable

# A file larger than this is not sent to the child: beside its pixels it would not fit.
MAX_BYTES = 128 * 1024 * 1024
_MAX_ANSWER = 32 * 1024 * 1024
_LOOKS_A_CHILD = 500
_SECONDS_TO_START = 60.0
_RESIDENT_A_CHILD = 256 * 1024 * 1024
# How a child ends whose processor time is over; on Windows there is no such end.
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 0) or None
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); from coulisses_readers import child; "
    "child.main(*map(int, sys.argv[2:]))"
)


class Sandbox(Closing):
    """Looks at files, each in one of `children` limited processes; safe to share among threads.

    `seconds` a look may take, by the clock; `memory_mb` a child may use. Children start when first
    needed. Use it in a `with`, or `close` it.
    """

    def __init__(self, *, seconds: float = 20, memory_mb: int = 1024, children: int = 1) -> None:
        self.seconds = seconds
        self.memory_mb = memory_mb
        self._free = threading.Semaphore(children)
        self._lock = threading.Lock()
        self._idle: list[_Child] = []
        self._is_closed = False

    def look(self, source: str | os.PathLike[str] | bytes, name: str) -> Look:
        """What the reader of a file called `name` sees in it, or raises Unreadable.

        `source` is the file's bytes or its path.
        """
        data = source if isinstance(source, bytes) else _read(Path(source))
        head, blobs = self._ask({"ask": "look", "name": name}, [data])
        try:
            return frames.as_look(head, blobs)
        except (KeyError, TypeError, ValueError, IndexError):
            raise Unreadable("unreadable") from None

    def look_or_reason(self, source: str | os.PathLike[str] | bytes, name: str) -> Look:
        """As `look`, but what cannot be read is a plain Look whose facts say the reason."""
        try:
            return self.look(source, name)
        except Unreadable as refusal:
            size = len(source) if isinstance(source, bytes) else _size(Path(source))
            return Look("plain", {"bytes": size, "reason": refusal.reason})

    def compare(self, before: Look | None, after: Look, name: str) -> dict[str, Any]:
        """What changed between two looks at a file called `name`; see `registry.COMPARED`.

        {} where their reader cannot tell, or not within its limits. Raises Unreadable.
        """
        later, shown = frames.of_look(after)
        former, stood = frames.of_look(before) if before else (None, [])
        asked = {"ask": "compare", "name": name, "before": former, "after": later}
        head, _ = self._ask(asked, [*stood, *shown])
        found = head.get("found")
        known = found if isinstance(found, dict) else {}
        return {name: what for name, what in known.items() if name in registry.COMPARED}

    def verify_webp(self, data: bytes) -> tuple[int, int]:
        """Width and height of a preview made elsewhere; raises Unreadable unless it is just that.

        A still WebP of at most 1600 a side and 8 MiB, without any metadata.
        """
        head, _ = self._ask({"ask": "verify_webp"}, [data])
        return int(head["width"]), int(head["height"])

    def verify_mp3(self, data: bytes) -> float:
        """Seconds of a sound made elsewhere; raises Unreadable unless it is just that.

        An MP3 of at most 20 minutes and 20 MiB, without any metadata.
        """
        head, _ = self._ask({"ask": "verify_mp3"}, [data])
        return float(head["seconds"])

    def draw_postcard(
        self, said: Mapping[str, str], fonts: Mapping[str, Sequence[bytes]], shown: bytes | str
    ) -> bytes:
        """A JPEG that stands for a page elsewhere, as `postcard.draw` says. Raises Unreadable."""
        files = list(dict.fromkeys(file for listed in fonts.values() for file in listed))
        places = {name: [files.index(one) for one in listed] for name, listed in fonts.items()}
        asked: dict[str, Any] = {"ask": "postcard", "said": dict(said), "fonts": places}
        if isinstance(shown, str):
            asked["poster"] = shown
        picture = [shown] if isinstance(shown, bytes) else []
        _head, blobs = self._ask(asked, [*picture, *files])
        if len(blobs) != 1:
            raise Unreadable("unreadable")
        return blobs[0]

    def close(self) -> None:
        """End the children; a look under way finishes first in its own thread."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for one in idle:
            one.end()

    def _ask(
        self, request: dict[str, Any], blobs: Sequence[bytes]
    ) -> tuple[dict[str, Any], list[bytes]]:
        if sum(map(len, blobs)) > MAX_BYTES:
            raise Unreadable("too_large")
        with self._free:
            one = self._take()
            try:
                head, found = one.ask(request, blobs, self.seconds)
            except BaseException:
                one.end()
                raise
            self._give_back(one, int(head.get("resident") or 0))
        if "reason" in head:
            raise Unreadable(str(head["reason"]))
        return head, found

    def _take(self) -> _Child:
        with self._lock:
            if self._is_closed:
                raise RuntimeError("this sandbox is closed")
            while self._idle:
                one = self._idle.pop()
                if one.is_alive():
                    return one
                one.end()
        return _Child(self.seconds, self.memory_mb)

    def _give_back(self, one: _Child, resident: int) -> None:
        is_worn = one.looks >= _LOOKS_A_CHILD or resident > _RESIDENT_A_CHILD
        with self._lock:
            if not self._is_closed and not is_worn:
                self._idle.append(one)
                return
        one.end()


class _Child:
    def __init__(self, seconds: float, memory_mb: int) -> None:
        self.looks = 0
        self._folder = tempfile.mkdtemp(prefix="coulisses-look-")
        package = str(Path(__file__).resolve().parent.parent)
        arguments = [package, str(max(1, round(seconds))), str(memory_mb), str(MAX_BYTES)]
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder,
            env=_environment(self._folder),
            # Ctrl-C is for the house, which then ends its children itself.
            start_new_session=True,
        )

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(
        self, request: dict[str, Any], blobs: Sequence[bytes], seconds: float
    ) -> tuple[dict[str, Any], list[bytes]]:
        """One frame there and one back; a child that hangs is killed when its time is over."""
        if not self.looks:
            # Starting is not looking: on a busy machine it may take longer than a look.
            self._exchange(None, (), _SECONDS_TO_START)
        self.looks += 1
        return self._exchange(request, blobs, seconds)

    def _exchange(
        self, request: dict[str, Any] | None, blobs: Sequence[bytes], seconds: float
    ) -> tuple[dict[str, Any], list[bytes]]:
        assert self._process.stdin and self._process.stdout
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._kill()

        clock = threading.Timer(seconds, stop)
        clock.daemon = True
        clock.start()
        try:
            if request is not None:
                frames.write_frame(self._process.stdin, request, blobs)
            return frames.read_frame(self._process.stdout, _MAX_ANSWER)
        except (EOFError, OSError, ValueError, KeyError, TypeError, AttributeError):
            self._kill()
            ended_by = self._process.wait()
            is_late = late.is_set() or ended_by == _OUT_OF_TIME
            raise Unreadable("timeout" if is_late else "unreadable") from None
        finally:
            clock.cancel()

    def _kill(self) -> None:
        # The whole group: nothing that a child may have started outlives it.
        with contextlib.suppress(OSError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()

    def end(self) -> None:
        self._kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if stream:
                    stream.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _environment(folder: str) -> dict[str, str]:
    made = {"PATH": os.defpath, "LANG": "C.UTF-8", "TMPDIR": folder}
    if sys.platform == "win32":
        made["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", "")  # without it no Python starts there
    return made


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError:
        raise Unreadable("unreadable") from None
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large")
    return data
