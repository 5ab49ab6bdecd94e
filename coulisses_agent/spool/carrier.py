"""The carrier: takes to the house what the spool holds, for as long as it takes."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path
from types import TracebackType

from coulisses_agent.events import Events
from coulisses_agent.house import Ended, House
from coulisses_agent.refusals import HouseRefused, HouseUnreachable
from coulisses_agent.spool.store import Spool

MOST_CAPTURES, MOST_BYTES = 100, 1 << 20  # of one batch
MOST_VERSIONS = 50  # asked about at once
LONGEST_WAIT = 60.0  # seconds between two attempts while there is no answer
CLOSED_WAIT = 300.0  # seconds between two attempts while the house does not let us in
# What a house says of the very thing that was sent. All else speaks of who asks, or is no house
# at all but a hotel's door: nothing is given up for it.
OF_ITSELF = (400, 409, 410, 413, 415, 422)
GONE = (409, 410)


class Carrier:
    """Sends in a thread of its own, captures before previews; a context manager.

    Without an answer it waits, longer each time, and never gives up. What the house refuses for
    itself is set aside with the reason, and the rest goes on.
    """

    def __init__(
        self, house: House, spool: Path, events: Events, *, title: str, ending: threading.Event
    ) -> None:
        self._house, self._folder, self._events = house, spool, events
        self._title, self._ending = title, ending
        self._news = threading.Event()
        self._idle = threading.Event()
        self._asked = 0
        self._lock = threading.Lock()
        self._failures = 0
        self._is_open = False
        self._closed: HouseRefused | None = None
        self._error: BaseException | None = None
        self.entries = self.previews = 0
        self._thread = threading.Thread(target=self._work, name="carrier", daemon=True)

    def __enter__(self) -> Carrier:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
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
            if not self._failures:
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
            is_more = self._send_captures(spool) or self._send_preview(spool)
        except HouseUnreachable as unreachable:
            self._rest(spool, str(unreachable.details.get("said", "")), LONGEST_WAIT)
            return True
        except HouseRefused as refused:
            if refused.details["status"] in OF_ITSELF:
                raise
            self._is_open, self._closed = False, refused
            self._rest(spool, str(refused), CLOSED_WAIT)
            return True
        self._answered(spool)
        return is_more

    def _send_captures(self, spool: Spool) -> bool:
        batch = spool.captures(most=MOST_CAPTURES, most_bytes=MOST_BYTES)
        if not batch:
            return False
        try:
            self._house.tell(one.capture for one in batch)
        except HouseRefused as refused:
            if refused.details["status"] not in OF_ITSELF:
                raise
            # One of them is refused, and all with it: each goes alone, and that one stays behind.
            for one in batch:
                self._send_alone(spool, one.seq, one.title, one.capture)
            return True
        spool.sent([one.seq for one in batch])
        self.entries += len(batch)
        self._events.told(batch[-1].title)
        return True

    def _send_alone(self, spool: Spool, seq: int, title: str, capture: bytes) -> None:
        try:
            self._house.tell([capture])
        except HouseRefused as refused:
            if refused.details["status"] not in OF_ITSELF:
                raise
            spool.refuse(seq, str(refused))
            self._events.warning(f"{title}: {refused}")
            return
        spool.sent([seq])
        self.entries += 1
        self._events.told(title)

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
            if self._news.is_set() and spool.captures(most=1, most_bytes=1):
                break  # a save does not wait for the past's pictures
        return True

    def _send_one(self, spool: Spool, version: str) -> None:
        preview = spool.preview(version)
        if preview is None:
            return
        try:
            self._house.show(version, preview.facts, preview.files)
        except HouseRefused as refused:
            status = refused.details["status"]
            if status not in OF_ITSELF:
                raise
            if status in GONE:
                spool.shown([version], is_sent=False)
                return
            spool.refuse_preview(version, str(refused))
            self._events.warning(f"{version}: {refused}")
            return
        spool.shown([version])
        self.previews += 1

    def _answered(self, spool: Spool) -> None:
        self._closed = None
        if self._failures:
            self._failures = 0
            self._events.warning("The house answers again.")
        if spool.noted("offline since") is not None:
            spool.note("offline since", None)
            spool.note("offline why", None)

    def _rest(self, spool: Spool, why: str, most: float) -> None:
        self._failures += 1
        if self._failures == 1:
            spool.note("offline since", repr(time.time()))
            self._events.warning(f"No way to the house just now, so what is told waits here. {why}")
        spool.note("offline why", why)
        wait = min(most, 0.5 * 2 ** min(self._failures, 10))
        if self._ending.wait(wait * random.uniform(0.7, 1.0)):  # noqa: S311  no secret
            raise Ended
