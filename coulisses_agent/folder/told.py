"""What is to be sent of a burst, and what is to be remembered with it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import Any

from coulisses_agent.folder import looks, memory
from coulisses_agent.folder.moved import Known
from coulisses_agent.folder.showing import Shown
from coulisses_readers.look import Look


@dataclass(frozen=True)
class Put:
    """A capture on its way. `policy` is show, delay or hold; `delay` in seconds, 0 without one."""

    capture: dict[str, Any]
    policy: str
    delay: int


@dataclass(frozen=True)
class Original:
    """A file itself, to be sent where the project keeps originals; known by its digest.

    `policy` is the key of the one by which its save is told.
    """

    version: str
    path: bytes
    digest: bytes
    bytes: int
    policy: str


@dataclass
class Told:
    """What is to be sent of a burst, and what is to be remembered in the same transaction.

    `held` lists what was held back, as {"path", "reason"}, whether or not a capture says so. To be
    remembered are `known`, by path (None: no more), the `looks` of versions, with `outdated` the
    versions that stood before, and `facts` of the folder, `at` a time in seconds since 1970.
    """

    at: float
    facts: dict[str, bytes]
    captures: list[Put] = field(default_factory=list)
    previews: list[Shown] = field(default_factory=list)
    originals: list[Original] = field(default_factory=list)
    held: list[dict[str, str]] = field(default_factory=list)
    known: dict[bytes, Known | None] = field(default_factory=dict)
    looks: list[tuple[str, Look]] = field(default_factory=list)
    outdated: set[str] = field(default_factory=set)

    def remember(self, cursor: sqlite3.Cursor) -> None:
        """Know from now on what was told. Call it in the transaction that queues the captures."""
        for path, known in self.known.items():
            if known is None:
                memory.drop(cursor, path)
        for path, known in self.known.items():
            if known is not None:
                memory.put(cursor, path, known)
        for version in self.outdated:
            looks.drop(cursor, version)
        for version, look in self.looks:
            looks.keep(cursor, version, look, now=self.at)
        if self.looks:
            looks.bound(cursor)
        for one in self.captures:
            memory.note_once(cursor, one.capture["once"])
        for name, fact in self.facts.items():
            memory.note(cursor, name, fact)
