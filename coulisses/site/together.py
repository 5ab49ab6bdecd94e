"""Where forms wait for those that are done together: while some are, the next ones gather."""

import asyncio
import io
import json
import logging
from typing import IO, Any

from coulisses.site.bridge import Answer
from coulisses.site.middleware import HEADERS
from coulisses.site.threads import Pool
from coulisses.ui import together
from coulisses.ui.together import MOST, Asked, Take

LONGEST = 1000  # bytes of a form that may be done with others

Waiting = list[tuple[Asked, "asyncio.Future[Any]"]]
_logger = logging.getLogger(__name__)


class Together:
    """Does what many send at once, a batch after the other; who comes alone doesn't wait."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._waiting: dict[Take, Waiting] = {}
        self._working: dict[Take, asyncio.Future[None]] = {}  # the loop holds none of them itself

    async def ask(self, scope: Any, body: IO[bytes]) -> Answer | None:
        """Return the answer to a form; None where it is for Django, its body unread."""
        known = together.taker(scope["path"]) if scope["method"] == "POST" else None
        headers = _headers(scope) if known else {}
        if known is None or "json" not in headers.get("accept", ""):
            return None
        said = body.read(LONGEST + 1)
        body.seek(0)
        if len(said) > LONGEST:
            return None
        take, place = known
        client = scope.get("client") or ("", 0)
        done = await self._done(take, Asked(place, headers, said, client[0]))
        return None if done is None else _spelled(done)

    async def _done(self, take: Take, asked: Asked) -> Any:
        outcome = asyncio.get_running_loop().create_future()
        is_first = take not in self._waiting
        self._waiting.setdefault(take, []).append((asked, outcome))
        if is_first:
            self._working[take] = asyncio.ensure_future(self._go_on(take))
        return await outcome

    async def _go_on(self, take: Take) -> None:
        while waiting := self._waiting[take]:
            batch, self._waiting[take] = waiting[:MOST], waiting[MOST:]
            done = await self._pool.run(_taken, take, [asked for asked, _ in batch])
            for (_, outcome), one in zip(batch, done, strict=True):
                if not outcome.done():
                    outcome.set_result(one)
        del self._waiting[take]


def _taken(take: Take, asked: list[Asked]) -> list[Any]:
    """Return what came of each; of none anything where they failed together: then each is alone."""
    try:
        return take(asked)
    except Exception:
        _logger.exception("what came together is done one by one")
        return [None] * len(asked)


def _headers(scope: Any) -> dict[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def _spelled(said: Any) -> Answer:
    body = json.dumps(said).encode()
    own = {"Content-Type": "application/json", "Content-Length": str(len(body))}
    raw = [(name.lower().encode(), value.encode()) for name, value in {**HEADERS, **own}.items()]
    return Answer(200, raw, io.BytesIO(body))
