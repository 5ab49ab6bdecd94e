"""When a save is over: the file has been quiet and was twice found the same, as those beside it.

Editors write beside a file and rename, delete and create again, write twice: whatever their dance,
what counts is how things stand when it has ended. Times are a monotonic clock's seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from coulisses_agent.folder.moved import Stamp


@dataclass(frozen=True)
class Pace:
    """How patient a folder is followed, in seconds.

    `quiet`: after the last notice of a file, before it is taken. `gone`: before a file that has
    disappeared is told as removed. `empty`: before one that holds nothing is told so, since
    programs empty a file first and take their time to fill it; others don't wait for it.
    `patience`: how long others wait for a file that still grows. `longest`: how long something
    restless, or something ready, may wait at most. `sweep`: between two looks at everything, or
    more, so that they take no more than `share` of a core. `together`: files found with dates this
    near were saved together. `recent`: what was found younger than this has happened just now.
    """

    quiet: float = 0.7
    gone: float = 2.0
    empty: float = 10.0
    patience: float = 20.0
    longest: float = 60.0
    sweep: float = 30.0
    share: float = 0.005
    together: float = 120.0
    recent: float = 3600.0


@dataclass(slots=True)
class _Stirred:
    first: float
    since: float
    look_at: float
    is_looked_at: bool = False
    stamp: Stamp | None = None
    settled_at: float | None = None

    @property
    def is_empty(self) -> bool:
        """Was a file found that holds nothing?"""
        return self.stamp is not None and not self.stamp.size


@dataclass
class Settling:
    """What has stirred and is not told yet."""

    pace: Pace
    _stirred: dict[bytes, _Stirred] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many files are on their way."""
        return len(self._stirred)

    @property
    def is_expecting(self) -> bool:
        """Was something found that is not as it was told?"""
        return any(one.stamp for one in self._stirred.values())

    def stir(self, path: bytes, *, now: float) -> None:
        """Something happened at a path."""
        one = self._stirred.get(path)
        if one is None:
            self._stirred[path] = _Stirred(now, now, now + self.pace.quiet / 2)
            return
        one.since, one.settled_at = now, None
        if now - one.first < self.pace.longest:
            one.is_looked_at, one.look_at = False, now + self.pace.quiet / 2

    def due(self, *, now: float) -> list[bytes]:
        """Return the paths at which it is time to look."""
        stirred = self._stirred.items()
        return [path for path, one in stirred if one.settled_at is None and one.look_at <= now]

    def seen(
        self, path: bytes, stamp: Stamp | None, *, now: float, has_moved: bool = False
    ) -> None:
        """Say what a look has found; None where there is nothing any more.

        `has_moved` says that what is gone has come to be elsewhere.
        """
        one = self._stirred[path]
        before, one.stamp = one.stamp, stamp
        if not one.is_looked_at or before != stamp:
            self._look_again(one, before, now)
            return
        quiet = self._quiet(stamp, has_moved)
        if now - one.since >= quiet:
            one.settled_at = now
        else:
            one.look_at = one.since + quiet

    def _quiet(self, stamp: Stamp | None, has_moved: bool) -> float:
        """Return how long it has to be quiet before it is taken as it is."""
        if stamp is None:
            return self.pace.quiet if has_moved else max(self.pace.quiet, self.pace.gone)
        return self.pace.quiet if stamp.size else max(self.pace.quiet, self.pace.empty)

    def _look_again(self, one: _Stirred, before: Stamp | None, now: float) -> None:
        is_restless = now - one.first >= self.pace.longest
        if is_restless and one.stamp and before and not _has_grown(before, one.stamp):
            # Rewritten again and again without a rest: as it is now is as good as any.
            one.settled_at = now
            return
        if one.is_looked_at:
            one.since = now  # it moved, and the system said nothing
        one.is_looked_at, one.look_at = True, one.since + self.pace.quiet

    def drop(self, path: bytes) -> None:
        """Nothing is to be told of a path after all, or it has been."""
        self._stirred.pop(path, None)

    def stamp(self, path: bytes) -> Stamp | None:
        """Return how a path was found when it was looked at last."""
        return self._stirred[path].stamp

    def inodes(self) -> set[int]:
        """Return the inodes of all that was found on its way."""
        return {one.stamp.inode for one in self._stirred.values() if one.stamp}

    def ready(self, *, now: float) -> list[bytes]:
        """Return what is to be told now, as one; nothing while more of it is on its way."""
        settled = [one for one in self._stirred.values() if one.settled_at is not None]
        if not settled:
            return []
        are_waited_for = any(
            one.settled_at is None and now - one.first < self.pace.patience and not one.is_empty
            for one in self._stirred.values()
        )
        longest = now - min(one.settled_at or now for one in settled)
        if are_waited_for and longest < self.pace.longest:
            return []
        return [path for path, one in self._stirred.items() if one.settled_at is not None]

    def next_at(self, *, now: float) -> float:
        """Return when there is something to do next, an hour from now at most."""
        waiting = [one.look_at for one in self._stirred.values() if one.settled_at is None]
        settled = [one.settled_at for one in self._stirred.values() if one.settled_at is not None]
        if settled:
            ends = [one.first + self.pace.patience for one in self._stirred.values()]
            waiting += [min(settled) + self.pace.longest, *(end for end in ends if end > now)]
        return min(waiting, default=now + 3600)


def _has_grown(before: Stamp, after: Stamp) -> bool:
    return after.inode == before.inode and after.size > before.size
