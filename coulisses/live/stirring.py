"""Stirring: totals that moved around a project reach its streams at most four times a second.

Whatever the storm, each audience's question is asked once a turn, spelled once, and handed to all.
What is said are absolute numbers of everything that changed in the last seconds, so that a signal
that comes twice, or one that was missed, does no harm.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from coulisses.live import frames
from coulisses.live.rooms import MOVED_LIVES, Room
from coulisses.projects import closed, signals

TURN = 0.25  # seconds between two signals of one project

Thread = Callable[..., Awaitable[Any]]
_logger = logging.getLogger(__name__)


class Stirring:
    """The streams of each project, by the id of its room log, and when each was last told."""

    def __init__(self, in_thread: Thread) -> None:
        self._in_thread = in_thread
        self._rooms: dict[str, tuple[Room, ...]] = {}
        self._told_at: dict[str, float] = {}
        self._told: dict[tuple[str, Any], dict[str, Any]] = {}
        self._turns: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()

    def __contains__(self, room_id: str) -> bool:
        return room_id in self._rooms

    def sort(self, rooms: Iterable[Room]) -> None:
        """Note which streams there are."""
        by_project: dict[str, tuple[Room, ...]] = {}
        for room in rooms:
            key = room.source.project.room_id
            by_project[key] = (*by_project.get(key, ()), room)
        self._rooms = by_project
        self._told_at = {key: at for key, at in self._told_at.items() if key in by_project}
        self._told = {key: said for key, said in self._told.items() if key[0] in by_project}

    def hear(self, room_id: str) -> None:
        """Tell a project's streams what moved: at once, or when its turn comes."""
        if room_id in self._turns:
            self._again.add(room_id)
            return
        self._turns[room_id] = asyncio.ensure_future(self._take_turns(room_id))

    def end(self) -> None:
        """Tell nobody any more: whoever waits for their turn would find no thread to ask."""
        for turn in self._turns.values():
            turn.cancel()

    async def _take_turns(self, room_id: str) -> None:
        try:
            is_asked = True
            while is_asked and room_id in self._rooms:
                await asyncio.sleep(self._told_at.get(room_id, 0.0) + TURN - time.monotonic())
                self._again.discard(room_id)
                self._told_at[room_id] = time.monotonic()
                await self._tell(self._rooms.get(room_id, ()))
                is_asked = room_id in self._again
        except Exception:
            _logger.exception("a project's signals stumbled")
        finally:
            self._again.discard(room_id)
            del self._turns[room_id]

    async def _tell(self, rooms: Iterable[Room]) -> None:
        since = datetime.now(UTC) - timedelta(seconds=MOVED_LIVES)
        said: dict[Any, tuple[bytes, bool]] = {}
        for room in rooms:
            eyes = room.source.key[1]
            if eyes not in said:
                said[eyes] = await self._ask(room, eyes, since)
            signal, is_shut = said[eyes]
            room.shut(is_shut=is_shut and room.source.is_room)
            if signal:
                await room.tell_moved(signal)

    async def _ask(self, room: Room, eyes: Any, since: datetime) -> tuple[bytes, bool]:
        """Return the signal for some eyes, and whether the project's room is closed to them now.

        It is empty where it says nothing that they don't know. What moved for others alone is no
        occasion to speak: that it moved would show.
        """
        project, place = room.source.project, (room.source.project.room_id, eyes)
        eyes_of = room.source.audiences
        changed, is_shut = await self._in_thread(_changed, project, eyes_of, since)
        if _knows(self._told.get(place, {}), changed):
            return b"", is_shut
        self._told[place] = changed
        return frames.moved(changed), is_shut


def _changed(
    project: Any, audiences: frozenset[str], since: datetime
) -> tuple[dict[str, Any], bool]:
    changed = signals.changed(project, audiences=audiences, since=since)
    return changed, closed.hides_now(project, audiences)


def _knows(told: Any, said: Any) -> bool:
    """Return whether what was told last holds all that would be said."""
    if isinstance(told, dict) and isinstance(said, dict):
        return all(name in told and _knows(told[name], one) for name, one in said.items())
    return bool(told == said)
