"""A line to a house that can be slow, cut, or down: a relay of bytes between two sockets."""

import contextlib
import socket
import threading
import time


class Line:
    """Relays to `port` of this machine from a port of its own.

    `cut_after`: bytes after which each connection upwards is cut. `rate`: bytes a second upwards.
    `loses`: of so many connections, the first, no answer arrives: the house has heard, and nobody
    learns of it. `sent` counts what has gone up in all.
    """

    def __init__(self, port: int, *, cut_after: int = 0, rate: int = 0, loses: int = 0) -> None:
        self.sent = 0
        self.cuts = 0
        self._wire = bytearray()
        self._port, self._cut_after, self._rate = port, cut_after, rate
        self._loses = loses
        self._moved = threading.Condition()
        self._door = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def url(self) -> str:
        """The address at which the house is found over this line."""
        return f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def wait_for(self, sent: int, *, seconds: float = 60) -> None:
        """Wait until so many bytes have gone up."""
        with self._moved:
            assert self._moved.wait_for(lambda: self.sent >= sent, seconds)

    def found(self, what: bytes) -> int:
        """Return how much had gone up before this did."""
        at = self._wire.find(what)
        assert at >= 0, "it has not gone up"
        return at

    def close(self) -> None:
        """Take no more connections."""
        self._door.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _address = self._door.accept()
                threading.Thread(target=self._relay, args=(near,), daemon=True).start()

    def _relay(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self._port))
        except OSError:
            near.close()  # the house is down
            return
        is_lost, self._loses = self._loses > 0, self._loses - 1
        down = self._lose if is_lost else _pump
        threading.Thread(target=down, args=(far, near), daemon=True).start()
        up = 0
        with near, far, contextlib.suppress(OSError):
            while data := near.recv(16 << 10):
                far.sendall(data)
                up += len(data)
                with self._moved:
                    self.sent += len(data)
                    self._wire += data
                    self._moved.notify_all()
                if self._rate:
                    time.sleep(len(data) / self._rate)
                if self._cut_after and up >= self._cut_after:
                    self.cuts += 1
                    near.shutdown(socket.SHUT_RDWR)
                    return

    def _lose(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if source.recv(1):
                self.cuts += 1
            sink.shutdown(socket.SHUT_RDWR)


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(16 << 10):
            sink.sendall(data)
    with contextlib.suppress(OSError):
        sink.shutdown(socket.SHUT_RDWR)
