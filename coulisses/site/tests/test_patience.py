"""How long a house waits for those who say nothing: Eve holds connections open, and no more."""

import asyncio

import pytest
import uvicorn
from uvicorn.server import ServerState

from coulisses.site import bridge
from coulisses.site.guarding import Guarded

SCOPE = {"headers": [(b"content-length", b"100")]}


class Impatient(Guarded):
    head_seconds = 0.1


async def answered(scope, receive, send):
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


class Patient(Guarded):
    head_seconds = 60.0


async def said_to(*words, pause=0.06, by=Impatient):
    """Return what a house answers to words said with a pause before each, until it hangs up."""
    config = uvicorn.Config(answered, lifespan="off", ws="none")
    config.load()
    state = ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: by(config, state, {}), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    for word in words:
        await asyncio.sleep(pause)
        if not reader.at_eof():  # it has hung up, and a broken pipe would say nothing else
            writer.write(word)
    try:
        async with asyncio.timeout(60):
            return await reader.read()
    except ConnectionError:  # it hung up in the middle of a word
        return b""
    finally:
        writer.close()
        server.close()


@pytest.mark.parametrize(
    "words", [[], [b"GET / HT"], [b"GET / HTTP/1.1\r\n", b"Host: x\r\n", b"A: b\r\n", b"C: d\r\n"]]
)
def test_a_head_that_does_not_come_is_not_waited_for(words):
    assert asyncio.run(said_to(*words)) == b""


def test_a_head_that_comes_slowly_but_whole_is_answered():
    words = [b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n", b"\r\n"]
    assert asyncio.run(said_to(*words, by=Patient)).startswith(b"HTTP/1.1 204")


def test_a_body_that_rests_for_too_long_is_not_waited_for():
    parts = [{"type": "http.request", "body": b"abc", "more_body": True}]

    async def receive():
        return parts.pop() if parts else await asyncio.Event().wait()

    with pytest.raises(bridge.BodyTooSlow):
        asyncio.run(bridge.read_body(SCOPE, receive, limit=1000, rest=0.05))
