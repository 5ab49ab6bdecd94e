"""What is found when a folder is looked at after a while, by the files' own dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from coulisses_agent.folder import memory
from coulisses_agent.folder.memory import Memory
from coulisses_agent.folder.moved import Burst, Known, Moved, Stamp
from coulisses_agent.folder.taking import Taker
from coulisses_agent.folder.walking import Listing, Walker

_LEEWAY = 600.0  # seconds by which an honest clock may be ahead


class Found(NamedTuple):
    """A file that is not as it was told. `at` is a credible date in seconds since 1970."""

    at: float
    path: bytes
    stamp: Stamp | None
    is_dated_anew: bool


def differences(walker: Walker, kept: Memory, *, now: float) -> Iterator[Found]:
    """Yield every file that differs from the memory. Folders that can't be read differ in nothing.

    A new file's date is that of its content; where the folder was told before, what came with an
    old date came when it did: its inode changed then. What has gone went when its folder changed.
    """
    last = float(kept.fact("looked_at") or 0)
    unread: list[bytes] = []
    seen: set[bytes] = set()
    for folder, listing in walker.every():
        seen.add(folder)
        if listing.is_unread:
            unread.append(folder)
            continue
        yield from _within(folder, listing, walker, kept, last, now)
    for path, known in kept.under(b""):
        folder, _name = memory.split(path)
        if folder in seen or any(_is_below(folder, other) for other in unread):
            continue
        yield _gone(walker, path, known.stamp, now)


def bursts(differing: list[Found], taker: Taker, *, together: float) -> Iterator[Burst]:
    """Yield what was found as bursts of what was saved together, the earliest first.

    Where nothing has gone a file is read only when its burst is asked for; else all are read first,
    since what has gone may have come to be elsewhere.
    """
    if all(one.stamp for one in differing):
        for group in _groups(differing, together):
            taken = taker.take({one.path: one.stamp for one in group})
            yield _burst(group, taken.moved, taken.touched)
        return
    taken = taker.take({one.path: one.stamp for one in differing})
    by_path = {one.path: one for one in differing}
    moved = {one.path: one for one in taken.moved}
    if taken.touched:
        yield Burst(max(one.at for one in differing), touched=taken.touched, is_past=True)
    for group in _groups([by_path[path] for path in moved], together):
        yield _burst(group, [moved[one.path] for one in group], {})


def as_live(burst: Burst) -> Burst:
    """Return the burst as one that has happened just now."""
    return replace(burst, is_past=False)


def _groups(differing: list[Found], together: float) -> Iterator[list[Found]]:
    group: list[Found] = []
    for one in sorted(differing, key=lambda one: (one.at, one.path)):
        if group and one.at - group[0].at > together:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _burst(group: list[Found], moved: list[Moved], touched: dict[bytes, Known]) -> Burst:
    return Burst(
        group[-1].at,
        tuple(moved),
        is_past=True,
        is_dated_anew=any(one.is_dated_anew for one in group),
        touched=touched,
    )


def _within(
    folder: bytes, listing: Listing, walker: Walker, kept: Memory, last: float, now: float
) -> Iterator[Found]:
    known = kept.within(folder)
    for name, stamp in listing.files.items():
        former = known.pop(name, None)
        if former is None or former.stamp != stamp:
            at, is_anew = _date(stamp, last, now)
            yield Found(at, memory.join(folder, name), stamp, is_anew)
    for name, former in known.items():
        yield _gone(walker, memory.join(folder, name), former.stamp, now)


def _date(stamp: Stamp, last: float, now: float) -> tuple[float, bool]:
    """Return when a file came to be as it is, and whether its own date was no date."""
    at, changed = stamp.mtime_ns / 1e9, stamp.ctime_ns / 1e9
    is_absurd = not 0 < at <= now + _LEEWAY
    if is_absurd or at < last <= changed <= now:
        at = changed if 0 < changed <= now + _LEEWAY else now
    return min(max(at, 1.0), now), is_absurd


def _gone(walker: Walker, path: bytes, stamp: Stamp, now: float) -> Found:
    folder = memory.split(path)[0]
    return Found(walker.changed_at(folder, default=now), path, None, False)


def _is_below(folder: bytes, other: bytes) -> bool:
    return folder == other or not other or folder.startswith(other + b"/")
