"""Versions: what a finished page was made from, kept in memory and made true by the bell."""

import asyncio
import math
import threading
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, Max, Q, Sum

from coulisses.log import bell, ledger
from coulisses.projects.models import Project

HOUSE = "house"  # beside log ids: the list of what is on, with what each shows
BELIEVED = 2.0  # seconds for which a version is believed while the bell is heard …
DEAF = 0.1  # … and while it may not be
CALM = 0.25  # seconds for which what voices do around a project is believed, whatever rings
HOUR = 3600  # seconds; with a full hour, hidden entries may show themselves


@dataclass(frozen=True, slots=True)
class Version:
    """A version and when it was asked for: `at` monotonic, `hour` counted from the epoch.

    That of a room is believed `until` a little after it was asked for, be it as busy as it may.
    """

    value: Any
    at: float
    hour: int
    is_room: bool = False
    until: float = math.inf


@dataclass(frozen=True, slots=True)
class Question:
    """A version that is being asked for; it stands among the known ones until a bell rings."""

    task: asyncio.Task[Any]


class Versions:
    """The versions of logs and of the house, as passers-by see them."""

    def __init__(self, in_thread: Callable[..., Awaitable[Any]]) -> None:
        self._in_thread = in_thread
        self._known: dict[str, Version | Question] = {}
        self._lock = threading.Lock()

    def hear(self, log_id: str, _position: int) -> None:
        """Believe nothing about a log any longer, or about any. May be called in any thread."""
        with self._lock:
            if log_id == bell.EVERY_LOG:
                self._known.clear()
            known = self._known.get(log_id)
            if isinstance(known, Version) and known.is_room:
                self._known[log_id] = replace(known, until=min(known.until, known.at + CALM))
                return
            self._known.pop(log_id, None)
            self._known.pop(HOUSE, None)

    def known(self, names: Iterable[str]) -> tuple[Any, ...] | None:
        """Return the versions of these logs, or None where one must be asked for first."""
        oldest = time.monotonic() - (BELIEVED if bell.is_heard() else DEAF)
        hour, now = int(time.time()) // HOUR, time.monotonic()
        values = []
        for name in names:
            version = self._known.get(name)
            if not isinstance(version, Version) or version.at < oldest or version.hour != hour:
                return None
            if version.until <= now:
                return None
            values.append(version.value)
        return tuple(values)

    async def ask(self, names: Iterable[str]) -> tuple[Any, ...]:
        """Return the versions of these logs as they are now; a question under way is shared."""
        return tuple([await self._ask(name) for name in names])

    async def _ask(self, name: str) -> Any:
        known = self._known.get(name)
        if not isinstance(known, Question):
            known = Question(asyncio.ensure_future(self._find_out(name)))
            self._known[name] = known
        return await asyncio.shield(known.task)

    async def _find_out(self, name: str) -> Any:
        question, began, hour = self._known.get(name), time.monotonic(), int(time.time()) // HOUR
        try:
            value, is_room = await self._in_thread(_look, name)
        except BaseException:
            self._known.pop(name, None)
            raise
        with self._lock:
            # A ring meanwhile took the question out: then the answer is too old to keep.
            if self._known.get(name) is question:
                self._known[name] = Version(value, began, hour, is_room)
        return value


def _look(name: str) -> tuple[Any, bool]:
    """Return the version of a log or of the house, and whether it is that of a room."""
    if name == HOUSE:
        raised = Project.objects.exclude(curtain_raised_at=None)
        whole = raised.aggregate(Count("pk"), Sum("revision"), Max("stirred_at"))
        return tuple(whole.values()), False
    around = Q(work=name) | Q(room=name)
    project = Project.objects.select_related("work", "room", "pulse").filter(around).first()
    if project is None or not project.is_raised:
        return None, False
    is_room = project.room_id == name
    log = project.room if is_room else project.work
    seen = ledger.horizon(log, audiences=ledger.OUTSIDE, at=datetime.now(UTC))
    if not is_room:
        return (seen, project.revision), False
    return (seen, project.pulse.beat if hasattr(project, "pulse") else 0), True
