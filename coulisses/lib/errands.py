"""Errands: what a house does by itself, again and again, each in a thread of its own.

An errand finds what is owed in rows (what is due, what was asked for), does some of it and says
whether there is more. Nothing is kept in memory: a process that dies in the middle leaves the
rows as they were, and whoever looks next goes on.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

LONGEST_REST = 300.0  # seconds after failures, which double the rest each time
A_BREATH = 0.2  # seconds after a call, so that what is told in a burst is one turn
LEAST_PAUSE = 0.02  # seconds between two turns of an errand that gives way

_logger = logging.getLogger(__name__)
_known: list["Errand"] = []


@dataclass(frozen=True)
class Errand:
    """`run` does some of what is owed and returns whether there is more; else it rests.

    One that `is_own` is about what its process alone knows: each that serves runs it. One that
    `is_called` also takes a turn when its runner is told that something was told.
    """

    name: str
    run: Callable[[], bool]
    rest: float
    is_own: bool = False
    is_called: bool = False
    gives_way: bool = False


def every(
    seconds: float,
    run: Callable[[], bool],
    *,
    is_own: bool = False,
    is_called: bool = False,
    gives_way: bool = False,
) -> None:
    """Have `run` called at least so often, and at once again while it says that there is more."""
    name = f"{run.__module__}.{run.__qualname__}"
    one = Errand(name, run, seconds, is_own, is_called, gives_way)
    if one not in _known:
        _known.append(one)


class Runner:
    """Runs errands from `start` to `end`; `around` an errand is entered for each of its turns.

    `note` is told how each turn ended: the errand's name, what it failed with, if it did, and in
    how many seconds it is tried again.
    """

    def __init__(
        self,
        around: Callable[[Errand], AbstractContextManager[object]] = nullcontext,
        note: Callable[[str, Exception | None, float], None] = lambda *_: None,
    ) -> None:
        self._around, self._note = around, note
        self._ending = threading.Event()
        self._calls: list[threading.Event] = []
        self._threads: list[threading.Thread] = []

    def start(self, *, only_own: bool = False) -> None:
        """Begin with every errand known by now, or with those of each process."""
        for one in [one for one in _known if one.is_own or not only_own]:
            call = threading.Event() if one.is_called else self._ending
            thread = threading.Thread(target=self._go, args=[one, call], name=one.name, daemon=True)
            self._calls += [call] if one.is_called else []
            thread.start()
            self._threads.append(thread)

    def end(self) -> None:
        """Ask all to end; a turn under way is not waited for, it is done again another time."""
        self._ending.set()
        self.call()

    def call(self) -> None:
        """Have those that are called take their turn now: something was told."""
        for one in self._calls:
            one.set()

    def _rests(self, rest: float, call: threading.Event) -> bool:
        """Rest until it is time, or somebody calls; return whether there is another turn."""
        if call.wait(rest) and not self._ending.is_set():
            call.clear()  # before the turn: who calls during it is heard after it
            self._ending.wait(A_BREATH)
        return not self._ending.is_set()

    def _take_turns(self, one: Errand) -> None:
        began = time.monotonic()
        while not self._ending.is_set() and one.run():
            if one.gives_way:
                self._ending.wait(max(LEAST_PAUSE, time.monotonic() - began))
            began = time.monotonic()

    def _go(self, one: Errand, call: threading.Event) -> None:
        failures, rest = 0, one.rest
        while self._rests(rest, self._ending if failures else call):
            failure: Exception | None = None
            with self._around(one):
                try:
                    self._take_turns(one)
                    failures = 0
                except Exception as error:
                    failures, failure = min(failures + 1, 12), error
                    _logger.exception("an errand failed and will be tried again: %s", one.name)
                rest = one.rest if not failures else min(one.rest * 2**failures, LONGEST_REST)
                self._note(one.name, failure, rest)
