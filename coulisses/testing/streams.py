"""A reader of event streams for tests: plain sockets, so that nothing hides what travels."""

import socket
import time
from dataclasses import dataclass

PATIENCE = 60.0  # seconds: machines that test are busy


@dataclass(frozen=True)
class Event:
    """One event as it came: `id` is empty for signals, `kind` for a bare id."""

    kind: str
    id: str
    data: str


class Stream:
    """An open stream. `status` and `head` are the answer's."""

    def __init__(self, port: int, path: str, *, small_window: bool = False, **headers: str) -> None:
        self._socket = socket.socket()
        if small_window:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self._socket.settimeout(PATIENCE)
        self._socket.connect(("127.0.0.1", port))
        lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept: text/event-stream"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode())
        self._buffer = b""
        self.last_id = ""
        self.head = self._until(b"\r\n\r\n", time.monotonic() + PATIENCE).decode()
        self.status = int(self.head.split()[1])

    def next(self, *, within: float = PATIENCE, signals: bool = False) -> Event | None:
        """Return the next event that has a kind, or None when none comes; skips signals."""
        until = time.monotonic() + within
        while True:
            try:
                block = self._until(b"\n\n", until).decode()
            except TimeoutError:
                return None
            event = _event(block)
            if event.id:
                self.last_id = event.id
            if event.kind and (event.id or signals):
                return event

    def take(self, count: int, *, within: float = PATIENCE) -> list[Event]:
        """Return so many events."""
        until = time.monotonic() + within
        events: list[Event] = []
        while len(events) < count:
            event = self.next(within=max(0.0, until - time.monotonic()))
            assert event is not None, f"{len(events)} of {count} events came"
            events.append(event)
        return events

    def until_its_end(self, *, within: float = PATIENCE) -> str:
        """Return what still comes until the house ends the stream. Raises TimeoutError."""
        said, until = b"", time.monotonic() + within
        try:
            while True:
                said += self._until(b"\n", until) + b"\n"
        except (EOFError, ConnectionError):
            return (said + self._buffer).decode()

    def rest(self) -> str:
        """Return the body of an answer that is no stream."""
        length = int(self.head.lower().partition("content-length:")[2].split()[0])
        while len(self._buffer) < length:
            self._buffer += self._socket.recv(65536)
        return self._buffer.decode()

    def close(self) -> None:
        """Leave."""
        self._socket.close()

    def _until(self, mark: bytes, until: float) -> bytes:
        while mark not in self._buffer:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._socket.settimeout(left)
            got = self._socket.recv(65536)
            if not got:
                raise EOFError
            self._buffer += got
        found, _, self._buffer = self._buffer.partition(mark)
        return found


def _event(block: str) -> Event:
    fields: dict[str, list[str]] = {}
    for line in block.split("\n"):
        name, _, value = line.partition(": ")
        fields.setdefault(name, []).append(value)
    kind, place = fields.get("event", [""])[0], fields.get("id", [""])[0]
    return Event(kind, place, "\n".join(fields.get("data", [])))
