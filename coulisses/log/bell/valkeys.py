"""Rings by Valkey's publish and subscribe, or Redis's, which speaks the same."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import valkey

from coulisses.log.bell import carriers
from coulisses.log.bell.lines import GLANCE, PATIENCE, Line, Say


class Published(Line):
    """The carrier of valkey://, redis:// and their like."""

    def __init__(self, address: str, call_back: carriers.CallBack) -> None:
        super().__init__(call_back)
        self._address = address

    def _hear(self, *, opened: Callable[[], None]) -> Iterator[str]:
        with self._connected() as client, client.pubsub() as heard:
            heard.subscribe(carriers.channel())
            while True:
                said = heard.get_message(timeout=GLANCE)
                if said and said["type"] == "subscribe":  # also when the client came back by itself
                    opened()
                yield said["data"] if said and said["type"] == "message" else ""

    @contextmanager
    def _speaks(self) -> Iterator[Say]:
        with self._connected() as client:
            yield lambda message: client.publish(carriers.channel(), message)

    def _connected(self) -> "valkey.Valkey":
        return valkey.from_url(
            self._address,
            decode_responses=True,
            socket_connect_timeout=PATIENCE,
            socket_timeout=PATIENCE,
            health_check_interval=5,
        )
