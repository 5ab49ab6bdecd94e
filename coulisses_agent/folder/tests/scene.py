"""A folder of Ana's as the agent follows it: a real spool, real files, and a clock moved by hand.

`told` is all that left for the spool; each capture was checked against the contract on its way.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from coulisses_agent.captures import spelled
from coulisses_agent.folder import memory, notices, policies
from coulisses_agent.folder.following import Clocks, Follower
from coulisses_agent.folder.moved import Burst
from coulisses_agent.folder.place import Folder
from coulisses_agent.folder.settling import Pace
from coulisses_agent.folder.telling import Teller
from coulisses_agent.folder.told import Told
from coulisses_agent.spool.store import Spool
from coulisses_agent.tests import contract
from coulisses_readers.closing import Closing
from coulisses_readers.sandbox import Sandbox

KEY = "AKIA" + "Q7ZP4LK2M9XW3T5R"
QUICK = Pace(quiet=0.06, gone=0.12, empty=0.12, patience=1.0, longest=2.0, sweep=0.2, share=1.0)


class Hand:
    """A clock that a hand moves, in seconds; it begins at the present."""

    def __init__(self) -> None:
        self.passed = 0.0
        self._began = time.time()

    def clocks(self) -> Clocks:
        """Return the clocks that it moves."""
        return Clocks(lambda: 1000 + self.passed, lambda: self._began + self.passed)


class Deaf(notices.Silent):
    """No notices: who waits for one moves the clock instead."""

    def __init__(self, hand: Hand) -> None:
        self._hand = hand

    def wait(self, seconds: float, ending: threading.Event) -> notices.Heard:
        """Let time pass and hear nothing."""
        self._hand.passed += max(0.01, seconds)
        return notices.Heard()


class Scene(Closing):
    """Follows `root`, tells, and remembers, as the agent does. A context manager.

    Without `hear` there are no notices, and time passes by hand; with it, by the clock.
    """

    def __init__(
        self,
        root: Path,
        spool: Path,
        sandbox: Sandbox,
        *,
        hear: Callable[[bytes], notices.Notices] | None = None,
        pace: Pace | None = None,
    ) -> None:
        self.root, self.sandbox, self._hear = root, sandbox, hear
        self.is_heard = hear is not None
        self.hand = Hand()
        self._pace = pace or (QUICK if hear else Pace(share=1.0))
        root.mkdir(exist_ok=True)
        self.spool = Spool(spool)
        with self.spool.writing() as cursor:
            memory.prepare(cursor)
        self.said: list[str] = []
        self.bursts: list[Burst] = []
        self.told: list[Told] = []
        self.ending = threading.Event()
        self._follower: Follower | None = None
        self.wake()

    def wake(self) -> None:
        """Begin as after a restart: what is not in the spool is forgotten."""
        self._let_go()
        self.memory = memory.Memory(self.spool.connection)
        self.rules = policies.load(self.root, say=self.said.append)
        self.place = Folder(
            self.root,
            self.memory,
            self.rules,
            say=self.said.append,
            pace=self._pace,
            hear=self._hear or (lambda root: Deaf(self.hand)),
            clocks=Clocks() if self._hear else self.hand.clocks(),
        )
        self.teller = Teller(self.place, say=self.said.append, sandbox=self.sandbox)

    def rule(self, text: str) -> None:
        """Write the folder's own rules, and begin anew with them."""
        self.write(".coulisses.toml", text)
        self.wake()

    def close(self) -> None:
        """Let go of the folder, and of its spool."""
        self._let_go()
        self.spool.close()

    def _let_go(self) -> None:
        if self._follower:
            self._follower.close()
        self._follower = None

    @property
    def follower(self) -> Follower:
        """Who follows the folder; begins when asked for."""
        if self._follower is None:
            self._follower = self.place.follower()
        return self._follower

    def write(self, name: str | bytes, data: str | bytes = b"x", *, at: float = 0) -> Path:
        """Write a file; `at` gives it a date in seconds since 1970."""
        path = Path(os.fsdecode(os.path.join(os.fsencode(self.root), os.fsencode(name))))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        if at:
            os.utime(path, (at, at))
        return path

    def remember(self, told: Told) -> Told:
        """Queue and remember, in one transaction, what is told."""
        for one in told.captures:
            how = {"policy": one.policy, "delay": one.delay or None}
            contract.check(one.capture | (how if one.policy != "show" else {}))
        with self.spool.writing() as cursor:
            for one in told.captures:
                self.spool.put(cursor, one.capture, policy=one.policy, delay=one.delay)
            for shown in told.previews:
                self.spool.put_preview(cursor, shown.version, shown.facts, shown.files)
            told.remember(cursor)
        self.told.append(told)
        return told

    def tell(self, bursts: Iterable[Burst]) -> list[Told]:
        """Tell and remember bursts as they come."""
        found = []
        for burst in bursts:
            self.bursts.append(burst)
            found.append(self.remember(self.teller.tell(burst)))
        return found

    def open(self) -> list[Told]:
        """Tell what is found, and then its previews, as when the agent starts."""
        found = self.tell(self.place.past())
        found += [self.remember(told) for told in self.teller.backlog()]
        return found

    def turn(self, *, wait: float = 0.5) -> Told | None:
        """Follow for a moment; tell and remember what has settled."""
        burst = self.follower.turn(self.ending, wait=min(wait, 0.05) if self._hear else wait)
        return self.tell([burst])[0] if burst else None

    def pass_time(self, seconds: float) -> list[Told]:
        """Follow for so long, and return what was told meanwhile."""
        until = self.place.clocks.steady() + seconds
        found = []
        while (left := until - self.place.clocks.steady()) > 0:
            found += [told] if (told := self.turn(wait=min(0.5, left))) else []
        return found

    def settle(self, *, seconds: float = 300) -> list[Told]:
        """Follow until nothing is on its way any more, and return what was told meanwhile.

        Everything was looked at once more by then. By hand, `seconds` pass at most.
        """
        found: list[Told] = []
        clock = self.place.clocks.steady
        until = clock() + (60 if self._hear else seconds)
        quiet_since = None
        while clock() < until:
            if told := self.turn():
                found.append(told)
            if not self.follower.is_at_rest:
                quiet_since = None
            elif quiet_since is None:
                quiet_since = clock()
            elif clock() - quiet_since > (self._pace.sweep + 0.1 if self._hear else 3):
                return found
        raise AssertionError(f"it never came to rest: {found}")

    def captures(self, tolds: Iterable[Told] | None = None) -> list[dict[str, Any]]:
        """Return captures in order, all of them by default."""
        given = self.told if tolds is None else tolds
        return [one.capture for told in given for one in told.captures]

    def changes(self, tolds: Iterable[Told] | None = None) -> list[dict[str, Any]]:
        """Return each file's change in order."""
        return [change for one in self.captures(tolds) for change in one["changes"]]

    def short(self, tolds: Iterable[Told] | None = None) -> list[tuple[str, ...]]:
        """Return what was told as ("added", "a.md") or ("renamed", "b.md", "a.md")."""
        return [
            (change["what"], change["path"], *([change["was"]] if change["was"] else []))
            for change in self.changes(tolds)
        ]

    def leaving(self) -> bytes:
        """Return every byte that was meant to leave."""
        left = [spelled(capture) for capture in self.captures()]
        for told in self.told:
            for shown in told.previews:
                left.append(json.dumps(dict(shown.facts), ensure_ascii=False).encode())
                left += [data for data, _mime in shown.files.values()]
        return b"\n".join(left)
