"""The HTTP server: uvicorn, taught to give connections away and to end while streams are open."""

import asyncio
import contextlib
import functools
import gc
import resource
import socket
import sys
from collections.abc import Callable, Iterator
from typing import Any, cast

import uvicorn

from coulisses.live.door import HAND_OVER
from coulisses.site import ending
from coulisses.site.asgi import House
from coulisses.site.at_once import AtOnce
from coulisses.site.listening import BACKLOG

TURN = 0.001  # seconds after which a busy thread lets the streams' one have its turn
YOUNG = 20_000  # objects made between two looks of the collector, which nobody can write during
GRACE = 1  # seconds that ordinary answers have to end


class Protocol(AtOnce):
    """Uvicorn's protocol, with an extension by which the application takes a connection over.

    A stream then costs a socket and a few hundred bytes: parser, request and task are gone.
    """

    def on_message_begin(self) -> None:
        """Offer the extension to each request."""
        super().on_message_begin()
        cast("dict[str, Any]", self.scope)["extensions"] = {HAND_OVER: self.hand_over}

    def hand_over(self, heir: asyncio.Protocol) -> asyncio.Transport:
        """Give the connection to another protocol, and forget it."""
        self.stop_waiting()
        self.connections.discard(self)
        self._unset_keepalive_if_required()
        self.flow.resume_reading()
        self.cycle.disconnected = True  # so that nobody misses an answer to the request
        self.transport.set_protocol(heir)
        return self.transport


class Server(uvicorn.Server):
    """Uvicorn's server: streams end first, and nothing waits for them.

    `farewells` are called when the end begins; none of them may block.
    """

    def __init__(self, config: uvicorn.Config, house: House) -> None:
        super().__init__(config)
        self.house = house
        self.farewells: list[Callable[[], None]] = []

    def run(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until told to end, be it while it begins."""
        ending.soon()
        super().run(sockets)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve, then say so."""
        await super().startup(sockets)
        gc.collect()
        gc.freeze()  # what stands at the start stays: the collector need not walk it each time
        gc.set_threshold(YOUNG, 20, 20)
        self.house.is_serving.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End within two seconds."""
        for server in self.servers:
            server.close()
        for farewell in self.farewells:
            farewell()
        await self.house.hub.end()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take Ctrl-C and SIGTERM as the wish to end; who serves decides what comes after."""
        with super().capture_signals():
            self.should_exit = ending.is_wished()
            try:
                yield
            finally:
                self._captured_signals.clear()


def make(house: House) -> Server:
    """Return a server for a house, to be run with sockets that listen already."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # each stream is an open file
    sys.setswitchinterval(TURN)
    config = uvicorn.Config(
        house,
        http=cast("Any", functools.partial(Protocol, finished=house.at_once)),
        loop="uvloop",
        ws="none",
        lifespan="on",
        backlog=BACKLOG,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=True,
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=30,
    )
    return Server(config, house)
