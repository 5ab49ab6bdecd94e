"""Captures on their way: gathered into batches, sent in order while the next are being written."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from coulisses_agent.house import House

MOST_CAPTURES = 100  # in one batch
MOST_BYTES = 1 << 20
_MOST_UNDER_WAY = 2  # batches written but not acknowledged

Told = Callable[[int, str], None]


class Sender:
    """Sends captures one batch after another; a context manager that waits for the last one.

    `told` is called after each acknowledged batch, with how many it held and its last title.
    """

    def __init__(self, house: House, *, told: Told) -> None:
        self._house, self._told = house, told
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sending")
        self._under_way: list[Future[None]] = []
        self._batch: list[tuple[bytes, str]] = []
        self._bytes = 0
        self._has_failed = False

    def add(self, capture: bytes, title: str) -> None:
        """Take a capture's JSON; sends a batch when it is full. Raises what sending raised."""
        if self._batch and self._bytes + len(capture) > MOST_BYTES:
            self.flush()
        self._batch.append((capture, title))
        self._bytes += len(capture)
        if len(self._batch) >= MOST_CAPTURES:
            self.flush()

    def flush(self) -> None:
        """Send what has been gathered, when those before have almost all arrived."""
        if not self._batch:
            return
        while len(self._under_way) >= _MOST_UNDER_WAY:
            self._under_way.pop(0).result()
        batch, self._batch, self._bytes = self._batch, [], 0
        self._under_way.append(self._pool.submit(self._send, batch))

    def _send(self, batch: list[tuple[bytes, str]]) -> None:
        if self._has_failed:
            return  # nothing may overtake what failed before it
        self._has_failed = True
        self._house.tell(capture for capture, _title in batch)
        self._has_failed = False
        self._told(len(batch), batch[-1][1])

    def __enter__(self) -> "Sender":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self.flush()
                for future in self._under_way:
                    future.result()
        finally:
            self._pool.shutdown(wait=True, cancel_futures=True)
