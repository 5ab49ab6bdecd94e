"""Follows a folder from moment to moment: hears, looks, waits until it is quiet, says what came.

Notices of the system tell where to look; now and then everything is looked at anyhow, since notices
get lost, come late on network drives, or are not granted. What is told is always the difference
between how things stand and what the memory knows.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from coulisses_agent.folder import memory, never
from coulisses_agent.folder.memory import Memory
from coulisses_agent.folder.moved import Burst, Moved
from coulisses_agent.folder.policies import Policies, RulesUnreadable
from coulisses_agent.folder.settling import Settling
from coulisses_agent.folder.surveying import Survey
from coulisses_agent.folder.taking import Taker
from coulisses_agent.folder.walking import Walker
from coulisses_agent.speech import gettext as _
from coulisses_readers.closing import Closing

_MOST_ASKED = 1000  # files; where none of so many is left, it is another folder
_CREDIBLE = 900.0  # seconds; a save seen now has a date that is no older


@dataclass(frozen=True)
class Clocks:
    """A clock that only goes forward, and the time of day; both in seconds."""

    steady: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time


class Follower(Closing):
    """Follows what `survey` surveys; a context manager that lets go of the system's notices."""

    def __init__(
        self,
        walker: Walker,
        kept: Memory,
        rules: Policies,
        survey: Survey,
        settling: Settling,
        *,
        clocks: Clocks,
        say: Callable[[str], None],
    ) -> None:
        self._walker, self._memory, self._policies = walker, kept, rules
        self._survey, self._settling = survey, settling
        self._taker = Taker(walker, kept, rules)
        self._clocks, self._say = clocks, say
        self._identity = walker.identity()
        self._is_away = self._is_unruled = False

    def close(self) -> None:
        """Let go of the system's notices."""
        self._survey.close()

    @property
    def is_at_rest(self) -> bool:
        """Is nothing on its way?"""
        return not self._settling and not self._survey.is_under_way

    def turn(self, ending: threading.Event, *, wait: float) -> Burst | None:
        """Hear, look, and return what has settled; waits for notices so many seconds at most."""
        now = self._clocks.steady()
        until = min(self._settling.next_at(now=now), self._survey.next_at)
        if self._is_away or self._is_unruled:
            until = now + wait
        heard = self._survey.notices.wait(max(0.0, min(wait, until - now)), ending)
        now = self._clocks.steady()
        if self._has_gone_away():
            return None
        for path in heard.paths:
            self._settling.stir(self._survey.nearest(path), now=now)
        self._survey.go_on(at_once=heard.is_lossy)
        for path in self._settling.due(now=now):
            self._look(path, now)
        ready = self._settling.ready(now=now)
        if not ready or self._has_gone_away() or not self._are_rules_known(ready):
            return None
        return self._take(ready, now)

    def _look(self, path: bytes, now: float) -> None:
        if memory.split(path)[1] in never.SAYING:
            self._rules_changed()
        try:
            self._look_at(path, now)
        except OSError:
            # Nobody can tell what is there. It is as it was, until somebody can.
            self._settling.drop(path)
            self._survey.doubt(path)

    def _look_at(self, path: bytes, now: float) -> None:
        if self._walker.is_folder(path):
            if self._policies.is_told(path, is_folder=True):
                self._survey.enter(path)
        elif self._survey.is_known(path):
            self._survey.leave(path)
        stamp, known = self._walker.stamp(path), self._memory.known(path)
        is_as_told = stamp == (known.stamp if known else None)
        if is_as_told if self._is_told(path) else known is None:
            self._settling.drop(path)
        else:
            inode = known.stamp.inode if known else 0
            has_moved = stamp is None and inode in self._settling.inodes()
            self._settling.seen(path, stamp, now=now, has_moved=has_moved)

    def _is_told(self, path: bytes) -> bool:
        folder = memory.split(path)[0]
        return not self._walker.is_closed(folder) and self._policies.is_told(path)

    def _take(self, ready: list[bytes], now: float) -> Burst | None:
        stamps = {path: self._settling.stamp(path) for path in ready}
        forgotten = tuple(path for path in ready if not self._is_told(path))
        for path in ready:
            self._settling.drop(path)
        taken = self._taker.take({path: stamps[path] for path in stamps.keys() - set(forgotten)})
        for path in taken.restless:
            self._settling.stir(path, now=now)
        if not taken.moved and not taken.touched and not forgotten:
            return None
        return Burst(
            self._happened(taken.moved),
            tuple(taken.moved),
            touched=taken.touched,
            forgotten=forgotten,
        )

    def _happened(self, moved: list[Moved]) -> float:
        """Return when the last of them was saved, by its own date if that can be."""
        now = self._clocks.now()
        dates = [one.at / 1e9 for one in moved if one.what in ("added", "changed")]
        return max((at for at in dates if now - _CREDIBLE <= at <= now), default=now)

    def _are_rules_known(self, paths: list[bytes]) -> bool:
        """May these be told by the rules that were read? If not, they are looked at again."""
        if not self._is_unruled and self._policies.are_as_read(paths):
            return True
        self._rules_changed()
        return False

    def _rules_changed(self) -> None:
        try:
            self._policies.reload()
        except RulesUnreadable as refusal:
            if not self._is_unruled:
                said = _("%(refusal)s. Until it can, nothing is told.")
                self._say(said % {"refusal": refusal})
            self._is_unruled = True
            return
        self._is_unruled = False
        self._survey.begin_anew()

    def _has_gone_away(self) -> bool:
        """Is the whole folder away, with its disk perhaps? Nothing is told as removed then."""
        found = self._walker.identity()
        is_away = found is None or (found != self._identity and self._is_nothing_left())
        if is_away and not self._is_away:
            self._say(_("The folder has gone, or its disk: waiting until it is back."))
        if found and not is_away and (self._is_away or found != self._identity):
            self._identity, self._walker.device = found, found[0]
            self._survey.start_over()
        self._is_away = is_away
        return is_away

    def _is_nothing_left(self) -> bool:
        """Is nothing there of what was told? Then what stands there now is something else."""
        known = list(islice(self._memory.under(b""), _MOST_ASKED))
        return bool(known) and not any(self._is_left(path) for path, _known in known)

    def _is_left(self, path: bytes) -> bool:
        try:
            return self._walker.stamp(path) is not None
        except OSError:
            return False
