"""What the agent says while it works: to a program as JSON lines, to a person as a bar."""

import json
import sys
import threading
import time
from collections import deque
from typing import Any, Protocol, TextIO

from coulisses_agent import counts
from coulisses_agent.speech import gettext as _
from coulisses_agent.speech import gettext_noop as N_

_INTERVAL = 0.2  # seconds between two reports of progress
_SPAN = 10.0  # seconds over which a rate is measured
_NAMES = {"entries": N_("entries"), "previews": N_("previews")}


class Events(Protocol):
    """Where reports go. All of them may be called from any thread."""

    def progress(self, what: str, done: int, total: int) -> None:
        """`what` is "entries" or "previews"."""

    def told(self, title: str) -> None:
        """A commit stands in the house's log now."""

    def waits(self, title: str) -> None:
        """A save has reached the house, and waits in its team's tray."""

    def warning(self, text: str) -> None:
        """Something went wrong that does not stop the rest."""

    def done(self, entries: int, previews: int) -> None:
        """All that was there has been told; watching may follow."""


class Silence:
    """Says nothing."""

    def progress(self, what: str, done: int, total: int) -> None:
        """Say nothing."""

    def told(self, title: str) -> None:
        """Say nothing."""

    def waits(self, title: str) -> None:
        """Say nothing."""

    def warning(self, text: str) -> None:
        """Say nothing."""

    def done(self, entries: int, previews: int) -> None:
        """Say nothing."""


class Pace:
    """How fast something goes, over the last seconds."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()
        self._last = 0.0

    def is_due(self, done: int, total: int, *, now: float) -> bool:
        """Is it time to report again? The first and the last are always reported."""
        if done not in (0, total) and now - self._last < _INTERVAL:
            return False
        self._last = now
        return True

    def measure(self, done: int, total: int, *, now: float) -> tuple[float, int | None]:
        """Return how many a second, and the seconds left if they can be told."""
        self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[0][0] > _SPAN:
            self._marks.popleft()
        since, before = self._marks[0]
        span = now - since
        rate = (done - before) / span if span > 0 else 0.0
        return round(rate, 1), round((total - done) / rate) if rate > 0 else None


class JsonLines:
    """One JSON object a line, flushed at once."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._lock = threading.Lock()
        self._paces: dict[str, Pace] = {}

    def progress(self, what: str, done: int, total: int) -> None:
        """Say {"event": "progress", "what", "done", "total", "rate", "eta"}: a second, seconds."""
        now = time.monotonic()
        with self._lock:
            pace = self._paces.setdefault(what, Pace())
            if not pace.is_due(done, total, now=now):
                return
            rate, eta = pace.measure(done, total, now=now)
        self._say("progress", what=what, done=done, total=total, rate=rate, eta=eta)

    def told(self, title: str) -> None:
        """Say {"event": "told", "title"}."""
        self._say("told", title=title)

    def waits(self, title: str) -> None:
        """Say {"event": "waits", "title"}."""
        self._say("waits", title=title)

    def warning(self, text: str) -> None:
        """Say {"event": "warning", "text"}."""
        self._say("warning", text=text)

    def done(self, entries: int, previews: int) -> None:
        """Say {"event": "done", "entries", "previews"}."""
        self._say("done", entries=entries, previews=previews)

    def _say(self, event: str, **facts: Any) -> None:
        with self._lock:
            self._out.write(json.dumps({"event": event, **facts}) + "\n")
            self._out.flush()


class Bar:
    """A bar for a person at a terminal."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
        from rich.progress import TimeRemainingColumn as TimeLeft

        self._progress = Progress(
            TextColumn("{task.description:>8}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeLeft(),
            console=Console(stderr=True),
        )
        self._tasks: dict[str, Any] = {}
        self._lock = threading.Lock()

    def progress(self, what: str, done: int, total: int) -> None:
        """Move the bar."""
        with self._lock:
            if not self._tasks:
                self._progress.start()
            if what not in self._tasks:
                self._tasks[what] = self._progress.add_task(_(_NAMES.get(what, what)), total=total)
        self._progress.update(self._tasks[what], completed=done, total=total)

    def told(self, title: str) -> None:
        """Name the last that was told beside the bar's end."""
        self._print(_("told: %(title)s") % {"title": title})

    def waits(self, title: str) -> None:
        """Name the last that waits in the tray beside the bar's end."""
        self._print(_("waits in the tray: %(title)s") % {"title": title})

    def warning(self, text: str) -> None:
        """Print the warning above the bar."""
        self._print(_("warning: %(text)s") % {"text": text})

    def done(self, entries: int, previews: int) -> None:
        """Take the bar away and say how much there was."""
        with self._lock:
            if self._tasks:
                self._progress.stop()
            self._tasks = {}
        said = _("Told: %(entries)s. Sent: %(previews)s.")
        how_many = {"entries": counts.entries(entries), "previews": counts.previews(previews)}
        self._print(said % how_many)

    def _print(self, text: str) -> None:
        self._progress.console.print(
            text, markup=False, highlight=False, emoji=False, soft_wrap=True
        )


def named(name: str) -> Events:
    """Return where reports go for --progress json, bar or none."""
    return {"json": JsonLines, "bar": Bar, "none": Silence}[name]()
