"""The last look at a file, kept to compare the next one with: originals need not be kept.

Of each: its words, at most LONGEST_TEXT, and its small picture, at most LARGEST_PICTURE. All of
them together take MOST_BYTES at most; the oldest go first.
"""

from __future__ import annotations

import json
import sqlite3
import zlib

from coulisses_readers.look import Look, Preview

LONGEST_TEXT = 1 << 20  # bytes
LARGEST_PICTURE = 200 * 1024
MOST_BYTES = 256 << 20


def former(connection: sqlite3.Connection, version: str) -> Look | None:
    """Return what was seen of a version, or None."""
    asked = "SELECT reader, facts, text, small, mime, width, height FROM looks WHERE version = ?"
    row = connection.execute(asked, (version,)).fetchone()
    if row is None:
        return None
    reader, facts, text, small, mime, width, height = row
    previews = {"small": Preview(small, mime, width, height)} if small is not None else {}
    words = zlib.decompress(text).decode() if text is not None else None
    return Look(reader, json.loads(facts), previews, words)


def keep(cursor: sqlite3.Cursor, version: str, look: Look, *, now: float) -> None:
    """Keep what of a look the next one can be compared with; nothing of what couldn't be read."""
    small = look.previews.get("small")
    if small is not None and len(small.bytes) > LARGEST_PICTURE:
        small = None
    words = look.text.encode() if look.text is not None else None
    if words is not None and len(words) > LONGEST_TEXT:
        words = None
    if look.reason or (words is None and small is None):
        return
    text = None if words is None else zlib.compress(words)
    facts = json.dumps(dict(look.facts))
    size = len(facts) + len(text or b"") + (len(small.bytes) if small else 0)
    shown = (small.bytes, small.mime, small.width, small.height) if small else (None, "", 0, 0)
    cursor.execute(
        "INSERT OR REPLACE INTO looks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (version, look.reader, facts, text, *shown, size, now),
    )


def drop(cursor: sqlite3.Cursor, version: str) -> None:
    """Keep a version's look no longer, unless some file still is that version."""
    cursor.execute(
        "DELETE FROM looks WHERE version = ? AND NOT EXISTS "
        "(SELECT 1 FROM files WHERE files.version = looks.version)",
        (version,),
    )


def bound(cursor: sqlite3.Cursor, most: int = MOST_BYTES) -> None:
    """Let the oldest looks go until the others fit."""
    held = cursor.execute("SELECT coalesce(sum(bytes), 0) FROM looks").fetchone()[0]
    while held > most:
        oldest = cursor.execute(
            "SELECT version, bytes FROM looks ORDER BY kept_at LIMIT 100"
        ).fetchall()
        for version, size in oldest:
            cursor.execute("DELETE FROM looks WHERE version = ?", (version,))
            held -= size
            if held <= most:
                return
