"""What happened to the files of a folder: the words in which it is handed on."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

What = Literal["added", "changed", "removed", "renamed"]

_MOST = 2**63 - 1


class Stamp(NamedTuple):
    """What the system says of a file without opening it; times in nanoseconds since 1970.

    `inode` is 0 where the system has none. `is_link` marks a symbolic link, which is never
    followed: it is told by where it points to.
    """

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    is_link: bool = False

    @classmethod
    def of(cls, stat: os.stat_result, *, is_link: bool = False) -> Stamp:
        """Return the stamp of what was asked about."""
        about = stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino
        return cls.kept(*about, is_link=is_link)

    @classmethod
    def kept(
        cls, size: int, mtime_ns: int, ctime_ns: int, inode: int, *, is_link: bool = False
    ) -> Stamp:
        """Return a stamp of these numbers, each within what a database keeps."""
        return cls(size, _kept(mtime_ns), _kept(ctime_ns), inode & _MOST, is_link)


def _kept(number: int) -> int:
    return max(-_MOST, min(_MOST, number))


@dataclass(frozen=True, slots=True)
class State:
    """One state of a file: the name of its version, "file:" and 32 characters, and its size."""

    version: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Known:
    """What the memory holds of a file: how it was when it was last told, and under which policy.

    `digest` is of its content. `reason` says why its content was not shown ("held", "unreadable",
    "too_large"), None where it was. `is_unseen` marks a version whose preview is still to be made.
    """

    stamp: Stamp
    digest: bytes
    version: str
    policy: str = "show"
    reason: str | None = None
    is_unseen: bool = False

    @property
    def state(self) -> State:
        """The state that was told."""
        return State(self.version, self.stamp.size)


@dataclass(frozen=True, slots=True)
class Moved:
    """What happened to one file. Paths are relative to the folder, with "/", in the system's bytes.

    `former` is what was known before, None of an added file; `now` what is to be known, None of a
    removed one. `at` is its own date in nanoseconds.
    """

    what: What
    path: bytes
    was: bytes | None
    former: Known | None
    now: Known | None
    at: int

    @property
    def before(self) -> State | None:
        """The state before, where there was one."""
        return self.former.state if self.former else None

    @property
    def after(self) -> State | None:
        """The state now, where there is one."""
        return self.now.state if self.now else None


@dataclass(frozen=True, slots=True)
class Burst:
    """What was saved together: one entry, unless its policies differ. Seconds since 1970.

    `is_past` marks what was found, and not seen to happen. `is_dated_anew` says that the files'
    own dates could not be, and were corrected. `touched` are files whose content stayed the same
    and `forgotten` those that are not to be told any more: they change the memory and no log.
    """

    happened_at: float
    moved: tuple[Moved, ...] = ()
    is_past: bool = False
    is_dated_anew: bool = False
    touched: dict[bytes, Known] = field(default_factory=dict)
    forgotten: tuple[bytes, ...] = ()
