"""Keeps an eye on every folder: hears of each, and compares each now and then with how it was."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from coulisses_agent.folder import memory, never, notices, walking
from coulisses_agent.folder.memory import Memory
from coulisses_agent.folder.settling import Settling
from coulisses_agent.folder.walking import Walker
from coulisses_agent.speech import gettext as _

_UNHEARD = 2.0  # seconds between two looks at everything where nothing is heard, or more
_SLICE = 0.02  # seconds in one go, so that a save is not kept waiting


class _Seen(NamedTuple):
    """How a folder looked: the mark of its listing, the folders in it, its rules and lists.

    `mark` and `says` are None of a folder that is new.
    """

    mark: int | None = None
    folders: tuple[bytes, ...] = ()
    says: frozenset[walking.Raw] | None = None


class Survey:
    """The folders that may be told, and how each looked. What is not as it was told is stirred.

    `hear` gives the system's notices of a root; without them all is looked at more often. `steady`
    is a clock that only goes forward, in seconds.
    """

    def __init__(
        self,
        walker: Walker,
        kept: Memory,
        settling: Settling,
        hear: Callable[[bytes], notices.Notices],
        *,
        steady: Callable[[], float],
        say: Callable[[str], None],
    ) -> None:
        self._walker, self._memory, self._settling = walker, kept, settling
        self._steady, self._say = steady, say
        self._seen: dict[bytes, _Seen] = {}
        self._round: Iterator[None] | None = None
        self._spent = 0.0
        self.next_at = steady()
        self.notices: notices.Notices = notices.Silent()
        try:
            self.notices = hear(walker.root)
        except notices.NoNotices as refusal:
            self._hear_nothing(refusal)

    @property
    def is_under_way(self) -> bool:
        """Is everything being looked at, or was it never?"""
        return self._round is not None or not self._seen

    def is_known(self, folder: bytes) -> bool:
        """Is this a folder that is kept an eye on?"""
        return folder in self._seen

    def nearest(self, path: bytes) -> bytes:
        """Return the path, or the uppermost new folder that it is in."""
        found, folder = path, memory.split(path)[0]
        while folder:
            if folder not in self._seen:
                found = folder
            folder = memory.split(folder)[0]
        return found

    def enter(self, folder: bytes) -> None:
        """Keep an eye on a folder and all below it, and stir what is not as it was told."""
        waiting = [folder]
        while waiting:
            one = waiting.pop()
            # Heard before it is looked at: nothing falls between.
            self._watch(one)
            self._seen.setdefault(one, _Seen())
            self._look(one)
            if one in self._seen:
                waiting.extend(memory.join(one, name) for name in self._seen[one].folders)

    def leave(self, folder: bytes) -> None:
        """Keep no eye on a folder any more: all that was told of it stirs."""
        self.notices.leave(folder)
        waiting = [folder]
        while waiting:
            one = waiting.pop()
            seen = self._seen.pop(one, _Seen())
            waiting.extend(memory.join(one, name) for name in seen.folders)
        now = self._steady()
        for path, _known in self._memory.under(folder):
            self._settling.stir(path, now=now)

    def doubt(self, path: bytes) -> None:
        """Compare the folder that holds a path at its next look, whether it has changed or not."""
        folder = memory.split(path)[0]
        if folder in self._seen:
            self._seen[folder] = self._seen[folder]._replace(mark=None)

    def begin_anew(self) -> None:
        """Look at everything as if for the first time: other things may be told now."""
        self._seen = {folder: seen._replace(mark=None) for folder, seen in self._seen.items()}
        self._round, self.next_at = None, self._steady()

    def start_over(self) -> None:
        """Find every folder anew: another stands where the root was."""
        self._seen, self._round, self.next_at = {}, None, self._steady()

    def go_on(self, *, at_once: bool = False) -> None:
        """Look at a few folders more, when it is time to; at all of them from now if asked."""
        now = self._steady()
        if at_once or (self._round is None and now >= self.next_at):
            self._round, self._spent = self._looks(), 0.0
        if self._round is None:
            return
        before, is_over = time.thread_time(), True
        for _one in self._round:
            if self._steady() - now >= _SLICE:
                is_over = False
                break
        self._spent += time.thread_time() - before
        if is_over:
            self._round = None
            self.next_at = self._steady() + max(self._interval(), self._spent / self._share)

    def close(self) -> None:
        """Let go of the system's notices."""
        self.notices.close()

    @property
    def _share(self) -> float:
        return self._settling.pace.share

    def _interval(self) -> float:
        sweep = self._settling.pace.sweep
        return min(_UNHEARD, sweep) if isinstance(self.notices, notices.Silent) else sweep

    def _looks(self) -> Iterator[None]:
        """Look at each folder, and stop after each."""
        if not self._seen:
            self.enter(b"")
            self._stir_lost()
            return
        for folder in list(self._seen):
            if folder in self._seen:
                # Another may have taken its place, and nobody has heard of it.
                self._watch(folder)
                for new in self._look(folder):
                    self.enter(new)
            yield

    def _stir_lost(self) -> None:
        """Stir what was told of folders that had gone before anybody looked."""
        now = self._steady()
        for path, _known in self._memory.under(b""):
            if memory.split(path)[0] not in self._seen:
                self._settling.stir(path, now=now)

    def _look(self, folder: bytes) -> list[bytes]:
        """Look at one folder; return the folders in it that are new."""
        found = self._walker.raw(folder)
        if found is None:
            return []
        if not found and not self._is_there(folder):
            self.leave(folder)
            return []
        before = self._seen[folder]
        if walking.mark(found) == before.mark:
            return []
        listing = self._walker.listed(folder, found)
        self._compare(folder, listing)
        says = frozenset(entry for entry in found if entry.name in never.SAYING)
        self._seen[folder] = _Seen(listing.mark, tuple(listing.folders), says)
        for entry in (says if before.says is None else before.says) ^ says:
            self._settling.stir(memory.join(folder, entry.name), now=self._steady())
        for name in set(before.folders) - set(listing.folders):
            self.leave(memory.join(folder, name))
        inside = (memory.join(folder, name) for name in listing.folders)
        return [path for path in inside if path not in self._seen]

    def _is_there(self, folder: bytes) -> bool:
        try:
            return self._walker.is_folder(folder)
        except OSError:
            return True

    def _compare(self, folder: bytes, listing: walking.Listing) -> None:
        now, known = self._steady(), self._memory.within(folder)
        for name, stamp in listing.files.items():
            former = known.pop(name, None)
            if former is None or former.stamp != stamp:
                self._settling.stir(memory.join(folder, name), now=now)
        for name in known:
            self._settling.stir(memory.join(folder, name), now=now)

    def _watch(self, folder: bytes) -> None:
        try:
            self.notices.watch(folder)
        except notices.NoNotices as refusal:
            self.notices.close()
            self._hear_nothing(refusal)

    def _hear_nothing(self, refusal: notices.NoNotices) -> None:
        self.notices = notices.Silent()
        said = _(
            "The folder is looked at now and then instead of being watched (%(why)s): "
            "saves are told a little later."
        )
        self._say(said % {"why": refusal.why})
