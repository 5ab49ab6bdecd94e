"""The bridge to Django: ASGI on this side, WSGI on the other, a pool of threads between.

A thread is busy only while Django works: bodies are read before, and answers sent after, so that
neither a slow upload nor a slow download holds a thread and its connection.
"""

import asyncio
import io
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO, Any, cast

from coulisses.live.bytecache import Header
from coulisses.site.threads import Pool

IN_MEMORY = 1024 * 1024  # bytes of a body kept in memory; more goes through a temporary file
BLOCK = 256 * 1024  # bytes sent at once
REST = 30.0  # seconds for which nothing of a body may come …
LONGEST = 900.0  # … and for which the whole may: 32 MiB on a slow line


@dataclass(slots=True)
class Answer:
    """Django's answer: a status, headers, and a file to read the body from."""

    status: int
    headers: list[Header]
    body: IO[bytes]


class BodyTooLong(Exception):
    """The body passes the limit."""


class BodyTooSlow(Exception):
    """The client rests for too long before its body is whole."""


class ClientGone(Exception):
    """The client left before its body was whole."""


class _File:
    """How Django hands a file over to be sent (`wsgi.file_wrapper`)."""

    def __init__(self, file: IO[bytes], block_size: int = BLOCK) -> None:
        self.file = file


class Bridge:
    """Asks Django's WSGI application."""

    def __init__(self, application: Callable[..., Any], pool: Pool) -> None:
        self._application = application
        self._pool = pool

    async def ask(self, scope: Any, body: IO[bytes]) -> Answer:
        """Return Django's whole answer to a request whose whole body is here."""
        return await self._pool.run(self._carry, _environ(scope, body))

    def _carry(self, environ: dict[str, Any]) -> Answer:
        started: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], _: Any = None) -> None:
            started[:] = [int(status[:3]), headers]

        answer = self._application(environ, start_response)
        status, headers = started
        raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        if isinstance(answer, _File):
            return Answer(status, raw, answer.file)
        try:
            body = _collected(answer)
        finally:
            answer.close()
        if not any(name == b"content-length" for name, _ in raw):
            raw.append((b"content-length", str(body.seek(0, io.SEEK_END)).encode()))
            body.seek(0)
        return Answer(status, raw, body)


async def read_body(scope: Any, receive: Any, *, limit: int, rest: float = REST) -> IO[bytes]:
    """Return a request's body, which may rest for so many seconds between its parts.

    Raises BodyTooLong, before reading it where its length is said; BodyTooSlow, ClientGone.
    """
    said = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    if not said.isdigit() or int(said) > limit:
        raise BodyTooLong
    body = _spool()
    try:
        await _read_into(body, receive, limit=limit, rest=rest)
    except BaseException:
        body.close()
        raise
    body.seek(0)
    return body


async def _read_into(body: IO[bytes], receive: Any, *, limit: int, rest: float) -> None:
    now = asyncio.get_running_loop().time
    last = now() + LONGEST
    length, is_more = 0, True
    try:
        async with asyncio.timeout(rest) as patience:
            while is_more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientGone
                length += len(message.get("body", b""))
                if length > limit:
                    raise BodyTooLong
                body.write(message.get("body", b""))
                is_more = message.get("more_body", False)
                patience.reschedule(min(now() + rest, last))
    except TimeoutError:
        raise BodyTooSlow from None


async def send_answer(send: Any, answer: Answer) -> None:
    """Send an answer, a block at a time, as fast as the client reads."""
    try:
        start = {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
        await send(start)
        block = answer.body.read(BLOCK)
        while block:
            following = answer.body.read(BLOCK)
            more = bool(following)
            await send({"type": "http.response.body", "body": block, "more_body": more})
            block = following
            if not more:
                return
        await send({"type": "http.response.body", "body": b""})
    finally:
        answer.body.close()


def _collected(chunks: Iterable[bytes]) -> IO[bytes]:
    body = _spool()
    for chunk in chunks:
        body.write(chunk)
    body.seek(0)
    return body


def _spool() -> IO[bytes]:
    return cast("IO[bytes]", tempfile.SpooledTemporaryFile(IN_MEMORY))


def _environ(scope: Any, body: IO[bytes]) -> dict[str, Any]:
    server, client = scope.get("server") or ("localhost", 80), scope.get("client") or ("", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body if scope["method"] != "GET" else io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": _File,
    }
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1").upper()
        if "_" in name:
            continue  # it would pass for the hyphened one, which a proxy may have vouched for
        key = name.replace("-", "_")
        if key not in {"CONTENT_LENGTH", "CONTENT_TYPE"}:
            key = f"HTTP_{key}"
        said = value.decode("latin-1")
        joint = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{joint}{said}" if key in environ else said
    return environ
