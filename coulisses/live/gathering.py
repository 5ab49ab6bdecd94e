"""Those who come to a room together, as after a restart: what is asked of all is asked at once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


@dataclass(eq=False)
class _Turn(Generic[Answer]):
    """Sessions that are asked about together, and the answer once it is there."""

    sessions: set[str] = field(default_factory=set)
    answer: list[Answer] = field(default_factory=list)


class Gathering(Generic[Answer]):
    """While one question is under way, whoever comes meanwhile shares the next."""

    def __init__(self, ask: Callable[[set[str]], Awaitable[Answer]]) -> None:
        self._ask = ask
        self._next = _Turn[Answer]()
        self._lock = asyncio.Lock()

    async def about(self, session: str) -> Answer:
        """Return what is answered about a session, and about those who came with it."""
        mine = self._next
        mine.sessions.add(session)
        async with self._lock:
            if not mine.answer:
                self._next = _Turn()
                mine.answer.append(await self._ask(mine.sessions))
        return mine.answer[0]
