"""The files of both logs, on their way in before any row names them."""

import time
from contextlib import suppress

from django.utils import timezone

from coulisses.media import staging
from coulisses.media.staging import Stage
from coulisses.transfers import form, luggage
from coulisses.transfers.looking import Alive, Looked
from coulisses.transfers.sources import Below, Source

SAID_EVERY = 20.0  # seconds between two words that more files come in


class Stages:
    """Where they lie, beside the log that they go with; all of them stay, or none."""

    def __init__(self, looked: Looked) -> None:
        self._files = looked.weight.files + looked.beside.files
        at = timezone.now()
        self.work = staging.begin(looked.head.log_id, at=at)
        self.room = staging.begin(looked.room.log_id, at=at) if looked.room else None
        self._said_at = time.monotonic()

    @property
    def _all(self) -> list[Stage]:
        return [self.work, self.room] if self.room else [self.work]

    def carry(self, source: Source, alive: Alive) -> None:
        """Bring the files in. Raises FolderDamaged, FileDiffers, StageCleared."""
        luggage.carry(source, self.work, lambda: self._say(alive))
        if self.room:
            luggage.carry(Below(source, form.ROOM), self.room, lambda: self._say(alive))
        self._keep_alive()

    def settle(self) -> None:
        """Let the files stay, in the transaction that names them. Raises StageCleared."""
        for one in self._all:
            one.settle()

    def clear(self) -> None:
        """Take away all that came in."""
        for one in self._all:
            with suppress(OSError):  # a bucket that is gone, say: the row of the stage remembers
                staging.clear(one)

    def _say(self, alive: Alive) -> None:
        done = sum(one.count for one in self._all)
        alive(0.5 + done / (self._files + 1) / 2)
        if time.monotonic() - self._said_at > SAID_EVERY:
            self._keep_alive()
            self._said_at = time.monotonic()

    def _keep_alive(self) -> None:
        for one in self._all:
            one.keep_alive(at=timezone.now())
