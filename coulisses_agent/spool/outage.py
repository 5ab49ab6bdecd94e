"""A stretch without an answer: waited out, longer each time, and noted for the status."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable

from coulisses_agent.events import Events
from coulisses_agent.house import Ended, House
from coulisses_agent.speech import gettext as _
from coulisses_agent.spool.store import Spool

_STEP = 2.0  # seconds between two looks for a new token, while nothing else is possible


class Outage:
    """Counts failures in a row. `renewed` returns the token that was given last, if any."""

    def __init__(
        self,
        house: House,
        events: Events,
        *,
        ending: threading.Event,
        renewed: Callable[[], str | None],
    ) -> None:
        self._house, self._events, self._ending = house, events, ending
        self._renewed, self._token = renewed, renewed()
        self._failures = 0

    @property
    def is_on(self) -> bool:
        """Has there been no answer since the last failure?"""
        return bool(self._failures)

    def end(self, spool: Spool) -> None:
        """The house answered."""
        if self._failures:
            self._failures = 0
            self._events.warning(_("The house answers again."))
        if spool.noted("offline since") is not None:
            spool.note("offline since", None)
            spool.note("offline why", None)

    def wait(self, spool: Spool, why: str, most: float) -> None:
        """Wait before another attempt, so many seconds at most. Raises Ended.

        A token that was given meanwhile ends the wait: it may open the door.
        """
        self._failures += 1
        if self._failures == 1:
            spool.note("offline since", repr(time.time()))
            said = _("No way to the house just now, so what is told waits here.")
            self._events.warning(f"{said} {why}".strip())
        spool.note("offline why", why)
        wait = min(most, 0.5 * 2 ** min(self._failures - 1, 10)) * random.uniform(0.7, 1)  # noqa: S311
        until = time.monotonic() + wait
        while (left := until - time.monotonic()) > 0:
            if self._ending.wait(min(left, _STEP)):
                raise Ended
            if self._has_new_token():
                return

    def _has_new_token(self) -> bool:
        token = self._renewed()
        if token is None or token == self._token:
            return False
        self._token = token
        self._house.use(token)
        return True
