"""What is to be sent of a burst, and what is to be remembered with it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import Any

from coulisses_agent.folder import looks, memory
from coulisses_agent.folder.moved import Known
from coulisses_agent.folder.showing import Shown


@dataclass(frozen=True)
class Put:
    """A capture on its way. `policy` is show, delay or hold; `delay` in seconds, 0 without one."""

    capture: dict[str, Any]
    policy: str
    delay: int


@dataclass(frozen=True)
class Original:
    """A file itself, to be sent where the project keeps originals; known by its digest."""

    version: str
    path: bytes
    digest: bytes
    bytes: int


@dataclass
class Told:
    """What is to be sent of a burst, and what is to be remembered in the same transaction.

    `held` lists what was held back, as {"path", "reason"}, whether or not a capture says so.
    """

    captures: list[Put] = field(default_factory=list)
    previews: list[Shown] = field(default_factory=list)
    originals: list[Original] = field(default_factory=list)
    held: list[dict[str, str]] = field(default_factory=list)
    _known: dict[bytes, Known | None] = field(default_factory=dict)
    _before: set[str] = field(default_factory=set)
    _looks: list[tuple[str, Any]] = field(default_factory=list)
    _facts: dict[str, bytes] = field(default_factory=dict)
    _at: float = 0.0

    def remember(self, cursor: sqlite3.Cursor) -> None:
        """Know from now on what was told. Call it in the transaction that queues the captures."""
        for path, known in self._known.items():
            if known is None:
                memory.drop(cursor, path)
        for path, known in self._known.items():
            if known is not None:
                memory.put(cursor, path, known)
        for version in self._before:
            looks.drop(cursor, version)
        for version, look in self._looks:
            looks.keep(cursor, version, look, now=self._at)
        if self._looks:
            looks.bound(cursor)
        for one in self.captures:
            memory.note_once(cursor, one.capture["once"])
        for name, fact in self._facts.items():
            memory.note(cursor, name, fact)
