"""Finished pages of passers-by, kept as the bytes that travel.

A view says by `ui.caching.cacheable` which logs its page was made from; the bytes are served for
as long as the versions of those logs stand. The first answer of an address only teaches which
logs those are; the next is kept, because its versions were known before it was made.
"""

import asyncio
import gzip
import hashlib
import math
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import brotli
import zstandard
from django.conf import settings

from coulisses.live import languages
from coulisses.live.versions import Versions
from coulisses.ui.caching import HEADER, UNTIL

CACHEABLE = HEADER.lower().encode()
TURNS = UNTIL.lower().encode()
ABOUT_THE_BYTES = {b"content-length", b"content-encoding", b"etag", b"cache-control", b"vary"}
VARY = (b"vary", b"Accept-Encoding, Accept-Language, Cookie")
KEPT_FOR = (b"cache-control", b"no-cache")  # kept by browsers, and asked about each time
SMALLEST = 200  # bytes below which compressing gains nothing
COMPRESS: dict[bytes, Callable[[bytes], bytes]] = {
    b"br": lambda body: brotli.compress(body, quality=5),
    b"zstd": lambda body: zstandard.compress(body, 6),
    b"gzip": lambda body: gzip.compress(body, 6, mtime=0),
    b"": bytes,
}
PREFERRED = (b"br", b"zstd", b"gzip")
OVERHEAD = 2000  # bytes that a kept page costs beside its own

Header = tuple[bytes, bytes]
Message = dict[str, Any]
Key = tuple[Any, ...]
NOTHING: Message = {"type": "http.response.body", "body": b""}
Finished = tuple[bytes, bytes]  # a head, up to what the server adds to it, and a body


@dataclass(slots=True)
class Reply:
    """A whole answer of Django's."""

    status: int
    headers: list[Header]
    body: bytes


@dataclass(slots=True)
class Page:
    """The logs a page is made from and, once kept, its versions and bytes.

    It is good for as long as the versions stand, and not after `until` (seconds since 1970).
    `forms` holds the final messages by encoding, each made when it is first asked for.
    """

    logs: tuple[str, ...]
    versions: tuple[Any, ...] | None = None
    until: float = math.inf
    etag: bytes = b""
    headers: list[Header] = field(default_factory=list)
    body: bytes = b""
    forms: dict[bytes, tuple[Message, Message]] = field(default_factory=dict)
    heads: dict[bytes, bytes] = field(default_factory=dict)

    @property
    def modified(self) -> bytes | None:
        """The date that its answer carries, None where it has none."""
        return next((value for name, value in self.headers if name == b"last-modified"), None)

    @property
    def size(self) -> int:
        """About how many bytes of memory the page costs, in all its forms."""
        return OVERHEAD + 2 * len(self.body)

    def form(self, accepted: bytes) -> tuple[Message, Message]:
        """Return the two messages of the answer, in the best encoding that is accepted."""
        one = self._encoding(accepted)
        if one not in self.forms:
            self.forms[one] = _form(self.headers, one, COMPRESS[one](self.body))
        return self.forms[one]

    def finished(self, accepted: bytes, matching: bytes) -> Finished:
        """Return the answer as it is sent, its body empty for whoever has these bytes already."""
        is_known = self.is_known(matching)
        start, body = (_start(304, self.headers), NOTHING) if is_known else self.form(accepted)
        one = b"304" if is_known else self._encoding(accepted)
        if one not in self.heads:
            self.heads[one] = _head(start)
        return self.heads[one], body["body"]

    def is_known(self, matching: bytes) -> bool:
        """Whether whoever says these ETags, or this date, has the page as it is."""
        return bool(matching) and (self.etag in matching or self.modified == matching)

    def _encoding(self, accepted: bytes) -> bytes:
        if len(self.body) >= SMALLEST:
            for one in PREFERRED:
                if one in accepted and one + b";q=0" not in accepted:
                    return one
        return b""


Ask = Callable[[Any], Awaitable[Reply]]


class ByteCache:
    """Answers GET requests of passers-by out of memory, and learns from what it lets through."""

    def __init__(self, versions: Versions, ask: Ask, *, limit: int) -> None:
        self._versions = versions
        self._ask = ask
        self._limit = limit
        self._size = 0
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._filling: dict[Key, asyncio.Task[Page | Reply]] = {}

    def at_once(self, scope: Any) -> Finished | None:
        """Return the whole answer where nothing has to be asked or made for it; else None."""
        asked = _asked(scope)
        page = self._pages.get(asked[0]) if asked else None
        if asked is None or page is None or page.versions is None:
            return None
        if page.versions != self._versions.known(page.logs) or time.time() >= page.until:
            return None
        self._pages.move_to_end(asked[0])
        return page.finished(*asked[1:])

    async def answer(self, scope: Any, send: Any) -> bool:
        """Answer out of memory where that is possible and right; else return False."""
        asked = _asked(scope)
        if asked is None:
            return False
        key, accepted, matching = asked
        page = self._pages.get(key)
        if page is None:
            return False
        versions = self._versions.known(page.logs) or await self._versions.ask(page.logs)
        if None in versions:
            return False
        if page.versions != versions or time.time() >= page.until:
            filled = await self._fill(key, page.logs, versions, scope)
            if isinstance(filled, Reply):
                await send(_start(filled.status, filled.headers))
                await send({"type": "http.response.body", "body": filled.body})
                return True
            page = filled
        else:
            self._pages.move_to_end(key)
        if page.is_known(matching):
            await send(_start(304, page.headers))
            await send(NOTHING)
            return True
        start, body = page.form(accepted)
        await send(start)
        await send(body)
        return True

    def learn(self, scope: Any, status: int, headers: list[Header]) -> list[Header]:
        """Note which logs an answer was made from; return its headers without that mark."""
        marks, _until, rest = _marks(headers)
        asked = _asked(scope)
        if marks and asked and _may_keep(status, rest):
            self._keep(asked[0], Page(_logs(marks)))
        return rest

    async def _fill(
        self, key: Key, logs: tuple[str, ...], versions: tuple[Any, ...], scope: Any
    ) -> Page | Reply:
        once = (key, versions)  # requests that wait for the same bytes wait together
        if once not in self._filling:
            task = asyncio.ensure_future(self._make(key, logs, versions, scope))
            self._filling[once] = task
            task.add_done_callback(lambda _: self._filling.pop(once, None))
        return await asyncio.shield(self._filling[once])

    async def _make(
        self, key: Key, logs: tuple[str, ...], versions: tuple[Any, ...], scope: Any
    ) -> Page | Reply:
        reply = await self._ask(_plain(scope, key))
        marks, until, reply.headers = _marks(reply.headers)
        if not marks or not _may_keep(reply.status, reply.headers):
            self._forget(key)
            return reply
        # Made from other logs than the versions are of: good for this answer, not for the next.
        made = _finish(reply, _logs(marks), versions if _logs(marks) == logs else None, until)
        self._keep(key, made)
        return made

    def _keep(self, key: Key, page: Page) -> None:
        self._forget(key)
        self._pages[key] = page
        self._size += page.size
        while self._size > self._limit and self._pages:
            self._size -= self._pages.popitem(last=False)[1].size

    def _forget(self, key: Key) -> None:
        known = self._pages.pop(key, None)
        if known:
            self._size -= known.size


def _asked(scope: Any) -> tuple[Key, bytes, bytes] | None:
    """Return key, accepted encodings and known ETags of a passer-by's request; else None.

    Whoever knows no ETag but a date says that: it stands for the bytes as we dated them.
    """
    if scope["method"] not in {"GET", "HEAD"}:
        return None
    host = accepted = matching = since = b""
    cookie = language = ""
    for name, value in scope["headers"]:
        if name == b"host":
            host = value
        elif name == b"accept-encoding":
            accepted = value
        elif name == b"if-none-match":
            matching = value
        elif name == b"if-modified-since":
            since = value
        elif name == b"accept-language":
            language = value.decode("latin-1")
        elif name == b"cookie":
            cookie = value.decode("latin-1")
        elif name in {b"authorization", b"range"}:
            return None
    if cookie and any(f"{one}=" in cookie for one in (settings.SESSION_COOKIE_NAME, "messages")):
        return None
    code = languages.of(cookie, language)
    return (
        (scope["path"], scope["query_string"], code, host, scope["scheme"]),
        accepted,
        matching or since,
    )


def _plain(scope: Any, key: Key) -> Any:
    """Return a request as a passer-by's of whom nothing is known but the key."""
    headers = [(b"host", key[3]), (b"accept-language", key[2].encode())]
    return {**scope, "method": "GET", "headers": headers, "client": None}


def _may_keep(status: int, headers: list[Header]) -> bool:
    return status == 200 and not any(name.lower() == b"set-cookie" for name, _ in headers)


def _logs(marks: list[bytes]) -> tuple[str, ...]:
    return tuple(b",".join(marks).decode().split(","))


def _marks(headers: list[Header]) -> tuple[list[bytes], float, list[Header]]:
    """Return which logs an answer was made from, until when it is good, and its other headers."""
    if not any(name.lower() == CACHEABLE for name, _ in headers):
        return [], math.inf, headers
    logs = [value for name, value in headers if name.lower() == CACHEABLE]
    turns = [float(value) for name, value in headers if name.lower() == TURNS]
    rest = [header for header in headers if header[0].lower() not in (CACHEABLE, TURNS)]
    return logs, min(turns, default=math.inf), rest


def _finish(
    reply: Reply, logs: tuple[str, ...], versions: tuple[Any, ...] | None, until: float
) -> Page:
    etag = b'W/"' + hashlib.sha256(reply.body).hexdigest()[:24].encode() + b'"'
    headers = [header for header in reply.headers if header[0].lower() not in ABOUT_THE_BYTES]
    headers += [(b"etag", etag), VARY, KEPT_FOR]
    return Page(logs, versions, until, etag, headers, reply.body)


def _form(headers: list[Header], encoding: bytes, body: bytes) -> tuple[Message, Message]:
    length = (b"content-length", str(len(body)).encode())
    encoded = [(b"content-encoding", encoding)] if encoding else []
    start = _start(200, [*headers, length, *encoded])
    return start, {"type": "http.response.body", "body": body}


def _head(start: Message) -> bytes:
    line = b"HTTP/1.1 %d %b" % (start["status"], HTTPStatus(start["status"]).phrase.encode())
    lines = [line, *(b"%b: %b" % one for one in start["headers"])]
    return b"\r\n".join(lines) + b"\r\n"


def _start(status: int, headers: list[Header]) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}
