"""Rings by NATS: its client is asynchronous, so each of the line's threads turns a loop of its own.

The client's way of coming back by itself is left alone; the line has one, the same for all brokers.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import nats
from nats.aio.client import Client

from coulisses.log.bell import carriers
from coulisses.log.bell.lines import GLANCE, PATIENCE, Line, Say


class LineCut(Exception):
    """The server is gone."""


class Subject(Line):
    """The carrier of nats:// and tls://; several servers are parted by commas."""

    def __init__(self, address: str, call_back: carriers.CallBack) -> None:
        super().__init__(call_back)
        self._servers = address.split(",")

    def _hear(self, *, opened: Callable[[], None]) -> Iterator[str]:
        with self._connected() as (loop, client):
            heard = loop.run_until_complete(client.subscribe(carriers.channel()))
            loop.run_until_complete(client.flush(int(PATIENCE)))
            opened()
            while client.is_connected:
                try:
                    said = loop.run_until_complete(heard.next_msg(timeout=GLANCE))
                    yield said.data.decode("ascii", "replace")
                except TimeoutError:
                    yield ""
        raise LineCut

    @contextmanager
    def _speaks(self) -> Iterator[Say]:
        with self._connected() as (loop, client):

            def say(message: str) -> None:
                loop.run_until_complete(client.publish(carriers.channel(), message.encode()))
                loop.run_until_complete(client.flush(int(PATIENCE)))

            yield say

    @contextmanager
    def _connected(self) -> Iterator[tuple[asyncio.AbstractEventLoop, Client]]:
        with asyncio.Runner() as runner:
            loop = runner.get_loop()
            client = loop.run_until_complete(self._connect())
            try:
                yield loop, client
            finally:
                loop.run_until_complete(client.close())

    async def _connect(self) -> Client:
        return await nats.connect(
            servers=self._servers,
            allow_reconnect=False,
            connect_timeout=int(PATIENCE),
            ping_interval=5,
            error_cb=_quietly,
        )


async def _quietly(_error: Exception) -> None:
    """Say nothing: a line that is cut is noticed, and said once, by who holds it."""
