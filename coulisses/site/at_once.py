"""Answers that wait for nothing: a kept page is written where its request was read.

Uvicorn makes a task of each request, looks at each header again and writes head and body apart;
for bytes that stand in memory that is three quarters of the cost.
"""

import contextlib
from collections.abc import Callable
from typing import Any, cast

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from coulisses.site.guarding import Guarded

Finished = tuple[bytes, bytes]  # an answer's head, up to what the server adds, and its body
Find = Callable[[Any], Finished | None]
FORWARDED = {b"x-forwarded-for", b"x-forwarded-proto"}


class AtOnce(Guarded):
    """Uvicorn's protocol, that asks `finished` for an answer before it makes a task."""

    def __init__(self, *given: Any, finished: Find, **named: Any) -> None:
        super().__init__(*given, **named)
        self._finished = finished
        self._through = ProxyHeadersMiddleware(
            cast("Any", _nothing), trusted_hosts=self.config.forwarded_allow_ips or ""
        )

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        found = self._finished(self._seen(cycle.scope)) if self._can_be_answered(cycle) else None
        if found is None:
            super()._start_asgi_task(cycle, app)
            return
        head, body = found
        own = [b"%b: %b\r\n" % one for one in self.server_state.default_headers]
        self.transport.writelines([head, *own, b"\r\n", body])
        cycle.response_started = cycle.response_complete = True
        self.on_response_complete()

    def _can_be_answered(self, cycle: RequestResponseCycle) -> bool:
        """Whether nothing stands between a request and its answer.

        Nothing before it is being answered or waits to be, and who asks reads what they were sent.
        """
        is_plain = cycle.scope["method"] == "GET" and cycle.keep_alive
        is_next = not (self.pipeline or self.flow.write_paused or self.transport.is_closing())
        return is_plain and is_next and not cycle.waiting_for_100_continue

    def _seen(self, scope: Any) -> Any:
        """Return a request as whoever stands before the house says it was asked."""
        if all(name not in FORWARDED for name, _ in scope["headers"]):
            return scope
        seen = {**scope}
        with contextlib.suppress(StopIteration):  # it waits for nothing, so it ends at once
            self._through(cast("Any", seen), cast("Any", None), cast("Any", None)).send(None)
        return seen


async def _nothing(_scope: Any, _receive: Any, _send: Any) -> None:
    """Stand where the house would be asked."""
