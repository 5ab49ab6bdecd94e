"""Those who come back to a room together: whether they may is asked of all of them at once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

Ask = Callable[[set[str]], Awaitable[set[str]]]


@dataclass(eq=False)
class _Turn:
    """Sessions that are asked about together; `ended` is None until the answer is there."""

    sessions: set[str] = field(default_factory=set)
    ended: set[str] | None = None


class Returning:
    """While one question is under way, whoever comes meanwhile shares the next."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._next = _Turn()
        self._lock = asyncio.Lock()

    async def has_ended(self, session: str) -> bool:
        """Return whether a session's standing ended."""
        mine = self._next
        mine.sessions.add(session)
        async with self._lock:
            if mine.ended is None:
                self._next = _Turn()
                mine.ended = await self._ask(mine.sessions)
        return session in mine.ended
