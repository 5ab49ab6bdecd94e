"""What lies in one folder, as the system lists it; nothing is opened and no link is followed."""

from __future__ import annotations

import os
import stat as modes
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from coulisses_agent.folder import memory, never
from coulisses_agent.folder.moved import Stamp
from coulisses_agent.git import names
from coulisses_agent.speech import gettext as _

_JUNCTION = 0xA0000003  # a folder of Windows that leads elsewhere


class Raw(NamedTuple):
    """One line of a listing. Of folders only what they are, not when they changed."""

    name: bytes
    mode: int
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    device: int

    @property
    def is_folder(self) -> bool:
        """Is it a folder itself, and not a link to one?"""
        return self.mode == modes.S_IFDIR


class Listing(NamedTuple):
    """What may be told in a folder. `mark` differs, for all that happens, when the folder does."""

    files: dict[bytes, Stamp]
    folders: list[bytes]
    mark: int = 0
    is_unread: bool = False


def raw(path: bytes) -> list[Raw]:
    """List a folder by its full path. Raises OSError."""
    found = []
    with os.scandir(path) as entries:
        for entry in entries:
            try:
                stat = _stat(entry)
            except OSError:
                continue  # gone in the meantime, or nobody's: nothing can be told of it
            mode = modes.S_IFMT(stat.st_mode)
            if getattr(stat, "st_reparse_tag", 0) == _JUNCTION:
                mode = modes.S_IFLNK
            if mode == modes.S_IFDIR:
                found.append(Raw(entry.name, mode, 0, 0, 0, stat.st_ino, stat.st_dev))
            else:
                about = stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino, stat.st_dev
                found.append(Raw(entry.name, mode, *about))
    return found


def mark(found: list[Raw]) -> int:
    """Return a number for a listing, whatever its order."""
    return hash(frozenset(found))


if sys.platform == "win32":

    def _stat(entry: os.DirEntry[bytes]) -> os.stat_result:
        # What a listing says there of a file has no inode, and may be old.
        return os.lstat(entry.path)

else:

    def _stat(entry: os.DirEntry[bytes]) -> os.stat_result:
        return entry.stat(follow_symlinks=False)


class Kept(Protocol):
    """Knows what is never told."""

    def why(self, path: bytes, *, is_folder: bool) -> str | None:
        """Return why what is here is never told, or None; all above it may be."""

    def renew(self, folder: bytes) -> None:
        """Read what a folder itself says of it anew, if it says something else by now."""


class Walker:
    """Walks one folder, on one device. `root` is its real path; `say` hears what is left out."""

    def __init__(self, root: bytes, kept: Kept, *, say: Callable[[str], None]) -> None:
        self.root, self._kept, self._say = root, kept, say
        self.device = os.stat(root).st_dev
        self.is_case_blind = _is_case_blind(root)
        self._said: set[bytes] = set()
        self._closed: set[bytes] = set()

    def full(self, path: bytes) -> bytes:
        """Return the full path of what lies at a path within the folder."""
        return os.path.join(self.root, path) if path else self.root

    def raw(self, folder: bytes) -> list[Raw] | None:
        """List a folder within; None where it can't be read, which is said once."""
        try:
            return raw(self.full(folder)) if self.is_folder(folder) else []
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            said = _("%(path)s can't be read: %(why)s")
            self._say_once(folder, said % {"path": shown(folder), "why": error.strerror})
            return None

    def listed(self, folder: bytes, found: list[Raw]) -> Listing:
        """Return what of a listing may be told."""
        listing = Listing({}, [], mark(found))
        self._closed.discard(folder)
        self._kept.renew(folder)
        if folder and (marked := {entry.name for entry in found} & never.MARKERS.keys()):
            self._closed.add(folder)
            if never.RULES.encode() in marked:
                said = _("%(path)s has rules of its own, and isn't told here.")
                self._say_once(folder, said % {"path": shown(folder)})
            return listing
        for entry in found:
            path = memory.join(folder, entry.name)
            if entry.is_folder:
                if self._is_entered(path, entry):
                    listing.folders.append(entry.name)
            elif (stamp := _stamp(entry)) and not self._kept.why(path, is_folder=False):
                listing.files[entry.name] = stamp
        return listing

    def stamp(self, path: bytes) -> Stamp | None:
        """Return the stamp of the file or link of exactly this name, None where there is none.

        What is seen through a link is not there. Raises OSError where nobody can tell.
        """
        try:
            if not self.is_folder(memory.split(path)[0]):
                return None
            stat = os.lstat(self.full(path))
        except (FileNotFoundError, NotADirectoryError):
            return None
        found = of_stat(stat)
        return found if found and self._is_called_so(path) else None

    def is_closed(self, folder: bytes) -> bool:
        """Does a folder, or one above it, say of itself that nothing in it is to be told?"""
        return any(step in self._closed for step in memory.steps(folder))

    def is_folder(self, path: bytes) -> bool:
        """Is there a folder at this path, and no link on the way? Raises OSError, as `stamp`."""
        try:
            steps = [os.lstat(self.full(step)).st_mode for step in memory.steps(path)]
        except (FileNotFoundError, NotADirectoryError):
            return False
        return all(map(modes.S_ISDIR, steps))

    def changed_at(self, folder: bytes, *, default: float) -> float:
        """Return when a folder changed, or the nearest above that is left; `default` at most."""
        while True:
            try:
                changed = os.lstat(self.full(folder)).st_mtime
            except OSError:
                if not folder:
                    return default
                folder = memory.split(folder)[0]
            else:
                return changed if 0 < changed < default else default

    def identity(self) -> tuple[int, int] | None:
        """Return the device and the inode of what is at the root now; None where nothing is."""
        try:
            stat = os.stat(self.root)
        except OSError:
            return None
        return stat.st_dev, stat.st_ino

    def every(self) -> Iterator[tuple[bytes, Listing]]:
        """Yield each folder that may be told with what is in it, the root first."""
        waiting = [b""]
        while waiting:
            folder = waiting.pop()
            found = self.raw(folder)
            if found is None:
                yield folder, Listing({}, [], is_unread=True)
                continue
            listing = self.listed(folder, found)
            yield folder, listing
            waiting.extend(memory.join(folder, name) for name in sorted(listing.folders)[::-1])

    def _is_called_so(self, path: bytes) -> bool:
        """Where Lamp.png is found as lamp.png too, only the listing knows its name."""
        if not self.is_case_blind:
            return True
        folder, name = memory.split(path)
        return name in os.listdir(self.full(folder))

    def _is_entered(self, path: bytes, entry: Raw) -> bool:
        if self._kept.why(path, is_folder=True):
            return False
        if entry.device != self.device:
            said = _("%(path)s is on another disk, and isn't told.")
            self._say_once(path, said % {"path": shown(path)})
            return False
        return True

    def _say_once(self, path: bytes, sentence: str) -> None:
        if path not in self._said:
            self._said.add(path)
            self._say(sentence)


def of_stat(stat: os.stat_result) -> Stamp | None:
    """Return the stamp of a file or a link; None of a folder, a pipe, a socket or a device."""
    kind = modes.S_IFMT(stat.st_mode)
    if kind == modes.S_IFREG:
        return Stamp.of(stat)
    return Stamp.of(stat, is_link=True) if kind == modes.S_IFLNK else None


def _stamp(entry: Raw) -> Stamp | None:
    if entry.mode not in (modes.S_IFREG, modes.S_IFLNK):
        return None
    return Stamp.kept(*entry[2:6], is_link=entry.mode == modes.S_IFLNK)


def _is_case_blind(root: bytes) -> bool:
    folder, name = os.path.split(root)
    try:
        return os.path.samefile(root, os.path.join(folder, name.swapcase()))
    except OSError:
        return False


def shown(path: bytes) -> str:
    """Return a path as a sentence can hold it."""
    return names.path(path) if path else _("The folder")
