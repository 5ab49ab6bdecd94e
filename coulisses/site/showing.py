"""What `open` shows on the terminal: where the house is, and how far the telling has come."""

import sys
import time
from typing import Any, TextIO

from django.utils import formats
from django.utils.translation import gettext as _

PLAIN_EVERY = 5.0  # seconds between lines of progress where no terminal shows a bar


class Show:
    """Prints for a person: a bar on a terminal, now and then a plain line elsewhere."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._bar: Any = None
        self._tasks: dict[str, Any] = {}
        self._said: dict[str, float] = {}

    def say(self, line: str = "") -> None:
        """Print a line, above the bar where there is one."""
        if self._bar:
            self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            print(line, file=self._out, flush=True)

    def hear(self, event: dict[str, Any]) -> None:
        """Show what the agent reports (one of its JSON lines)."""
        kind = event.get("event")
        if kind == "progress":
            self._progress(event)
        elif kind == "told" and event.get("title"):
            self.say(_("Told: %(title)s") % {"title": event.get("title", "")})
        elif kind == "waits" and event.get("title"):
            self.say(_("Waits in your tray: %(title)s") % {"title": event.get("title", "")})
        elif kind == "warning":
            self.say(_("Warning: %(text)s") % {"text": event.get("text", "")})
        elif kind == "done":
            self.end()
            self.say(_("All that was there has been told."))

    def end(self) -> None:
        """Take the bar away."""
        if self._bar:
            self._bar.stop()
        self._bar, self._tasks = None, {}

    def _progress(self, event: dict[str, Any]) -> None:
        what, done, total = str(event["what"]), int(event["done"]), int(event["total"])
        if not total:
            return
        if self._out.isatty():
            self._draw(what, done, total)
        elif done == total or time.monotonic() - self._said.get(what, 0.0) > PLAIN_EVERY:
            self._said[what] = time.monotonic()
            left = "" if event.get("eta") is None else _(", %(eta)s s left") % event
            rate = formats.number_format(float(event.get("rate", 0)), 1)
            pace = _("%(rate)s a second") % {"rate": rate} + left
            said = _("%(what)s: %(done)s/%(total)s (%(pace)s)")
            self.say(said % {"what": _name(what), "done": done, "total": total, "pace": pace})

    def _draw(self, what: str, done: int, total: int) -> None:
        from rich import progress

        if not self._bar:
            self._bar = progress.Progress(
                progress.TextColumn("{task.description}"),
                progress.BarColumn(),
                progress.MofNCompleteColumn(),
                progress.TaskProgressColumn(show_speed=True),
                progress.TimeRemainingColumn(),
            )
            self._bar.start()
        if what not in self._tasks:
            self._tasks[what] = self._bar.add_task(_name(what), total=total)
        self._bar.update(self._tasks[what], completed=done, total=total)


def _name(what: str) -> str:
    return {"entries": _("Entries"), "previews": _("Previews")}.get(what, what)
