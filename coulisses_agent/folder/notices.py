"""What the system says has moved in a folder: a hint where to look, never the truth itself.

Linux is asked folder by folder, so that what is ignored costs nothing; names come in any encoding.
Other systems are asked for the whole tree at once, which they do cheaply.
"""

from __future__ import annotations

import errno
import os
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Protocol

import watchfiles

from coulisses_agent.speech import gettext as _

_SLICE = 0.5  # seconds; how soon an end is noticed while nothing happens
_STEP = 100  # milliseconds of one question to watchfiles
_GATHERED = 50  # milliseconds in which notices of one save come together


class NoNotices(Exception):
    """The system grants no (more) notices; `why` says so to a person."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass
class Heard:
    """Paths within the folder at which something happened; `is_lossy` where more may have."""

    paths: set[bytes] = field(default_factory=set)
    is_lossy: bool = False


class Notices(Protocol):
    """Where notices come from. Paths are relative to the root."""

    def watch(self, folder: bytes) -> None:
        """Hear of what happens directly in a folder from now on. Raises NoNotices."""

    def leave(self, folder: bytes) -> None:
        """Hear no more of a folder and of all below it."""

    def wait(self, seconds: float, ending: threading.Event) -> Heard:
        """Wait for notices, not longer than this, nor long after `ending` is set."""

    def close(self) -> None:
        """Ask for nothing any more."""


def of(root: bytes) -> Notices:
    """Return the system's notices of a folder. Raises NoNotices."""
    return ByFolder(root) if sys.platform == "linux" else Whole(root)


class Silent:
    """No notices at all: whoever follows has to look."""

    def watch(self, folder: bytes) -> None:
        """Do nothing."""

    def leave(self, folder: bytes) -> None:
        """Do nothing."""

    def wait(self, seconds: float, ending: threading.Event) -> Heard:
        """Wait, and hear nothing."""
        ending.wait(min(seconds, _SLICE))
        return Heard()

    def close(self) -> None:
        """Do nothing."""


class ByFolder:
    """Linux's inotify, one watch a folder."""

    def __init__(self, root: bytes) -> None:
        from inotify_simple import INotify, flags

        self._root = root
        self._folders: dict[int, bytes] = {}
        self._watches: dict[bytes, int] = {}
        self._flags = flags
        self._mask = (
            *(flags.CREATE, flags.MODIFY, flags.CLOSE_WRITE, flags.ATTRIB, flags.DELETE),
            *(flags.MOVED_FROM, flags.MOVED_TO, flags.ONLYDIR, flags.DONT_FOLLOW),
            flags.EXCL_UNLINK,
        )
        try:
            self._system: Any = INotify(nonblocking=True)
        except OSError as error:
            raise NoNotices(_why(error)) from error

    def watch(self, folder: bytes) -> None:
        """Hear of what happens directly in a folder from now on. Raises NoNotices."""
        try:
            path = os.path.join(self._root, folder)
            watch = self._system.add_watch(path, sum(self._mask))
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EMFILE, errno.ENOMEM):
                raise NoNotices(_why(error)) from error
            return  # it has gone again, or nobody may look into it
        # A folder that was moved keeps its watch: it is called otherwise from now on.
        self._forget(watch)
        self._folders[watch], self._watches[folder] = folder, watch

    def leave(self, folder: bytes) -> None:
        """Hear no more of a folder and of all below it."""
        below = folder + b"/"
        for path in [path for path in self._watches if path == folder or path.startswith(below)]:
            watch = self._watches[path]
            self._forget(watch)
            try:
                self._system.rm_watch(watch)
            except OSError:
                continue  # the folder is no more, nor is the watch

    def wait(self, seconds: float, ending: threading.Event) -> Heard:
        """Wait for notices, not longer than this, nor long after `ending` is set."""
        heard = Heard()
        timeout = 0 if ending.is_set() else int(min(seconds, _SLICE) * 1000)
        for watch, mask, _cookie, name in self._system.read(timeout, _GATHERED):
            if mask & self._flags.Q_OVERFLOW:
                heard.is_lossy = True
            elif mask & self._flags.IGNORED:
                self._forget(watch)
            elif name and (folder := self._folders.get(watch)) is not None:
                heard.paths.add(os.path.join(folder, os.fsencode(name)))
        return heard

    def close(self) -> None:
        """Ask for nothing any more."""
        self._system.close()

    def _forget(self, watch: int) -> None:
        path = self._folders.pop(watch, None)
        if path is not None and self._watches.get(path) == watch:
            del self._watches[path]


class Whole:
    """The notices of the whole tree that macOS and Windows give, through watchfiles."""

    def __init__(self, root: bytes) -> None:
        self._start_of_path = len(os.path.join(root, b""))
        self._root = os.fsdecode(root)
        self._ending = threading.Event()
        self._early: set[str] = set()
        self._start()

    def watch(self, folder: bytes) -> None:
        """Do nothing: all is watched."""

    def leave(self, folder: bytes) -> None:
        """Do nothing."""

    def wait(self, seconds: float, ending: threading.Event) -> Heard:
        """Wait for notices, about as long as asked, nor long after `ending` is set."""
        heard = Heard({self._within(path) for path in self._early})
        self._early = set()
        until = time.monotonic() + min(seconds, _SLICE)
        while not heard.paths and not ending.is_set() and time.monotonic() < until:
            try:
                heard.paths |= {self._within(path) for _change, path in next(self._notices)}
            except (RuntimeError, StopIteration):
                # It met a name that it can't read, and says nothing any more.
                self._start()
                return Heard(is_lossy=True)
        heard.paths.discard(b"")
        return heard

    def close(self) -> None:
        """Ask for nothing any more."""
        self._ending.set()
        self._notices.close()

    def _within(self, path: str) -> bytes:
        return os.fsencode(path)[self._start_of_path :].replace(os.fsencode(os.sep), b"/")

    def _start(self) -> None:
        self._notices = watchfiles.watch(
            self._root,
            watch_filter=None,
            step=_GATHERED,
            debounce=500,
            rust_timeout=_STEP,
            yield_on_timeout=True,
            stop_event=self._ending,
            raise_interrupt=False,
            ignore_permission_denied=True,
        )
        try:
            # Only the first question makes it begin.
            self._early = {path for _change, path in next(self._notices)}
        except (OSError, RuntimeError, StopIteration) as error:
            raise NoNotices(str(error)) from error


def _why(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return _("the system watches no more folders: fs.inotify.max_user_watches")
    if error.errno == errno.EMFILE:
        return _("too many programs watch folders: fs.inotify.max_user_instances")
    return str(error.strerror)
