"""A slow line: what browsers ask and hear goes through it late, and a little at a time.

A page's first bytes are there well before its last ones, so that a test which reads too early
finds nothing. It speaks SOCKS 5 (RFC 1928) as far as browsers ask it to.
"""

import contextlib
import ipaddress
import socket
import socketserver
import threading
import time
from io import BufferedIOBase

LATE = 0.15  # seconds on the way there
BITE = 2_048  # bytes that arrive at once …
EVERY = 0.02  # … and seconds until the next: a telephone at the edge of its net
NAME = 3  # the kind of an address that is a name; the others have four or sixteen bytes
LENGTHS = {1: 4, 4: 16}
NOWHERE = bytes(6)  # an address that nobody asks for again


class SlowLine(socketserver.ThreadingTCPServer):
    """A proxy on a port of this machine, in threads of its own, as long as the process runs."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Call)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Where browsers find it."""
        return f"socks5://127.0.0.1:{self.server_address[1]}"


class _Call(socketserver.StreamRequestHandler):
    """One connection of a browser."""

    def handle(self) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as open_until_the_end:
            place = _asked(self.rfile, self.request)
            try:
                house = open_until_the_end.enter_context(socket.create_connection(place))
            except OSError:
                self.request.sendall(b"\x05\x05\0\x01" + NOWHERE)  # refused, as without a line
                return
            self.request.sendall(b"\x05\0\0\x01" + NOWHERE)
            asks = threading.Thread(target=_pass, args=(self.request, house, LATE), daemon=True)
            asks.start()
            _pass(house, self.request, EVERY)
            house.shutdown(socket.SHUT_RDWR)


def _asked(said: BufferedIOBase, hears: socket.socket) -> tuple[str, int]:
    """Hear out whom a browser wishes to reach."""
    _version, methods = said.read(2)
    said.read(methods)
    hears.sendall(b"\x05\0")
    *_command, kind = said.read(4)
    if kind == NAME:
        host = said.read(said.read(1)[0]).decode()
    else:
        host = str(ipaddress.ip_address(said.read(LENGTHS[kind])))
    return host, int.from_bytes(said.read(2))


def _pass(source: socket.socket, to: socket.socket, rest: float) -> None:
    with contextlib.suppress(OSError):
        while some := source.recv(BITE):
            time.sleep(rest)
            to.sendall(some)
        to.shutdown(socket.SHUT_WR)
