"""The spool: captures and previews on their way, in one SQLite file, in the order of their putting.

Whoever follows a folder keeps its memory in the same file, so that what was told and what waits to
be sent change in one transaction: killed at any moment, the agent loses nothing and tells nothing
twice.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coulisses_agent.captures import spelled
from coulisses_agent.refusals import Stopped
from coulisses_agent.speech import gettext_noop as N_
from coulisses_readers.closing import Closing

MOST_PREVIEWS = 2 << 30  # bytes of previews; beyond, the oldest go: they can be made again
MOST_HELD = 500  # of what was held back, the latest that are listed
_PATIENCE = 30.0  # seconds that a writer waits for another

SCHEMA = """
CREATE TABLE IF NOT EXISTS outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, once TEXT NOT NULL UNIQUE, title TEXT NOT NULL,
    capture BLOB NOT NULL, put_at REAL NOT NULL, refused TEXT);
CREATE TABLE IF NOT EXISTS outbox_previews (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, version TEXT NOT NULL UNIQUE, facts TEXT NOT NULL,
    bytes INTEGER NOT NULL, refused TEXT);
CREATE TABLE IF NOT EXISTS outbox_files (
    seq INTEGER NOT NULL, variant TEXT NOT NULL, mime TEXT NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (seq, variant)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outbox_arrivals (
    seq INTEGER NOT NULL, variant TEXT NOT NULL, key TEXT NOT NULL,
    PRIMARY KEY (seq, variant)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outbox_originals (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, version TEXT NOT NULL UNIQUE, path BLOB NOT NULL,
    digest BLOB NOT NULL, bytes INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS outbox_quiet (
    version TEXT PRIMARY KEY, policy TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS held (
    id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, reason TEXT NOT NULL,
    at REAL NOT NULL, UNIQUE (path, reason));
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, note TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS outbox_waiting ON outbox (seq) WHERE refused IS NULL;
CREATE INDEX IF NOT EXISTS previews_waiting ON outbox_previews (seq) WHERE refused IS NULL;
"""


class AlreadyRunning(Stopped):
    """Another agent tells the same folder to the same project."""

    sentence = N_(
        "Another agent is telling this folder to this project already (%(folder)s). "
        "A token that was given now is handed to it."
    )
    status = 6


class SpoolUnwritable(Stopped):
    """The disk is full, or nobody may write there: to go on would be to forget what was told."""

    sentence = N_("What is to be told can't be kept on this machine (%(said)s): is there room?")
    status = 7


@dataclass(frozen=True)
class Waiting:
    """A capture on its way, spelled as JSON."""

    seq: int
    title: str
    capture: bytes


@dataclass(frozen=True)
class Preview:
    """A version's preview on its way, its files as {variant: (bytes, mime)}."""

    seq: int
    version: str
    facts: dict[str, Any]
    files: dict[str, tuple[bytes, str]]


class Spool(Closing):
    """One folder's spool for one project. Open it once more for each thread that uses it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / "spool.sqlite3"
        # Held words wait here: they are their owner's alone, wherever the spool stands. One that is
        # there is not opened: closing it would take away the locks of this process's others.
        with contextlib.suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        self.connection = sqlite3.connect(path, timeout=_PATIENCE)
        self.connection.isolation_level = None
        for pragma in ("journal_mode=wal", "synchronous=full", "secure_delete=on"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.connection.executescript(SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Cursor]:
        """Give a cursor within one transaction: all of it is kept, or nothing."""
        cursor = self.connection.cursor()
        cursor.execute("BEGIN IMMEDIATE")
        try:
            yield cursor
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")

    def put(
        self, cursor: sqlite3.Cursor, capture: Mapping[str, Any], *, policy: str, delay: int = 0
    ) -> None:
        """Queue a capture; one that is queued already stays as it is."""
        how = {"policy": policy, "delay": delay or None} if policy != "show" else {}
        changes = capture["changes"]
        title = capture["title"] or (changes[0]["path"] if changes else "")
        row = (capture["once"], title, spelled({**capture, **how}), time.time())
        cursor.execute(
            "INSERT OR IGNORE INTO outbox (once, title, capture, put_at) VALUES (?, ?, ?, ?)", row
        )

    def put_preview(
        self,
        cursor: sqlite3.Cursor,
        version: str,
        facts: Mapping[str, Any],
        files: Mapping[str, tuple[bytes, str]],
    ) -> None:
        """Queue a version's preview, in the place of one that is queued already."""
        self._drop_preview(cursor, version)
        size = sum(len(data) for data, _mime in files.values())
        cursor.execute(
            "INSERT INTO outbox_previews (version, facts, bytes) VALUES (?, ?, ?)",
            (version, json.dumps(dict(facts)), size),
        )
        seq = cursor.lastrowid
        cursor.executemany(
            "INSERT INTO outbox_files VALUES (?, ?, ?, ?)",
            [(seq, variant, mime, data) for variant, (data, mime) in files.items()],
        )
        self._bound(cursor)

    def note_held(self, cursor: sqlite3.Cursor, held: Sequence[Mapping[str, str]]) -> None:
        """Remember for the status what was held back, and why."""
        cursor.executemany(
            "INSERT INTO held (path, reason, at) VALUES (?, ?, ?) "
            "ON CONFLICT (path, reason) DO UPDATE SET at = excluded.at",
            [(one["path"], one["reason"], time.time()) for one in held],
        )
        cursor.execute(
            "DELETE FROM held WHERE id NOT IN (SELECT id FROM held ORDER BY at DESC LIMIT ?)",
            (MOST_HELD,),
        )

    def captures(self, *, most: int, most_bytes: int) -> list[Waiting]:
        """Return the captures that wait longest: as many, and at least one where there is any."""
        found: list[Waiting] = []
        room = most_bytes
        query = "SELECT seq, title, capture FROM outbox WHERE refused IS NULL ORDER BY seq LIMIT ?"
        for row in self.connection.execute(query, (most,)):
            room -= len(row[2])
            if found and room < 0:
                break
            found.append(Waiting(*row))
        return found

    def pictures_of(self, batch: Sequence[Waiting], *, most_bytes: int) -> list[str]:
        """Return versions that live captures bring and whose previews wait, as many as fit."""
        found: list[str] = []
        room = most_bytes
        query = "SELECT bytes FROM outbox_previews WHERE version = ? AND refused IS NULL"
        for one in batch:
            said = json.loads(one.capture)
            sides = [] if said["past"] else [change["after"] for change in said["changes"]]
            for version in (side["version"] for side in sides if side):
                row = self.connection.execute(query, (version,)).fetchone()
                if row and row[0] <= room:
                    room -= row[0]
                    found.append(version)
        return found

    def versions(self, most: int) -> list[str]:
        """Return the versions whose previews wait longest."""
        query = "SELECT version FROM outbox_previews WHERE refused IS NULL ORDER BY seq LIMIT ?"
        return [version for (version,) in self.connection.execute(query, (most,))]

    def preview(self, version: str) -> Preview | None:
        """Return a preview that waits, with its files."""
        query = "SELECT seq, facts FROM outbox_previews WHERE version = ?"
        row = self.connection.execute(query, (version,)).fetchone()
        if row is None:
            return None
        files = self.connection.execute(
            "SELECT variant, data, mime FROM outbox_files WHERE seq = ?", (row[0],)
        )
        found = {variant: (bytes(data), mime) for variant, data, mime in files}
        return Preview(row[0], version, json.loads(row[1]), found)

    def sent(self, seqs: Sequence[int]) -> None:
        """Let go of captures that the house has acknowledged."""
        with self.writing() as cursor:
            cursor.executemany("DELETE FROM outbox WHERE seq = ?", [(seq,) for seq in seqs])
            _count(cursor, "entries", len(seqs))

    def shown(self, versions: Sequence[str], *, is_sent: bool = True) -> None:
        """Let go of previews that the house has, or does not want."""
        with self.writing() as cursor:
            for version in versions:
                self._drop_preview(cursor, version)
            _count(cursor, "previews", len(versions) if is_sent else 0)

    def refuse(self, seq: int, reason: str) -> None:
        """Set a capture aside that the house does not take."""
        with self.writing() as cursor:
            cursor.execute("UPDATE outbox SET refused = ? WHERE seq = ?", (reason, seq))

    def refuse_preview(self, version: str, reason: str) -> None:
        """Set a preview aside that the house does not take; its files go."""
        with self.writing() as cursor:
            query = "SELECT seq FROM outbox_previews WHERE version = ?"
            for (seq,) in cursor.execute(query, (version,)).fetchall():
                _drop_files(cursor, seq)
                cursor.execute(
                    "UPDATE outbox_previews SET refused = ?, bytes = 0 WHERE seq = ?", (reason, seq)
                )

    @property
    def is_empty(self) -> bool:
        """Does nothing wait that could be sent?"""
        return not self.captures(most=1, most_bytes=1) and not self.versions(1)

    def note(self, name: str, note: str | None) -> None:
        """Keep a note for the status; None takes it away."""
        with self.writing() as cursor:
            cursor.execute("DELETE FROM notes WHERE name = ?", (name,))
            if note is not None:
                cursor.execute("INSERT INTO notes VALUES (?, ?)", (name, note))

    def noted(self, name: str) -> str | None:
        """Return a note."""
        row = self.connection.execute("SELECT note FROM notes WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def _drop_preview(self, cursor: sqlite3.Cursor, version: str) -> None:
        rows = cursor.execute("SELECT seq FROM outbox_previews WHERE version = ?", (version,))
        for (seq,) in rows.fetchall():
            _drop_files(cursor, seq)
            cursor.execute("DELETE FROM outbox_previews WHERE seq = ?", (seq,))

    def _bound(self, cursor: sqlite3.Cursor) -> None:
        while True:
            (kept,) = cursor.execute("SELECT total(bytes) FROM outbox_previews").fetchone()
            if kept <= MOST_PREVIEWS:
                return
            (oldest,) = cursor.execute(
                "SELECT version FROM outbox_previews WHERE bytes > 0 ORDER BY seq LIMIT 1"
            ).fetchone()
            self._drop_preview(cursor, oldest)
            _count(cursor, "dropped", 1)


def _drop_files(cursor: sqlite3.Cursor, seq: int) -> None:
    cursor.execute("DELETE FROM outbox_files WHERE seq = ?", (seq,))
    cursor.execute("DELETE FROM outbox_arrivals WHERE seq = ?", (seq,))


def _count(cursor: sqlite3.Cursor, name: str, more: int) -> None:
    """Add to what was done since the beginning."""
    cursor.execute(
        "INSERT INTO notes VALUES (?, ?) ON CONFLICT (name) DO UPDATE "
        "SET note = CAST(note AS INTEGER) + excluded.note",
        (f"count {name}", more),
    )
