"""A follower whose connection just closed holds nobody up."""

import asyncio
import socket

import uvicorn

from coulisses.live.followers import Follower
from coulisses.live.reading import Batch
from coulisses.live.rooms import Room
from coulisses.testing.given import NOON


async def closed_while_others_are_told():
    loop = asyncio.get_running_loop()
    ours, theirs = socket.socketpair()
    left = []
    follower = Follower(Room(None, Batch([], 3, NOON), None), 3, "", lambda: left.append(True))
    wire, _ = await loop.create_connection(lambda: follower, sock=ours)
    follower.take(wire, b": hello\n\n")
    wire.abort()
    while not left:
        await asyncio.sleep(0)
    theirs.close()
    follower.send(b"event: presence\n\n")
    follower.write(b"id: 4\n\n", 4)
    return follower


def test_what_is_said_to_a_connection_that_just_closed_is_dropped():
    loop = uvicorn.Config("", loop="uvloop").get_loop_factory()
    with asyncio.Runner(loop_factory=loop) as runner:
        follower = runner.run(closed_while_others_are_told())
    assert (follower.is_open, follower.position) == (False, 4)
