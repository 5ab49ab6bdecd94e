"""The HTTP protocol, guarded: no connection may be silent, or send a request's head, for ever.

Uvicorn bounds neither: what a head holds would stay in memory, and a silent connection open.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 64 * 1024  # of a request's line, headers and trailers; chunks' lengths count, too
REFUSAL = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class Guarded(HttpToolsProtocol):
    """Uvicorn's protocol, that ends connections whose heads are endless or never come."""

    head_seconds = 20.0  # from the connection's or the request's first byte to its body

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._beside, self._allowed = 0, HEAD_BYTES
        self._waiting: asyncio.TimerHandle | None = None
        self._is_in_head = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a head."""
        super().connection_made(transport)
        self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self.stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what is no body, and refuse when that is too much."""
        self._beside += len(data)
        super().data_received(data)
        if self._is_in_head and not self._waiting:  # most heads are whole as soon as they begin
            self._wait_for_head()
        if self._beside > self._allowed and not self.transport.is_closing():
            if self.cycle is None or self.cycle.response_complete:
                self.transport.write(REFUSAL)
            self.transport.close()

    def on_message_begin(self) -> None:
        """Begin to count, and to wait anew."""
        super().on_message_begin()
        self._beside, self._allowed = 0, HEAD_BYTES
        self.stop_waiting()
        self._is_in_head = True

    def on_headers_complete(self) -> None:
        """Wait no longer: how long a body may take, its reader says."""
        self.stop_waiting()
        self._is_in_head = False
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Let a body's framing grow with the body."""
        self._beside -= len(body)
        self._allowed += len(body)
        super().on_body(body)

    def stop_waiting(self) -> None:
        """Forget the wait for a head."""
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None

    def _wait_for_head(self) -> None:
        self._waiting = self.loop.call_later(self.head_seconds, self.transport.close)
