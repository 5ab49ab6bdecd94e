"""The hub: every event stream of this process. It hears the bell and keeps the rooms."""

import asyncio
import contextlib
import logging
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connections

from coulisses.lib import cursors, lines
from coulisses.live import frames, reading
from coulisses.live.followers import Follower
from coulisses.live.frames import Render
from coulisses.live.presence import Presence, is_worth_saying
from coulisses.live.reading import Source
from coulisses.live.refusals import TooManyStreams
from coulisses.live.rooms import Room
from coulisses.live.standing import Standing
from coulisses.live.stirring import Stirring
from coulisses.log import bell

HEARTBEAT = 15  # ticks between signs of life
TICK = 1.0  # seconds between looks at the database, in case a bell was not heard
LAG_LIMIT = 60.0  # seconds for which a reader may stay blocked
KEPT_WARM = 60.0  # seconds for which an empty room stays …
KEPT_WARM_FOR_A_NAME = 5.0  # … and one for a name of the house, which is whatever a stranger says
FAREWELL = 0.3  # seconds streams have to end by themselves when the house closes
HERE = frozenset({"127.0.0.1", "::1"})  # this machine, or a proxy on it that tells no address

TakeOver = Callable[[asyncio.Protocol], asyncio.Transport]
_logger = logging.getLogger(__name__)


class Hub:
    """Opens streams, wakes rooms, and ends all when the house closes."""

    def __init__(self, *, render: Render, render_room: Render, run: Path, per_address: int) -> None:
        self._render, self._render_room = render, render_room
        self._per_address = per_address
        self._rooms: dict[Any, Room] = {}
        self._opening: dict[Any, asyncio.Task[Room]] = {}
        self._by_log: dict[str, tuple[Room, ...]] = {}
        self._stirring = Stirring(self.in_thread)
        self._addresses: Counter[str] = Counter()
        self._presence = Presence(run)
        self._threads = ThreadPoolExecutor(2, "hub")
        self._ticking: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_closing = False

    async def begin(self) -> None:
        """Hear the bell from now on."""
        self._loop = asyncio.get_running_loop()
        bell.listen(self._rung)
        self._ticking = asyncio.create_task(self._tick_for_ever())

    async def end(self) -> None:
        """End every stream, and return soon after, whoever reads slowly."""
        if self._is_closing:
            return
        self._is_closing = True
        bell.unlisten(self._rung)
        if self._ticking:
            self._ticking.cancel()
        for follower in self._followers():
            follower.end()
        for _ in range(int(FAREWELL / 0.02)):
            if not self._addresses:
                break
            await asyncio.sleep(0.02)
        self._presence.leave()
        self._stirring.end()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def open(
        self,
        standing: Standing,
        *,
        flavour: str,
        base: str,
        cursor: str,
        address: str,
        take_over: TakeOver,
        is_elsewhere: bool = False,
        is_room: bool = False,
    ) -> None:
        """Make a connection a stream, from a cursor, or from now on where it is empty.

        `is_elsewhere` lets the page of another site read it: for what everybody sees alone.
        Raises CursorMalformed and TooManyStreams while an ordinary answer is still possible.
        """
        project = standing.project
        log_id = project.room_id if is_room else project.work_id
        after = cursors.read(log_id, cursor) if cursor else None
        self._count_in(address)
        try:
            room = await self._room(standing, flavour, base, is_room)
            position = room.position if after is None else after
            follower = Follower(room, position, standing.session, lambda: self._count_out(address))
            wire = take_over(follower)
        except BaseException:
            self._count_out(address)
            raise
        follower.take(wire, frames.greeting(room.log_id, position), is_elsewhere=is_elsewhere)
        await room.admit(follower)

    async def in_thread(self, work: Callable[..., Any], *given: Any) -> Any:
        """Run synchronous work that asks the database, in one of the hub's own threads."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, _with_connection, work, *given)

    def _count_in(self, address: str) -> None:
        limit = 0 if address in HERE else self._per_address
        line = lines.of(address)
        if limit and self._addresses[line] >= limit:
            raise TooManyStreams
        self._addresses[line] += 1

    def _count_out(self, address: str) -> None:
        line = lines.of(address)
        self._addresses[line] -= 1
        if self._addresses[line] <= 0:
            del self._addresses[line]

    async def _room(self, standing: Standing, flavour: str, base: str, is_room: bool) -> Room:
        render = self._render_room if is_room else self._render
        source = Source(standing.project, standing.audiences, flavour, render, base, is_room)
        key = source.key
        if key not in self._rooms:
            if key not in self._opening:
                self._opening[key] = asyncio.create_task(self._open_room(key, source))
                self._opening[key].add_done_callback(lambda _: self._opening.pop(key, None))
            return await asyncio.shield(self._opening[key])
        return self._rooms[key]

    async def _open_room(self, key: Any, source: Source) -> Room:
        room = Room(source, await self.in_thread(source.horizon), self.in_thread)
        self._rooms[key] = room
        self._sort()
        room.hear()  # what was told while it opened rang for nobody
        return room

    def _sort(self) -> None:
        by_log: dict[str, tuple[Room, ...]] = {}
        for room in self._rooms.values():
            by_log[room.log_id] = (*by_log.get(room.log_id, ()), room)
        self._by_log = by_log
        self._stirring.sort(self._rooms.values())

    def following(self) -> dict[str, int]:
        """Return how many follow each log live, in all of the house, as was last said to them."""
        return {room.log_id: room.presence for room in list(self._rooms.values())}

    def _followers(self) -> list[Follower]:
        return [one for room in self._rooms.values() for one in room.followers]

    def _rung(self, log_id: str, position: int) -> None:
        # In any thread, a writer's among them: only pass it on.
        if (log_id in self._by_log or log_id in self._stirring) and self._loop:
            with contextlib.suppress(RuntimeError):  # the loop has just closed
                self._loop.call_soon_threadsafe(self._wake, log_id, position)

    def _wake(self, log_id: str, position: int) -> None:
        if log_id in self._stirring:
            self._stirring.hear(log_id)
        is_stir = position == bell.NO_ENTRY and log_id in self._stirring
        for room in self._by_log.get(log_id, ()):
            if position == bell.NO_ENTRY:
                room.forget()
            if not is_stir:  # a cheer tells nothing new: there is nothing to read
                room.hear(position)

    async def _tick_for_ever(self) -> None:
        ticks = 0
        while True:
            await asyncio.sleep(TICK)
            ticks += 1
            try:
                await self._tick(ticks)
            except Exception:
                _logger.exception("the hub missed a tick")

    async def _tick(self, ticks: int) -> None:
        if self._by_log:
            await self._look_unasked()
        await self._tell_presence()
        for room in tuple(self._rooms.values()):
            await room.recheck()
            if not ticks % HEARTBEAT:
                await room.say(frames.HEARTBEAT)
        for follower in self._followers():
            if follower.blocked_for > LAG_LIMIT:
                follower.cut()
        self._drop_empty()

    async def _look_unasked(self) -> None:
        sizes = await self.in_thread(reading.sizes, list(self._by_log))
        hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        for room in tuple(self._rooms.values()):
            size = sizes.get(room.log_id, 0)
            if room.needs_look(size, hour):
                room.hear(size)

    async def _tell_presence(self) -> None:
        own: Counter[str] = Counter()
        for room in self._rooms.values():
            own[room.log_id] += len(room.followers)
        totals = self._presence.totals(own)
        for room in tuple(self._rooms.values()):
            count = totals[room.log_id]
            if is_worth_saying(room.presence, count):
                room.presence = count
                await room.say(frames.presence(count, room.source.flavour))

    def _drop_empty(self) -> None:
        now = time.monotonic()
        for key, room in tuple(self._rooms.items()):
            warm = KEPT_WARM_FOR_A_NAME if room.source.base else KEPT_WARM
            if not room.followers and now - room.empty_since > warm:
                del self._rooms[key]
                self._sort()


def _with_connection(work: Callable[..., Any], *given: Any) -> Any:
    try:
        return work(*given)
    except Exception:
        # A connection that broke is made anew for the next work; refusals lose nothing by it.
        connections.close_all()
        raise
