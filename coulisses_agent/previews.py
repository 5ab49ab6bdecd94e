"""Previews of the versions that the house's entries name: newest first, and none of a secret."""

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from coulisses_agent import captures, changes, held, seeing
from coulisses_agent.events import Events
from coulisses_agent.git import names, place
from coulisses_agent.git.saves import LARGEST_TEXT, History, Save
from coulisses_agent.house import Ended, House
from coulisses_agent.refusals import HouseRefused
from coulisses_readers.closing import Closing
from coulisses_readers.look import Look
from coulisses_readers.sandbox import Sandbox

WORKERS = 2
LARGEST_CODE = 64 * 1024  # bytes; longer code is shown by what changed in it only
_LARGEST = {**changes.LOOKED_AT, "prose": LARGEST_TEXT, "code": LARGEST_CODE}
_MOST_ASKED = 1000
_MOST_KNOWN = 50_000  # previews found wanting before the first of them are made
_FATAL = (401, 403)
_LAST_WAIT = 1.0  # seconds for a preview under way; given up, it is made another time


@dataclass(frozen=True, slots=True)
class Version:
    """One state of one file, which reader its name calls for, and the state that stood before."""

    oid: str
    path: bytes
    reader: str
    before: str | None = None

    @property
    def name(self) -> str:
        """What captures call it."""
        return f"git:{self.oid}"


def of(save: Save, seen: set[bytes]) -> Iterator[Version]:
    """Yield the versions that a commit brought and that are worth a preview.

    Pictures, sounds, documents, figures and prose always; other text only as it is in the end:
    `seen` holds the paths of newer commits, and those of this one are added to it.
    """
    for file in captures.ordered(save.files)[: captures.MOST_CHANGES]:
        reader, is_newest = changes.reader_of(file.path), file.path not in seen
        if reader == "code":
            seen.add(file.path)
        if file.new is None or not file.is_file or held.is_secret_path(file):
            continue
        size = save.sizes.get(file.new)
        if size is None or not 0 < size <= _LARGEST.get(reader, -1):
            continue
        if reader != "code" or is_newest:
            yield Version(file.new, file.path, reader, file.old)


class Previewer(Closing):
    """Makes and sends previews in two threads, from when it is started; a context manager.

    What is put forward goes first, then the backlog. `wait` returns when nothing is left.
    """

    def __init__(
        self, house: House, where: place.Place, events: Events, *, ending: threading.Event
    ) -> None:
        self._house, self._events, self._ending = house, events, ending
        self._history = History(where, changes.rank)
        self._lock = threading.Condition()
        self._first: deque[Version] = deque()
        self._backlog: Iterator[Version] = iter(())
        self._then: Callable[[], None] | None = None
        self._is_closing = False
        self._busy = self._done = self._total = self.sent = 0
        self._sandbox: Sandbox | None = None
        self._seeing = seeing.Seeing(self._read)
        self._error: BaseException | None = None
        self._threads = [
            threading.Thread(target=self._work, name=f"previews-{number}", daemon=True)
            for number in range(WORKERS)
        ]
        for thread in self._threads:
            thread.start()

    def put_backlog(self, head: str, *, then: Callable[[], None]) -> None:
        """Have the previews of all that led to `head` made, newest first; `then` is called once."""
        with self._lock:
            self._history.count(head)
            self._backlog, self._then = self._wanting(head), then
            self._lock.notify_all()

    def put_first(self, versions: Iterable[Version]) -> None:
        """Have these made before anything else."""
        wanted = self._ask(list(versions))
        with self._lock:
            self._first.extend(wanted)
            self._total += len(wanted)
            self._lock.notify_all()

    def wait(self) -> None:
        """Wait until nothing is left. Raises what ended the work."""
        with self._lock:
            while not self._is_idle() and not self._error and not self._ending.is_set():
                self._lock.wait(0.2)
        self.check()

    def check(self) -> None:
        """Raise what ended the work, if something did."""
        if self._error is not None:
            raise self._error

    def close(self) -> None:
        """Make no more; one that is under way is waited for a moment."""
        with self._lock:
            self._is_closing = True
            self._lock.notify_all()
        for thread in self._threads:
            thread.join(_LAST_WAIT)
        self._rest()
        self._history.close()

    def _is_idle(self) -> bool:
        return self._then is None and not self._busy and self._peek() is None

    def _peek(self) -> Version | None:
        """Return the next version, and keep it the next."""
        if not self._first and (following := next(self._backlog, None)) is not None:
            self._first.append(following)
        return self._first[0] if self._first else None

    def _work(self) -> None:
        try:
            while (version := self._take()) is not None:
                try:
                    self._make(version)
                finally:
                    self._give_back()
        except Ended:
            pass
        except BaseException as error:
            with self._lock:
                self._error = error
                self._lock.notify_all()

    def _take(self) -> Version | None:
        with self._lock:
            while not self._is_closing and not self._ending.is_set() and self._error is None:
                if (version := self._peek()) is not None:
                    self._first.popleft()
                    self._busy += 1
                    return version
                if not self._busy:
                    self._rest()  # and wake nobody: two idle workers would do it for ever
                self._lock.wait(0.5)
        return None

    def _give_back(self) -> None:
        with self._lock:
            self._busy -= 1
            self._done += 1
            self._events.progress("previews", self._done, self._total)
            self._lock.notify_all()

    def _rest(self) -> None:
        """Keep no process while there is nothing to do; say that the backlog is done."""
        if self._sandbox is not None:
            self._sandbox.close()
            self._sandbox = None
        self._history.blobs.close()
        if self._then is not None and not self._is_closing:
            then, self._then = self._then, None
            then()
            self._lock.notify_all()

    def _wanting(self, head: str) -> Iterator[Version]:
        """Yield what the house lacks, in rounds, so that the total is known and memory bounded."""
        seen: set[bytes] = set()
        known: set[bytes] = set()

        def fresh() -> Iterator[Version]:
            commits = self._history.commits(head, newest_first=True)
            for save in self._history.saves(commits, with_patches=False):
                for version in of(save, seen):
                    oid = bytes.fromhex(version.oid)
                    if oid not in known:
                        known.add(oid)
                        yield version

        versions, wanting = fresh(), deque[Version]()
        while chunk := list(islice(versions, _MOST_ASKED)):
            wanting.extend(self._ask(chunk))
            if len(wanting) >= _MOST_KNOWN:
                self._total += len(wanting)
                while wanting:
                    yield wanting.popleft()
        self._total += len(wanting)
        while wanting:
            yield wanting.popleft()

    def _ask(self, versions: list[Version]) -> list[Version]:
        if not versions:
            return []
        wanted = set(self._house.wanted([version.name for version in versions]))
        return [version for version in versions if version.name in wanted]

    def _read(self, oid: str) -> bytes | None:
        with self._lock:  # the conversation with git is one at a time
            return self._history.blobs.read(oid, most=changes.LARGEST_PICTURE)

    def _keep_original(self, version: Version, look: Look) -> None:
        if self._house.keeps_originals and look.reason != "held":
            data = self._read(version.oid)
            if data is not None:
                self._house.keep(version.name, data, {})

    def _make(self, version: Version) -> None:
        with self._lock:
            if self._sandbox is None:
                self._sandbox = Sandbox(children=WORKERS)
            sandbox = self._sandbox
        look = self._seeing.look(version.oid, version.path, version.reader, sandbox)
        if look is None:
            return
        facts = {"reader": look.reader, **look.facts}
        if version.before:
            facts |= self._seeing.changed(version.before, look, version.path, sandbox)
        try:
            self._house.show(version.name, facts, seeing.files(look))
            self._keep_original(version, look)
        except HouseRefused as refused:
            if refused.answer in _FATAL:
                raise
            self._events.warning(f"{names.path(version.path)}: {refused}")
            return
        with self._lock:
            self.sent += 1
