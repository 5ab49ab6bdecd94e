"""A follower: one open connection, reduced to what a stream needs of it."""

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from coulisses.live.rooms import Room

HEAD = (
    b"HTTP/1.1 200 OK\r\n"
    b"content-type: text/event-stream; charset=utf-8\r\n"
    b"cache-control: no-store\r\n"
    b"x-accel-buffering: no\r\n"
    b"x-content-type-options: nosniff\r\n"
    b"connection: close\r\n"
)
ELSEWHERE = b"access-control-allow-origin: *\r\n"
HIGH_WATER = 64 * 1024  # bytes waiting in this process before a reader counts as slow


class Follower(asyncio.Protocol):
    """Takes a connection over from the HTTP server, and reads nothing more from it.

    In step, it gets what its room hands to everybody. A reader that would block leaves the step
    and goes on alone from `position`, the place up to which it was written to.
    """

    __slots__ = (
        "blocked_at",
        "is_alone",
        "is_in_step",
        "is_open",
        "leave",
        "position",
        "room",
        "session",
        "wire",
    )

    def __init__(
        self, room: "Room", position: int, session: str, leave: Callable[[], None]
    ) -> None:
        self.room = room
        self.position = position
        self.session = session
        self.leave = leave
        self.wire: asyncio.Transport = cast("asyncio.Transport", None)  # set by take
        self.is_open = True
        self.is_in_step = self.is_alone = False
        self.blocked_at = 0.0

    def take(self, wire: asyncio.Transport, greeting: bytes, *, is_elsewhere: bool = False) -> None:
        """Begin: from now on this connection carries the stream."""
        self.wire = wire
        if not wire.is_closing():
            wire.set_write_buffer_limits(high=HIGH_WATER)
        self.send(HEAD + (ELSEWHERE if is_elsewhere else b"") + b"\r\n" + greeting)

    def write(self, data: bytes, position: int) -> None:
        """Send bytes that bring the reader to a position."""
        self.position = position
        self.send(data)

    def send(self, data: bytes) -> None:
        """Send bytes that have no place in the log; to a connection that just closed, nothing."""
        if not self.wire.is_closing():
            self.wire.write(data)

    @property
    def blocked_for(self) -> float:
        """Seconds for which nothing could be written; 0 when the reader keeps up."""
        return time.monotonic() - self.blocked_at if self.blocked_at else 0.0

    def end(self) -> None:
        """Close the stream once what was written has left."""
        self.is_open = False
        self.room.let_go(self)
        self.wire.close()

    def cut(self) -> None:
        """Close the stream at once."""
        self.is_open = False
        self.room.let_go(self)
        self.wire.abort()

    def pause_writing(self) -> None:
        """Leave the step: the connection's buffer is full."""
        self.blocked_at = time.monotonic()
        self.room.fall_behind(self)

    def resume_writing(self) -> None:
        """Catch up: the reader reads again."""
        self.blocked_at = 0.0
        if self.is_open:
            self.room.catch_up(self)

    def data_received(self, data: bytes) -> None:
        """Ignore what a reader says."""

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the reader."""
        self.is_open = False
        self.room.let_go(self)
        self.leave()
