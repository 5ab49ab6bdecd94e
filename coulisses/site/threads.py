"""A small fixed pool of threads, each of which keeps its connection to the database.

Not `concurrent.futures`: its threads are waited for when the interpreter ends, and a house must
be able to end within two seconds, whatever a page is busy with.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

R = TypeVar("R")
Job = Callable[[], None]


class Pool:
    """Threads that carry out what is given to them, in order."""

    def __init__(self, count: int, *, longest_queue: int) -> None:
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._longest_queue = longest_queue
        for number in range(count):
            threading.Thread(target=self._work, name=f"page-{number}", daemon=True).start()

    @property
    def is_full(self) -> bool:
        """Whether so much waits already that another job had better be refused."""
        return self._jobs.qsize() >= self._longest_queue

    async def run(self, work: Callable[..., R], *given: Any) -> R:
        """Carry out work in one of the threads and return what it returns."""
        loop = asyncio.get_running_loop()
        result: asyncio.Future[R] = loop.create_future()

        def job() -> None:
            try:
                outcome: Any = work(*given)
            except BaseException as error:
                _tell(loop, result, result.set_exception, error)
            else:
                _tell(loop, result, result.set_result, outcome)

        self._jobs.put(job)
        return await result

    def _work(self) -> None:
        while True:
            self._jobs.get()()


def _tell(
    loop: asyncio.AbstractEventLoop,
    result: asyncio.Future[Any],
    tell: Callable[[Any], None],
    outcome: Any,
) -> None:
    def unless_given_up() -> None:
        if not result.done():
            tell(outcome)

    if not loop.is_closed():
        loop.call_soon_threadsafe(unless_given_up)
