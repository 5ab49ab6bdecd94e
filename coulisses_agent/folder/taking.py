"""From files that have settled to what happened to them, compared with what was told last."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from coulisses_agent.folder import content, likeness, memory
from coulisses_agent.folder.memory import Memory
from coulisses_agent.folder.moved import Known, Moved, Stamp
from coulisses_agent.folder.policies import Policies
from coulisses_agent.folder.walking import Walker


@dataclass
class Taken:
    """What happened, and what has to be looked at again: it changed while it was read."""

    moved: list[Moved] = field(default_factory=list)
    touched: dict[bytes, Known] = field(default_factory=dict)
    restless: list[bytes] = field(default_factory=list)


class Taker:
    """Compares files with the memory. Changes nothing."""

    def __init__(self, walker: Walker, kept: Memory, policies: Policies) -> None:
        self._walker, self._memory = walker, kept
        self.policies = policies

    def take(self, stamps: Mapping[bytes, Stamp | None]) -> Taken:
        """Say what happened at paths that look like this now; None where nothing is any more."""
        taken = Taken()
        added: dict[bytes, Known] = {}
        removed = {
            path: known
            for path, stamp in stamps.items()
            if stamp is None and (known := self._memory.known(path))
        }
        moved_whole = _by_inode(removed.values())
        for path, stamp in stamps.items():
            if stamp is None:
                continue
            former = self._memory.known(path)
            try:
                now = self._now(path, stamp, former, moved_whole)
            except (content.Restless, OSError):
                taken.restless.append(path)
                continue
            if former is None:
                added[path] = now
            elif now.digest == former.digest and now.stamp.is_link == former.stamp.is_link:
                if now.stamp != former.stamp:
                    taken.touched[path] = replace(former, stamp=now.stamp)
            else:
                at = now.stamp.mtime_ns
                taken.moved.append(Moved("changed", path, None, former, now, at))
        self._pair(taken, removed, added)
        return taken

    def _now(
        self,
        path: bytes,
        stamp: Stamp,
        former: Known | None,
        moved_whole: Mapping[tuple[int, ...], Known],
    ) -> Known:
        """Return what is to be known of a file. Raises Restless; OSError where nobody can tell."""
        policy = self.policies.of(path).key
        if former and former.stamp == stamp:
            return replace(former, policy=policy)
        reason = None
        if former is None and (same := moved_whole.get(_whole(stamp))):
            digest, reason = same.digest, same.reason
        else:
            try:
                digest = content.digest(self._walker.full(path), stamp)
            except OSError as error:
                if self._walker.stamp(path) != stamp:
                    raise content.Restless from error
                if former and former.stamp[:2] == stamp[:2]:
                    return replace(former, stamp=stamp)  # only locked away
                digest, reason = _unread(stamp), "unreadable"
        return Known(stamp, digest, self._memory.version(digest), policy, reason)

    def _pair(self, taken: Taken, removed: dict[bytes, Known], added: dict[bytes, Known]) -> None:
        """Tell what went from here and came there as renamed, the rest as it is."""
        for path, was in _same(removed, added):
            taken.moved.append(_renamed(path, was, removed.pop(was), added.pop(path)))
        for path, was in likeness.pairs(removed, added, self._memory, self._walker.full):
            taken.moved.append(_renamed(path, was, removed.pop(was), added.pop(path)))
        for path, former in removed.items():
            at = former.stamp.mtime_ns
            taken.moved.append(Moved("removed", path, None, former, None, at))
        for path, now in added.items():
            taken.moved.append(Moved("added", path, None, None, now, now.stamp.mtime_ns))


def _renamed(path: bytes, was: bytes, former: Known, now: Known) -> Moved:
    if now.digest == former.digest:
        now = replace(now, reason=former.reason, is_unseen=former.is_unseen)
    return Moved("renamed", path, was, former, now, now.stamp.mtime_ns)


def _whole(stamp: Stamp) -> tuple[int, ...]:
    """Return what stays the same of a file, and of no other, when it is moved."""
    return stamp.inode, stamp.size, stamp.mtime_ns, stamp.is_link


def _by_inode(removed: Iterable[Known]) -> dict[tuple[int, ...], Known]:
    return {_whole(known.stamp): known for known in removed if known.stamp.inode}


def _same(
    removed: Mapping[bytes, Known], added: Mapping[bytes, Known]
) -> list[tuple[bytes, bytes]]:
    """Return (path, was) of files with the same content, those of the same name first."""
    waiting: dict[bytes, list[bytes]] = defaultdict(list)
    for was, known in removed.items():
        if known.stamp.size:
            waiting[known.digest].append(was)
    found, left = [], []
    for path, known in added.items():
        candidates = waiting.get(known.digest, [])
        name = memory.split(path)[1]
        same = next((was for was in candidates if memory.split(was)[1] == name), None)
        if same is None:
            left.append(path)
            continue
        candidates.remove(same)
        found.append((path, same))
    for path in left:
        if candidates := waiting.get(added[path].digest, []):
            found.append((path, candidates.pop(0)))
    return found


def _unread(stamp: Stamp) -> bytes:
    about = repr(tuple(stamp[:2])).encode()
    return hashlib.blake2b(about, digest_size=32, person=b"unread").digest()
