"""A slow line: what browsers ask and hear goes through it late, and a little at a time.

A page's first bytes are there well before its last ones, so that a test which reads too early
finds nothing. It speaks SOCKS 5 (RFC 1928) as far as browsers ask it to.
"""

import asyncio
import contextlib
import ipaddress
import threading

LATE = 0.15  # seconds on the way there
BITE = 2_048  # bytes that arrive at once …
EVERY = 0.02  # … and seconds until the next: a telephone at the edge of its net
NAME = 3  # the kind of an address that is a name; the others have four or sixteen bytes
LENGTHS = {1: 4, 4: 16}


class SlowLine:
    """A proxy on a port of this machine, in a thread of its own, as long as the process runs."""

    def __init__(self) -> None:
        self._port = 0
        self._is_ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        self._is_ready.wait()

    @property
    def address(self) -> str:
        """Where browsers find it."""
        return f"socks5://127.0.0.1:{self._port}"

    async def _serve(self) -> None:
        server = await asyncio.start_server(_carry, "127.0.0.1", 0)
        self._port = server.sockets[0].getsockname()[1]
        self._is_ready.set()
        await server.serve_forever()


async def _carry(asks: asyncio.StreamReader, hears: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError, asyncio.IncompleteReadError), contextlib.closing(hears):
        host, port = await _asked(asks, hears)
        try:
            answers, told = await asyncio.open_connection(host, port)
        except OSError:
            hears.write(b"\x05\x05\0\x01\0\0\0\0\0\0")  # refused, as it is without a line between
            return
        with contextlib.closing(told):
            hears.write(b"\x05\0\0\x01\0\0\0\0\0\0")
            there, back = _pass(asks, told, LATE), _pass(answers, hears, EVERY)
            await asyncio.wait(
                [asyncio.create_task(there), asyncio.create_task(back)],
                return_when=asyncio.FIRST_COMPLETED,
            )


async def _asked(asks: asyncio.StreamReader, hears: asyncio.StreamWriter) -> tuple[str, int]:
    """Hear out whom a browser wishes to reach."""
    _version, methods = await asks.readexactly(2)
    await asks.readexactly(methods)
    hears.write(b"\x05\0")
    *_said, kind = await asks.readexactly(4)
    if kind == NAME:
        (length,) = await asks.readexactly(1)
        host = (await asks.readexactly(length)).decode()
    else:
        host = str(ipaddress.ip_address(await asks.readexactly(LENGTHS[kind])))
    return host, int.from_bytes(await asks.readexactly(2))


async def _pass(source: asyncio.StreamReader, to: asyncio.StreamWriter, rest: float) -> None:
    with contextlib.suppress(OSError):
        while some := await source.read(BITE):
            await asyncio.sleep(rest)
            to.write(some)
            await to.drain()
