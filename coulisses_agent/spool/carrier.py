"""The carrier: takes to the house what the spool holds, for as long as it takes."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from coulisses_agent.events import Events
from coulisses_agent.house import Ended, House
from coulisses_agent.refusals import HouseRefused, HouseUnreachable
from coulisses_agent.spool import originals
from coulisses_agent.spool.arrivals import Arrivals
from coulisses_agent.spool.originals import LET_GO
from coulisses_agent.spool.outage import Outage
from coulisses_agent.spool.store import Spool, Waiting
from coulisses_client.pieces import THRESHOLD
from coulisses_readers.closing import Closing

MOST_CAPTURES, MOST_BYTES = 100, 1 << 20  # of one batch
MOST_LIVE = 5  # captures of one batch; with more, words catch up before pictures
MOST_VERSIONS = 50  # asked about at once
LONGEST_WAIT = 60.0  # seconds between two attempts while there is no answer
CLOSED_WAIT = 300.0  # seconds between two attempts while the house does not let us in
GONE = (409, 410)


class _MakeWay(Exception):
    """A save waits while a long preview is on its way: that one goes on afterwards."""


class Carrier(Closing):
    """Sends in a thread of its own, saves before the past's previews; a context manager.

    Without an answer it waits, longer each time, and never gives up. What the house refuses for
    itself is set aside with the reason, and the rest goes on. `renewed` returns the token that was
    given last, if any: one that does not open any more can be replaced while it waits. `read`
    returns a file itself by its path and digest, for projects that keep originals.
    """

    def __init__(
        self,
        house: House,
        spool: Path,
        events: Events,
        *,
        title: str,
        ending: threading.Event,
        renewed: Callable[[], str | None] = lambda: None,
        read: originals.Read = originals.unread,
    ) -> None:
        self._house, self._folder, self._events = house, spool, events
        self._title, self._ending, self._read = title, ending, read
        self._outage = Outage(house, events, ending=ending, renewed=renewed)
        self._news = threading.Event()
        self._idle = threading.Event()
        self._asked = 0
        self._lock = threading.Lock()
        self._is_open = False
        self._closed: HouseRefused | None = None
        self._error: BaseException | None = None
        self.entries = self.previews = 0
        self._thread = threading.Thread(target=self._work, name="carrier", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def close(self) -> None:
        """Carry no more; what was not sent stays in the spool."""
        self._ending.set()
        self._news.set()
        self._thread.join(1.0)  # a request under way is not waited for: it is sent again

    def nudge(self) -> None:
        """Say that there is something new to send."""
        with self._lock:
            self._asked += 1
            self._idle.clear()
            self._news.set()

    @property
    def is_idle(self) -> bool:
        """Has all been sent that was there at the last nudge?"""
        return self._idle.is_set()

    def drain(self, patience: float) -> None:
        """Wait until all is sent.

        Raises HouseRefused where the house lets nothing in, HouseUnreachable after so many seconds
        without an answer. What was not sent stays in the spool.
        """
        until = time.monotonic() + patience
        while not self._idle.wait(0.1) and not self._ending.is_set():
            self.check()
            if self._closed:
                raise self._closed
            if not self._outage.is_on:
                until = time.monotonic() + patience
            elif time.monotonic() > until:
                minutes = round(patience / 60)
                raise HouseUnreachable(url=self._house.address.root, minutes=minutes)
        self.check()

    def check(self) -> None:
        """Raise what ended the thread, if something did."""
        if self._error is not None:
            raise self._error

    def _work(self) -> None:
        try:
            with Spool(self._folder) as spool:
                while not self._ending.is_set():
                    self._news.clear()
                    asked = self._asked
                    if not self._turn(spool):
                        self._is_done(asked)
                        self._news.wait(LONGEST_WAIT)
        except Ended:
            pass
        except BaseException as error:
            self._error = error
            self._idle.set()

    def _is_done(self, asked: int) -> None:
        """Be idle, unless there was another nudge meanwhile: it may be of something unseen."""
        with self._lock:
            if asked == self._asked:
                self._idle.set()

    def _turn(self, spool: Spool) -> bool:
        """Send some of what waits; return whether there may be more."""
        try:
            if not self._is_open:
                self._house.open_project(self._title)
                self._is_open = True
            is_more = (
                self._send_captures(spool)
                or self._send_preview(spool)
                or self._send_original(spool)
            )
        except HouseUnreachable as unreachable:
            self._outage.wait(spool, str(unreachable.details.get("said", "")), LONGEST_WAIT)
            return True
        except HouseRefused as refused:
            if refused.is_of_itself:
                raise
            self._is_open, self._closed = False, refused
            self._outage.wait(spool, str(refused), CLOSED_WAIT)
            return True
        self._answered(spool)
        return is_more

    def _send_captures(self, spool: Spool) -> bool:
        batch = spool.captures(most=MOST_CAPTURES, most_bytes=MOST_BYTES)
        if not batch:
            return False
        if len(batch) <= MOST_LIVE:
            self._send_pictures_of(spool, batch)
        self._tell(spool, batch)
        return True

    def _tell(self, spool: Spool, batch: list[Waiting]) -> None:
        """Tell captures; where one is refused, and all with it, each goes alone."""
        last = batch[-1]
        try:
            results = self._house.tell(one.capture for one in batch)
        except HouseRefused as refused:
            if not refused.is_of_itself:
                raise
            if len(batch) > 1:
                for one in batch:
                    self._tell(spool, [one])
                return
            spool.refuse(last.seq, str(refused))
            self._events.warning(f"{last.title}: {refused}")
            return
        spool.sent([one.seq for one in batch])
        self.entries += len(batch)
        self._say(last.title, results[-1])

    def _send_pictures_of(self, spool: Spool, batch: list[Waiting]) -> None:
        """Send what was just saved to be seen, so that its entry appears with its picture.

        Long pictures come after: words don't wait for them.
        """
        named = spool.pictures_of(batch, most_bytes=THRESHOLD)
        if not named:
            return
        wanted = set(self._house.wanted(named))
        for version in (one for one in named if one in wanted):
            self._send_one(spool, version)

    def _say(self, title: str, became: dict[str, Any]) -> None:
        """Report what became of a save: it is told, unless it waits or was dropped before."""
        state = became.get("state", "told")
        if state == "told":
            self._events.told(title)
        elif state == "waiting":
            self._events.waits(title)

    def _send_preview(self, spool: Spool) -> bool:
        versions = spool.versions(MOST_VERSIONS)
        if not versions:
            return False
        wanted = set(self._house.wanted(versions))
        spool.shown([one for one in versions if one not in wanted], is_sent=False)
        for version in (one for one in versions if one in wanted):
            if self._ending.is_set():
                raise Ended
            self._send_one(spool, version)
            if self._is_save_waiting(spool):
                break  # a save does not wait for the past's pictures
        return True

    def _send_original(self, spool: Spool) -> bool:
        """Send one file itself where the project keeps them; all of them stay here where not."""
        if not self._house.keeps_originals:
            originals.drop_all(spool)
            return False
        one = originals.first(spool)
        if one is None:
            return False
        with contextlib.suppress(_MakeWay):
            originals.send(
                self._house, spool, one, self._read, between=lambda: self._make_way(spool)
            )
        return True

    def _is_save_waiting(self, spool: Spool) -> bool:
        return self._news.is_set() and bool(spool.captures(most=1, most_bytes=1))

    def _make_way(self, spool: Spool) -> None:
        """A piece has arrived: the line holds, and what is more urgent may go first."""
        self._answered(spool)
        if self._ending.is_set():
            raise Ended
        if self._is_save_waiting(spool):
            raise _MakeWay

    def _send_one(self, spool: Spool, version: str) -> None:
        preview = spool.preview(version)
        if preview is None:
            return
        kept = Arrivals(spool, preview.seq)
        try:
            self._house.show(
                version, preview.facts, preview.files, kept, between=lambda: self._make_way(spool)
            )
        except _MakeWay:
            return
        except HouseRefused as refused:
            if kept and refused.answer in LET_GO:
                kept.clear()
                return
            if not refused.is_of_itself:
                raise
            if refused.answer in GONE:
                spool.shown([version], is_sent=False)
                return
            spool.refuse_preview(version, str(refused))
            self._events.warning(f"{version}: {refused}")
            return
        spool.shown([version])
        self.previews += 1

    def _answered(self, spool: Spool) -> None:
        self._closed = None
        self._outage.end(spool)
