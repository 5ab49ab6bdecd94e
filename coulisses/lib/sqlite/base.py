"""Writers of one process wait at a door, and go in one after the other, as they came.

SQLite lets those who wait knock again and again, with pauses of up to a tenth of a second: beside
somebody who writes without end, as a hall that votes, one who writes seldom may stand outside for
long. Here whoever leaves lets the next one in. SQLite still decides: its own lock keeps writers of
other processes out, and whoever waited too long at the door goes to knock.
"""

import threading
from collections import defaultdict, deque

from django.db.backends.sqlite3 import base

PATIENCE = 5.0  # seconds at the door


class Door:
    """Lets one in at a time; those who wait stand in a row, for some seconds each."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._guard, self._is_taken = threading.Lock(), False
        self._row = deque[threading.Lock]()

    @property
    def waiting(self) -> int:
        """How many stand before it."""
        return len(self._row)

    def enter(self) -> bool:
        """Wait for one's turn; return whether it came, or somebody stays inside for too long."""
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return True
            turn = threading.Lock()
            turn.acquire()
            self._row.append(turn)
        if turn.acquire(timeout=self._patience):
            return True
        with self._guard:
            if turn not in self._row:  # it came in the last moment
                return True
            self._row.remove(turn)
            return False

    def leave(self) -> None:
        """Let the next one in, who has no need to be quick."""
        with self._guard:
            if self._row:
                self._row.popleft().release()
            else:
                self._is_taken = False


_doors = defaultdict[str, Door](Door)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is behind its file's door from the beginning of a transaction to its end.

    Single statements outside of one pass by: they are short, and nobody knows which of them write.
    """

    _is_in = False

    @property
    def door(self) -> Door:
        """The door of the file that it opens."""
        return _doors[str(self.settings_dict["NAME"])]

    def _start_transaction_under_autocommit(self) -> None:
        self._is_in = self.door.enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave()

    def _leave(self) -> None:
        if self._is_in:
            self._is_in = False
            self.door.leave()
