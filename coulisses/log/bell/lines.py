"""A line to a broker: one thread hears, another rings, and each comes back by itself.

Whoever rings only leaves a note, and never waits for the broker. While it is gone the notes lie,
one for each log; the house goes on by looking now and then, which it does anyhow.
"""

import atexit
import logging
import secrets
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

from coulisses.log.bell.carriers import EVERY_LOG, NO_ENTRY, CallBack

PATIENCE = 2.0  # seconds for which a broker may keep a line waiting
GLANCE = 1.0  # seconds after which a quiet line is looked at
FIRST_REST, LONGEST_REST = 0.1, 2.0  # seconds before another try; doubled each time
MOST_OWED = 10_000  # logs that rings are kept for; beyond, looking now and then must do
MOST_AT_ONCE = 100  # rings in one message: PostgreSQL's holds 8,000 bytes
LAST_WORDS = 0.5  # seconds that a process which ends waits for its rings to be off

_logger = logging.getLogger(__name__)
_self = secrets.token_hex(4)  # a process need not hear itself

Say = Callable[[str], None]


class Line(ABC):
    """What every broker's line has in common. Connections are made in the two threads alone."""

    def __init__(self, call_back: CallBack) -> None:
        self._call_back = call_back
        self._owed: dict[tuple[str, bool], int] = {}
        self._may_ring = threading.Condition()
        self._voice: threading.Thread | None = None
        self._ear: threading.Event | None = None  # set to end the thread that hears
        self._is_open = False

    @abstractmethod
    def _hear(self, *, opened: Callable[[], None]) -> Iterator[str]:
        """Connect, call `opened`, then yield each message, and "" now and then. Raises when cut."""

    @abstractmethod
    def _speaks(self) -> AbstractContextManager[Say]:
        """Connect, and give what sends a message, surely or raising."""

    @property
    def is_heard(self) -> bool:
        """Whether the line stands."""
        return self._is_open

    def listen(self) -> None:
        """Begin to hear, and to try again whenever the line is cut."""
        if self._ear is None:
            self._ear = threading.Event()
            threading.Thread(
                target=self._hear_on, args=[self._ear], name="bell", daemon=True
            ).start()

    def unlisten(self) -> None:
        """Have the thread that hears end, soon."""
        ear, self._ear, self._is_open = self._ear, None, False
        if ear:
            ear.set()

    def ring(self, log_id: str, position: int) -> None:
        """Leave a note for the thread that rings."""
        with self._may_ring:
            self._owe({(log_id, position != NO_ENTRY): position})
            if self._voice is None:
                self._voice = threading.Thread(target=self._speak_on, name="bell-out", daemon=True)
                self._voice.start()
                atexit.register(self._last_words)
            self._may_ring.notify()

    def _owe(self, rings: dict[tuple[str, bool], int]) -> None:
        for kept, position in rings.items():
            if kept in self._owed or len(self._owed) < MOST_OWED:
                self._owed[kept] = max(position, self._owed.get(kept, NO_ENTRY))

    def _last_words(self) -> None:
        until = time.monotonic() + LAST_WORDS
        while self._owed and time.monotonic() < until:
            time.sleep(0.01)

    def _hear_on(self, ending: threading.Event) -> None:
        rest = FIRST_REST
        while not ending.wait(0 if rest == FIRST_REST else rest):
            try:
                for message in self._hear(opened=lambda: self._opened(ending)):
                    rest = FIRST_REST
                    if ending.is_set():
                        return
                    self._take(message)
            except Exception as cut:
                self._say_cut(cut)
            self._is_open = self._is_open and self._ear is not ending
            rest = min(rest * 2, LONGEST_REST)

    def _opened(self, ending: threading.Event) -> None:
        if not ending.is_set():
            self._is_open = True
            self._call_back(EVERY_LOG, NO_ENTRY)

    def _say_cut(self, cut: Exception) -> None:
        # The kind alone: what a client says of its line may hold the password.
        if self._is_open:
            _logger.warning("the bell is not heard, and is tried again: %s", type(cut).__name__)

    def _take(self, message: str) -> None:
        sender, *rings = message.split("\n")
        if sender == _self:
            return
        for ring in rings:
            log_id, _, position = ring.partition(" ")
            if log_id and position.isdecimal():
                self._call_back(log_id, int(position))

    def _speak_on(self) -> None:
        rest = FIRST_REST
        while True:
            self._wait()
            try:
                with self._speaks() as say:
                    rest = FIRST_REST
                    while True:
                        self._speak(say)
            except Exception:
                _logger.debug("a ring waits for the line", exc_info=True)
            time.sleep(rest)
            rest = min(rest * 2, LONGEST_REST)

    def _wait(self) -> None:
        with self._may_ring:
            while not self._owed:
                self._may_ring.wait()

    def _speak(self, say: Say) -> None:
        self._wait()
        with self._may_ring:
            kept = [*self._owed.items()][:MOST_AT_ONCE]
        lines = [f"{log_id} {position}" for (log_id, _has_grown), position in kept]
        say("\n".join([_self, *lines]))
        with self._may_ring:
            for key, position in kept:
                if self._owed.get(key) == position:
                    del self._owed[key]
