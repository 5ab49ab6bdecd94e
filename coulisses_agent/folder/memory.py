"""What a folder was like when it was last told: one row a file, and the last look at it.

The tables live in the spool's database: they change in the transaction that queues a capture, so
that an agent killed at any moment loses nothing and tells nothing twice.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Iterator
from typing import Any

from coulisses_agent.folder import looks
from coulisses_agent.folder.moved import Known, Stamp
from coulisses_readers.look import Look

SCHEMA = """
CREATE TABLE IF NOT EXISTS folder_facts (name TEXT PRIMARY KEY, fact BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    folder BLOB NOT NULL,
    name BLOB NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    ctime_ns INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    is_link INTEGER NOT NULL,
    digest BLOB NOT NULL,
    version TEXT NOT NULL,
    policy TEXT NOT NULL,
    reason TEXT,
    is_unseen INTEGER NOT NULL,
    PRIMARY KEY (folder, name)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS files_by_version ON files (version);
CREATE INDEX IF NOT EXISTS files_unseen ON files (mtime_ns) WHERE is_unseen;
CREATE TABLE IF NOT EXISTS looks (
    version TEXT PRIMARY KEY,
    reader TEXT NOT NULL,
    facts TEXT NOT NULL,
    text BLOB,
    small BLOB,
    mime TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    kept_at REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS folder_told (once TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS looks_by_age ON looks (kept_at, bytes);
"""

_COLUMNS = "size, mtime_ns, ctime_ns, inode, is_link, digest, version, policy, reason, is_unseen"


def prepare(cursor: sqlite3.Cursor) -> None:
    """Make the tables where they are not, and the salt of the versions' names, once."""
    for statement in SCHEMA.split(";"):
        if statement.strip():
            cursor.execute(statement)
    cursor.execute(
        "INSERT OR IGNORE INTO folder_facts VALUES ('salt', ?)", (secrets.token_bytes(32),)
    )


class Memory:
    """Reads what is known of a folder, through a connection whose tables are prepared."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._salt = self.fact("salt") or b""

    def version(self, digest: bytes) -> str:
        """Name the version with this content: the same content has the same name here, only here.

        The salt stays in the spool: nobody else can tell from a name what a file holds.
        """
        return f"file:{self.keyed(digest)}"

    def keyed(self, data: bytes) -> str:
        """Return 32 hexadecimal characters that mean something to this memory only."""
        return hashlib.blake2b(data, key=self._salt, digest_size=16).hexdigest()

    def fact(self, name: str) -> bytes | None:
        """Return what was noted under this name, or None."""
        row = self._one("SELECT fact FROM folder_facts WHERE name = ?", name)
        return row[0] if row else None

    def is_empty(self) -> bool:
        """Has nothing been told yet?"""
        return self._one("SELECT 1 FROM files LIMIT 1") is None

    def count(self) -> int:
        """Return how many files are known."""
        row = self._one("SELECT count(*) FROM files")
        return int(row[0]) if row else 0

    def known(self, path: bytes) -> Known | None:
        """Return what is known of one file."""
        where = f"SELECT {_COLUMNS} FROM files WHERE folder = ? AND name = ?"
        row = self._one(where, *split(path))
        return _known(row) if row else None

    def within(self, folder: bytes) -> dict[bytes, Known]:
        """Return the files directly in a folder, by name."""
        found = self._connection.execute(
            f"SELECT name, {_COLUMNS} FROM files WHERE folder = ?", (folder,)
        )
        return {row[0]: _known(row[1:]) for row in found}

    def under(self, folder: bytes) -> Iterator[tuple[bytes, Known]]:
        """Yield every file below a folder with its path; b"" is the whole."""
        where = "1"
        about: list[bytes] = []
        if folder:
            # 0 follows / in the order of bytes.
            where = "folder = ? OR (folder >= ? AND folder < ?)"
            about = [folder, folder + b"/", folder + b"0"]
        asked = f"SELECT folder, name, {_COLUMNS} FROM files WHERE {where} ORDER BY folder, name"
        for row in self._connection.execute(asked, about):
            yield join(row[0], row[1]), _known(row[2:])

    def has_told(self, once: str) -> bool:
        """Was a capture of this name told?"""
        return self._one("SELECT 1 FROM folder_told WHERE once = ?", once) is not None

    def look(self, version: str) -> Look | None:
        """Return what was last seen of a version, as far as it was kept."""
        return looks.former(self._connection, version)

    def unseen(self, most: int) -> list[tuple[bytes, Known]]:
        """Return files whose preview is still to be made, newest first."""
        asked = (
            f"SELECT folder, name, {_COLUMNS} FROM files "
            "WHERE is_unseen ORDER BY mtime_ns DESC LIMIT ?"
        )
        found = self._connection.execute(asked, (most,))
        return [(join(row[0], row[1]), _known(row[2:])) for row in found]

    def _one(self, asked: str, *about: object) -> Any:
        return self._connection.execute(asked, about).fetchone()


def put(cursor: sqlite3.Cursor, path: bytes, known: Known) -> None:
    """Know a file as this from now on."""
    stamp = known.stamp
    cursor.execute(
        f"INSERT OR REPLACE INTO files (folder, name, {_COLUMNS}) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *split(path),
            *(stamp.size, stamp.mtime_ns, stamp.ctime_ns, stamp.inode, stamp.is_link),
            *(known.digest, known.version, known.policy, known.reason, known.is_unseen),
        ),
    )


def drop(cursor: sqlite3.Cursor, path: bytes) -> None:
    """Know a file no more."""
    cursor.execute("DELETE FROM files WHERE folder = ? AND name = ?", split(path))


def note(cursor: sqlite3.Cursor, name: str, fact: bytes) -> None:
    """Note a fact of the whole folder."""
    cursor.execute("INSERT OR REPLACE INTO folder_facts VALUES (?, ?)", (name, fact))


def note_once(cursor: sqlite3.Cursor, once: str) -> None:
    """Note that a capture of this name is told."""
    cursor.execute("INSERT OR IGNORE INTO folder_told VALUES (?)", (once,))


def split(path: bytes) -> tuple[bytes, bytes]:
    """Cut a path into its folder, b"" for the root, and its name."""
    folder, _slash, name = path.rpartition(b"/")
    return folder, name


def steps(path: bytes) -> list[bytes]:
    """Return the folders above a path, the uppermost first, and the path itself."""
    names = path.split(b"/") if path else []
    return [b"/".join(names[: depth + 1]) for depth in range(len(names))]


def join(folder: bytes, name: bytes) -> bytes:
    """Return the path of what is called so in a folder."""
    return folder + b"/" + name if folder else name


def _known(row: tuple[Any, ...]) -> Known:
    size, mtime, ctime, inode, is_link, digest, version, policy, reason, is_unseen = row
    stamp = Stamp(size, mtime, ctime, inode, bool(is_link))
    return Known(stamp, digest, version, policy, reason, bool(is_unseen))
