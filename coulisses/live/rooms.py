"""A room: everybody who reads one log with the same eyes, in the same words.

It reads what is new once, and hands the same bytes to each follower, a slice at a time so that
other requests breathe. Who is not in step reads on alone, rows after a position, and joins.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from coulisses.live import frames, standing
from coulisses.live.followers import Follower
from coulisses.live.frames import Frame
from coulisses.live.gathering import Gathering
from coulisses.live.reading import Batch, Source

SLICE = 250  # followers written to before others get a turn
TICK = 0.1  # seconds between batches when busy …
BURST = 5  # … which it is when so many batches came faster than one a tick
FAR_BEHIND = 1000  # entries; further back, a page reads again instead
KEPT_BYTES = 512 * 1024  # recent frames kept for those who come back
MOVED_LIVES = 10.0  # seconds for which a signal is worth telling to who joins
RECHECK = 30.0  # seconds after which a standing is looked at again
MOST_AT_EACH = 100  # followers who are all asked about at each look; of more, once in a while
A_LOOK = 0.01  # seconds that pass between such looks, for each follower

Thread = Callable[..., Awaitable[Any]]
_logger = logging.getLogger(__name__)


class Room:
    """The followers of one source, and the place up to which they have been told."""

    def __init__(self, source: Source, begin: Batch, in_thread: Thread) -> None:
        self.source = source
        self.position = begin.position
        self.presence = 0
        self.empty_since = time.monotonic()
        self.followers: set[Follower] = set()
        self._in_step: set[Follower] = set()
        self._in_thread = in_thread
        self._heard_of = self._looked_for = begin.position  # positions, as bells and polls say
        self._looked_at = begin.at
        self._kept: deque[Frame] = deque()
        self._kept_from, self._kept_bytes = begin.position, 0
        self._batches: deque[float] = deque([0.0], maxlen=BURST + 1)
        self._looking: asyncio.Task[None] | None = None
        self._is_asked = False
        self._asides: dict[int, asyncio.Task[Batch]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._checked_at = time.monotonic()
        self._moved, self._moved_at = b"", 0.0
        self._is_shut = False
        self._returning = Gathering(self._has_ended)

    @property
    def log_id(self) -> str:
        """The log that is read here."""
        return self.source.log.pk

    @property
    def is_outside(self) -> bool:
        """Whether everybody may be here, so that no standing can end."""
        return standing.Standing(self.source.project, self.source.audiences).is_outside

    # Coming and going

    async def admit(self, follower: Follower) -> None:
        """Take a follower in at its position; one from ahead is looked for, then sent to read.

        What a door remembers of passers-by may be older than the closing of a room.
        """
        self.followers.add(follower)
        if self._is_shut:
            await self._look_if_shut()
        if follower.position > self.position:
            await self.look()
        self.catch_up(follower)

    def let_go(self, follower: Follower) -> None:
        """Forget a follower."""
        self.followers.discard(follower)
        self.fall_behind(follower)  # so that a round under way passes it over
        if not self.followers:
            self.empty_since = time.monotonic()

    def fall_behind(self, follower: Follower) -> None:
        """Let a follower go on alone."""
        follower.is_in_step = False
        self._in_step.discard(follower)

    def catch_up(self, follower: Follower) -> None:
        """Bring a follower up to the others, or let it read on alone until it is."""
        if follower.is_in_step or follower.is_alone or not follower.is_open:
            return
        if follower.position == self.position:
            self._join(follower)
        else:
            follower.is_alone = True
            self._keep(self._go_alone(follower))

    def _join(self, follower: Follower) -> None:
        follower.is_in_step = True
        self._in_step.add(follower)
        if self.presence:
            follower.send(frames.presence(self.presence, self.source.flavour))
        if self._moved and time.monotonic() - self._moved_at < MOVED_LIVES:
            follower.send(self._moved)

    async def _go_alone(self, follower: Follower) -> None:
        try:
            if not self.is_outside and follower.session in await self._returning.about(
                follower.session
            ):
                follower.end()
            await self._read_on(follower)
        finally:
            follower.is_alone = False

    async def _read_on(self, follower: Follower) -> None:
        while follower.is_open and not follower.blocked_at and not follower.is_in_step:
            behind = self.position - follower.position
            if behind == 0:
                self._join(follower)
            elif behind < 0 or behind > FAR_BEHIND:
                follower.write(frames.reset(self.log_id, self.position), self.position)
            else:
                data, position = await self._after(follower.position)
                if follower.is_open and not follower.blocked_at:
                    follower.write(data, position)

    async def _after(self, position: int) -> tuple[bytes, int]:
        if position >= self._kept_from:
            missed = [frame for frame in self._kept if frame.position > position]
            return b"".join(frame.data for frame in missed), self.position
        if position not in self._asides:  # many come back to the same place: read it once
            reading = self._in_thread(self.source.after, position, self.position + 1)
            self._asides[position] = asyncio.ensure_future(reading)
            self._asides[position].add_done_callback(lambda _: self._asides.pop(position, None))
        batch = await self._asides[position]
        return batch.data, batch.position if batch.frames else self.position

    # Hearing and telling

    def hear(self, position: int = 0) -> None:
        """Look for what is new, soon; never two looks at once."""
        self._heard_of = max(self._heard_of, position)
        self._is_asked = True
        if self._looking is None or self._looking.done():
            self._looking = self._keep(self._look())

    async def look(self) -> None:
        """Look for what is new, and return when it has been handed out."""
        self.hear()
        assert self._looking
        await asyncio.shield(self._looking)

    def needs_look(self, size: int, hour: Any) -> bool:
        """Return whether the log grew unheard, or an hour struck that shows what was hidden."""
        has_hidden = size > self.position
        return size > self._looked_for or (has_hidden and self._looked_at < hour)

    async def _look(self) -> None:
        while self._is_asked:
            self._is_asked = False
            looks_for = self._heard_of
            batch = await self._in_thread(self.source.after, self.position)
            self.shut(is_shut=batch.is_shut)
            if batch.is_shut:
                return
            self._is_asked |= batch.is_full
            await self._check()
            if batch.frames:
                self._batches.append(time.monotonic())
                await self._hand_out(batch)
                await self._take_breath()
            self._looked_for, self._looked_at = max(looks_for, batch.position), batch.at

    async def _take_breath(self) -> None:
        """When busy, wait for the rest of the tick: what comes in a burst travels together."""
        first, last = self._batches[0], self._batches[-1]
        if last - first < BURST * TICK * 0.9:
            await asyncio.sleep(last + TICK - time.monotonic())

    async def _hand_out(self, batch: Batch) -> None:
        if batch.retells:
            self.forget()
        self._remember(batch)
        data, self.position = batch.data, batch.position
        await self._to_all(data, batch.position)

    async def _to_all(self, data: bytes, position: int | None = None) -> None:
        for count, follower in enumerate(tuple(self._in_step), start=1):
            if not follower.is_in_step:
                continue  # it fell behind while others were written to
            if position is None:
                follower.send(data)
            elif follower.position < position:  # else it fell behind and caught up meanwhile
                follower.write(data, position)
            if not count % SLICE:
                await asyncio.sleep(0)

    def _remember(self, batch: Batch) -> None:
        for frame in batch.frames:
            self._kept.append(frame)
            self._kept_bytes += len(frame.data)
        while self._kept_bytes > KEPT_BYTES:
            dropped = self._kept.popleft()
            self._kept_bytes -= len(dropped.data)
            self._kept_from = dropped.position

    def forget(self) -> None:
        """Drop the frames kept: something in them may have been shredded or amended."""
        self._kept.clear()
        self._kept_from, self._kept_bytes = self.position, 0

    async def say(self, signal: bytes) -> None:
        """Hand a signal, which has no place in the log, to those in step."""
        await self._to_all(signal)

    async def tell_moved(self, signal: bytes) -> None:
        """Hand the totals that moved to those in step; who joins soon after gets them, too."""
        self._moved, self._moved_at = signal, time.monotonic()
        await self._to_all(signal)

    # Standing

    async def recheck(self) -> None:
        """End the streams of those whose standing ended, if it is time to look again."""
        if self.followers and time.monotonic() - self._checked_at > RECHECK:
            await self._look_if_shut()
            await self._check()

    def shut(self, *, is_shut: bool) -> None:
        """Know whether the room is closed to its readers now; then their streams end."""
        self._is_shut = is_shut
        for follower in tuple(self.followers) if is_shut else ():
            follower.end()

    async def _look_if_shut(self) -> None:
        self.shut(is_shut=await self._in_thread(self.source.is_shut))

    async def _check(self) -> None:
        if not self.followers:
            return
        rests = len(self.followers) * A_LOOK if len(self.followers) > MOST_AT_EACH else 0.0
        if time.monotonic() - self._checked_at < rests:
            return  # a hall of thousands is not asked for anew with each idea
        self._checked_at = time.monotonic()
        if self.is_outside:
            return
        gone = await self._has_ended({follower.session for follower in self.followers})
        for follower in [one for one in self.followers if one.session in gone]:
            follower.end()

    async def _has_ended(self, sessions: set[str]) -> set[str]:
        project, audiences = self.source.project.pk, self.source.audiences
        ended: set[str] = await self._in_thread(standing.ended, project, audiences, sessions)
        return ended

    def _keep(self, work: Any) -> asyncio.Task[Any]:
        task: asyncio.Task[Any] = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception():
            _logger.error("a room of %s stumbled", self.log_id, exc_info=task.exception())
