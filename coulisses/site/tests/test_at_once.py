"""What is kept is written at once, in its turn, to who reads it, and nothing else is."""

import asyncio
import functools

import pytest
import uvicorn
from uvicorn.server import ServerState

from coulisses.site.at_once import AtOnce

HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n"
KEPT, ASKED = b"GET /kept HTTP/1.1\r\nHost: x\r\n\r\n", b"GET /asked HTTP/1.1\r\nHost: x\r\n\r\n"
LAST = b"GET /asked HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


async def asked(scope, receive, send):
    await asyncio.sleep(0.01)
    said = [(b"content-length", b"0"), (b"app", scope["path"].encode())]
    await send({"type": "http.response.start", "status": 200, "headers": said})
    await send({"type": "http.response.body", "body": b""})


class Kept:
    """Finds an answer under /kept, and remembers who asked for it."""

    def __init__(self, body=b"kept"):
        self.body, self.seen = body, []

    def __call__(self, scope):
        if scope["path"] != "/kept":
            return None
        self.seen.append((scope["scheme"], scope["client"][0]))
        return HEAD.replace(b"4", str(len(self.body)).encode()), self.body


async def said_to(kept, words, *, trusts="127.0.0.1", rest=0.0):
    """Return all that is answered to some words, read after a rest."""
    config = uvicorn.Config(asked, lifespan="off", ws="none", forwarded_allow_ips=trusts)
    config.load()
    state = ServerState()
    state.default_headers = [(b"date", b"now")]
    protocol = functools.partial(AtOnce, config, state, {}, finished=kept)
    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(words)
    await asyncio.sleep(rest)
    before = len(kept.seen)
    try:
        async with asyncio.timeout(20):
            return await reader.read(), before
    finally:
        writer.close()
        server.close()


def test_a_kept_page_comes_whole_and_in_its_turn():
    kept = Kept()
    answer, _ = asyncio.run(said_to(kept, KEPT * 2 + ASKED + KEPT * 3 + LAST))
    whole = HEAD + b"date: now\r\n\r\nkept"
    assert answer.startswith(whole * 2 + b"HTTP/1.1 200 OK\r\ndate: now\r\ncontent-length: 0")
    first, between, last = answer.split(b"app: /asked\r\n")
    assert between.count(b"app: /kept") + between.count(whole) == 3
    assert (first + last).count(b"/kept") == 0 and last == b"connection: close\r\n\r\n"


@pytest.mark.parametrize(
    "words",
    [
        KEPT.replace(b"GET", b"HEAD"),
        KEPT.replace(b"GET", b"POST"),
        KEPT.replace(b"1.1", b"1.0"),
        KEPT.replace(b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n"),
        KEPT.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"),
    ],
)
def test_whatever_is_no_plain_question_is_asked(words):
    kept = Kept()
    answer, _ = asyncio.run(said_to(kept, words + LAST))
    assert b"app: /kept" in answer and not kept.seen


@pytest.mark.parametrize(
    ("trusts", "seen"), [("127.0.0.1", ("https", "8.8.8.8")), ("10.0.0.1", ("http", "127.0.0.1"))]
)
def test_who_stands_before_the_house_says_who_asks_if_it_is_trusted(trusts, seen):
    said = b"\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: 1.1.1.1, 8.8.8.8\r\n\r\n"
    kept = Kept()
    asyncio.run(said_to(kept, KEPT.replace(b"\r\n\r\n", said) + LAST, trusts=trusts))
    assert kept.seen == [seen]


def test_eve_who_asks_much_and_reads_nothing_is_not_written_to_without_end():
    kept = Kept(b"x" * 1_000_000)
    answer, before = asyncio.run(said_to(kept, KEPT * 100 + LAST, rest=0.2))
    assert before < 20 and answer.endswith(b"app: /asked\r\nconnection: close\r\n\r\n")
