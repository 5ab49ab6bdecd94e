"""The child of `open` that tells: the agent, or an example, started again should it die."""

import json
import subprocess
import threading
from collections.abc import Callable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from coulisses.site import children
from coulisses.site.showing import Show

AGAIN = 10.0  # seconds before an agent that died is started again
LAST_WORDS = 1.2  # seconds it has to end


class Teller:
    """Keeps one child telling, from a thread of its own, for as long as the house is open."""

    def __init__(self, command: list[str], environment: dict[str, str], show: Show) -> None:
        self._command = command
        self._environment = environment
        self._show = show
        self._child: subprocess.Popen[str] | None = None
        self._ends = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, when: threading.Event, then: Callable[[], None]) -> None:
        """Begin once the house is being served; `then` is called just before."""
        language = translation.get_language()

        def work() -> None:
            when.wait()
            # A language is a thread's own: this one speaks that of whoever started it.
            with translation.override(language):
                then()
                self._tell()

        # The kernel's promise to end the child binds this thread, which lives as long as it.
        self._thread = threading.Thread(target=work, name="teller", daemon=True)
        self._thread.start()

    def farewell(self) -> None:
        """Ask the child to end, without waiting."""
        self._ends.set()
        if self._child:
            self._child.terminate()

    def end(self) -> None:
        """End the child, and with it the telling."""
        self.farewell()
        if self._child:
            children.end([self._child], within=LAST_WORDS)
        self._show.end()

    def _tell(self) -> None:
        while not self._ends.is_set():
            status = self._run_once()
            if self._ends.is_set() or status == 0:
                return
            self._show.say(_("The agent stopped (status %(status)s).") % {"status": status})
            self._ends.wait(AGAIN)

    def _run_once(self) -> int:
        child = children.start(self._command, environment=self._environment, out=subprocess.PIPE)
        self._child = child
        if self._ends.is_set():  # asked between the question and the start
            child.terminate()
        assert child.stdout
        for line in child.stdout:
            event = _parsed(line)
            if event and not self._ends.is_set():
                self._show.hear(event)
        return child.wait()


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        event = json.loads(line)
    except ValueError:
        return {"event": "warning", "text": line.strip()} if line.strip() else None
    return event if isinstance(event, dict) else None
