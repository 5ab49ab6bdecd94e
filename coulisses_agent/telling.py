"""Tells the house what a repository's history holds and the house doesn't know yet."""

import threading
import time
from collections.abc import Callable, Iterator
from itertools import islice

from coulisses_agent import authors, captures, changes, previews
from coulisses_agent.documents import Documents
from coulisses_agent.events import Events
from coulisses_agent.git.history import Commit
from coulisses_agent.git.place import Place
from coulisses_agent.git.saves import History
from coulisses_agent.house import Ended, House
from coulisses_agent.sending import Sender
from coulisses_agent.speech import gettext as _

_MOST_ASKED = 2000  # captures in one question whether they are known
_MOST_HEADS = 50
_MOST_WARNINGS = 20


class Teller:
    """Tells one repository to one project. `entries` counts what it told."""

    def __init__(
        self,
        house: House,
        where: Place,
        events: Events,
        *,
        owner: str | None,
        ending: threading.Event,
    ) -> None:
        self._house, self._place, self._events = house, where, events
        self._owner, self._ending = owner or where.owner_address(), ending
        self._hands: authors.Hands | None = None
        self._heads: list[str] = []
        self.entries = 0
        self._warnings = 0

    def tell(self, head: str, *, past: bool) -> list[previews.Version]:
        """Tell all that leads to `head` and isn't known; return the versions it brought.

        Only what isn't of the past is returned: the past's previews are asked for as a whole.
        """
        brought: list[previews.Version] = []
        with (
            History(self._place, changes.rank) as history,
            Documents(history.blobs) as documents,
        ):
            without = list(history.blobs.sizes(self._heads))
            total = history.count(head, without=without)
            if self._hands is None:
                self._hands = authors.Hands(history.first_root(head), self._owner)
            scribe = captures.Scribe(history, self._hands, self._warn, documents)
            progress = _Progress(self._events, total)
            if past:
                progress.add(0)
            with Sender(self._house, told=self._acknowledge(progress)) as sender:
                commits = history.commits(head, without=without)
                for save in history.saves(self._unknown(commits, progress)):
                    if self._ending.is_set():
                        raise Ended
                    capture = scribe.write(save, past=past, now=time.time())
                    sender.add(captures.spelled(capture), str(capture["title"]))
                    if not past:
                        brought += previews.of(save, set())
        self._heads = [*self._heads, head][-_MOST_HEADS:]
        return brought

    def _unknown(self, commits: Iterator[Commit], progress: "_Progress") -> Iterator[Commit]:
        while window := list(islice(commits, _MOST_ASKED)):
            unknown = self._house.unknown([f"git:{commit.oid}" for commit in window])
            progress.add(len(window) - len(unknown))
            yield from (commit for commit in window if f"git:{commit.oid}" in unknown)

    def _warn(self, text: str) -> None:
        """Pass on the first warnings, and count the others."""
        self._warnings += 1
        if self._warnings <= _MOST_WARNINGS:
            self._events.warning(text)
        elif self._warnings == _MOST_WARNINGS + 1:
            self._events.warning(_("More was held back; each entry says what."))

    def _acknowledge(self, progress: "_Progress") -> Callable[[int, str], None]:
        def told(count: int, title: str) -> None:
            self.entries += count
            progress.add(count)
            self._events.told(title)

        return told


class _Progress:
    def __init__(self, events: Events, total: int) -> None:
        self._events, self._total, self._done = events, total, 0
        self._lock = threading.Lock()

    def add(self, count: int) -> None:
        """Report that so many more are known to the house."""
        with self._lock:
            self._done += count
            done = self._done
        self._events.progress("entries", done, self._total)
