"""A plain folder: what is found in it, then each burst of saves."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from coulisses_agent.folder import content, found, notices, policies
from coulisses_agent.folder.following import Clocks, Follower
from coulisses_agent.folder.memory import Memory
from coulisses_agent.folder.moved import Burst, Moved
from coulisses_agent.folder.policies import Policies
from coulisses_agent.folder.settling import Pace, Settling
from coulisses_agent.folder.surveying import Survey
from coulisses_agent.folder.taking import Taker
from coulisses_agent.folder.walking import Walker
from coulisses_agent.refusals import FolderNotFound, Stopped
from coulisses_agent.speech import gettext_noop as N_

_STEP = 0.5  # seconds after which `follow` lets others work, at most


class FolderAway(Stopped):
    """Nothing is left of what was told, and another folder stands there: a disk is missing."""

    sentence = N_(
        "Everything that was told of %(path)s has gone, and it isn't the folder that it was: "
        "is its disk connected?"
    )
    status = 3


class Folder:
    """One folder, compared with its memory. Raises FolderNotFound.

    `say` hears what a person should know. The memory has to be told of each burst that is yielded
    before the next is asked for.
    """

    def __init__(
        self,
        root: Path,
        kept: Memory,
        rules: Policies,
        *,
        say: Callable[[str], None],
        pace: Pace | None = None,
        hear: Callable[[bytes], notices.Notices] = notices.of,
        clocks: Clocks | None = None,
    ) -> None:
        if not root.is_dir():
            raise FolderNotFound(path=root)
        self.root, self.memory, self.policies = root, kept, rules
        self.clocks, self._pace = clocks or Clocks(), pace or Pace()
        self._say, self._hear = say, hear
        self._walker = self.walker(root, rules, say=say)
        self._settling = Settling(self._pace)

    @staticmethod
    def walker(root: Path, rules: Policies, *, say: Callable[[str], None]) -> Walker:
        """Return who walks through a folder."""
        return Walker(os.fsencode(os.path.realpath(root)), rules, say=say)

    @property
    def inode(self) -> int:
        """What tells this folder from another that stands in its place."""
        return os.stat(self.root).st_ino

    @property
    def is_expecting(self) -> bool:
        """Is a save about to settle?"""
        return self._settling.is_expecting

    def past(self) -> Iterator[Burst]:
        """Yield what has changed since it was told last: all there is, the first time.

        Files saved within two minutes are one burst. Raises FolderAway, RulesUnreadable.
        """
        now, is_first = self.clocks.now(), self.memory.is_empty()
        differing = list(found.differences(self._walker, self.memory, now=now))
        self._require_there(differing)
        forgotten = tuple(one.path for one in differing if self._is_forgotten(one))
        if forgotten:
            yield Burst(now, forgotten=forgotten)
            left = set(forgotten)
            differing = [one for one in differing if one.path not in left]
        taker = Taker(self._walker, self.memory, self.policies)
        for burst in found.bursts(differing, taker, together=self._pace.together):
            is_old = is_first or now - burst.happened_at > self._pace.recent
            yield self._allowed(burst if is_old else found.as_live(burst))

    def follow(
        self, ending: threading.Event, *, may_wait: Callable[[], bool] = lambda: True
    ) -> Iterator[Burst | None]:
        """Yield each settled burst until `ending` is set, and None when nothing has settled.

        It waits half a second at most for something to happen, and not while `may_wait` says no:
        others may use the time.
        """
        with self.follower() as follower:
            while not ending.is_set():
                yield follower.turn(ending, wait=_STEP if may_wait() else 0)

    def follower(self) -> Follower:
        """Begin to follow: from now on nothing is missed."""
        survey = Survey(
            self._walker,
            self.memory,
            self._settling,
            self._hear,
            steady=self.clocks.steady,
            say=self._say,
        )
        return Follower(
            self._walker,
            self.memory,
            self.policies,
            survey,
            self._settling,
            clocks=self.clocks,
            say=self._say,
        )

    def read(self, moved: Moved) -> bytes | None:
        """Return exactly the bytes that were found, where they still are and aren't too many."""
        if moved.now is None:
            return None
        return content.read(self._walker.full(moved.path), moved.now.stamp, moved.now.digest)

    def original(self, path: bytes, digest: bytes, policy: str) -> bytes | None:
        """Return a file itself, where its content still is that of the digest, and may be told.

        `policy` is the key of the one it was told by: what is held since then stays here.
        """
        try:
            stamp = self._walker.stamp(path)
        except OSError:
            return None
        if stamp is None or stamp.is_link or not self._may_go(path, policy):
            return None
        return content.read(self._walker.full(path), stamp, digest)

    def _may_go(self, path: bytes, told_by: str) -> bool:
        # Hours after it was told, while another thread tells: by the rules of this moment.
        rules = self.policies
        if not rules.are_as_read([path]):
            try:
                rules = policies.load(self.root, say=lambda _words: None)
            except policies.RulesUnreadable:
                return False
        return rules.is_told(path) and rules.of(path).is_as_open_as(told_by)

    def beginning(self, path: bytes, most: int) -> bytes:
        """Return the first bytes of a file, as they are now; none where it can't be read."""
        return content.beginning(self._walker.full(path), most)

    def again(self, path: bytes) -> None:
        """Look at a file again soon: it could not be told as it was found."""
        self._settling.stir(path, now=self.clocks.steady())

    def _allowed(self, burst: Burst) -> Burst:
        """Return what of a burst may still be told: much may have been told since it was found."""
        if not self.policies.are_as_read(one.path for one in burst.moved):
            self.policies.reload()
        moved = tuple(one for one in burst.moved if self.policies.is_told(one.path))
        return replace(burst, moved=moved)

    def _is_forgotten(self, one: found.Found) -> bool:
        """Is what was told kept from being told by now, instead of being gone?"""
        if one.stamp is not None:
            return False
        try:
            is_there = self._walker.stamp(one.path) is not None
        except OSError:
            return True
        return is_there or not self.policies.is_told(one.path)

    def _require_there(self, differing: list[found.Found]) -> None:
        gone = sum(one.stamp is None for one in differing)
        inode = self.memory.fact("inode")
        is_another = inode is not None and inode != str(self.inode).encode()
        if is_another and 0 < gone == self.memory.count():
            raise FolderAway(path=self.root)
