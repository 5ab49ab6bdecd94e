"""What pages say of how long they were in view: heard before Django, and always thanked alike."""

import asyncio
import contextlib
from typing import Any

from django.db import DatabaseError

from coulisses.live import answers
from coulisses.site import bridge
from coulisses.site.threads import Pool
from coulisses.visits import counting, summing

PATIENCE = 5.0  # seconds for a body of three bytes
ENDING = 1.0  # seconds that a house that ends waits for its last sums


async def stay(scope: Any, receive: Any, send: Any) -> None:
    """Take what a page says as it is left. The answer is 204, whatever it says and of whatever."""
    try:
        async with asyncio.timeout(PATIENCE):
            body = await bridge.read_body(scope, receive, limit=counting.LONGEST_STAY)
    except (TimeoutError, bridge.BodyTooLong, bridge.BodyTooSlow):
        body = None
    except bridge.ClientGone:
        return
    if body is not None:
        with body:
            counting.notes.stay(scope, body.read())
    await answers.give(send, 204, b"", "text/plain")


async def write_down(pool: Pool) -> None:
    """Write down what was counted in the last seconds, as a house ends in peace."""
    with contextlib.suppress(DatabaseError, TimeoutError):
        async with asyncio.timeout(ENDING):
            await pool.run(summing.flush)
