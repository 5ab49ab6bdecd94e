"""The statements of an append, written out: through the ORM they cost three times as much."""

from django.db import connection

from coulisses.log.models import Entry

HEAD = "select size, frontier from log_log where id = %s"
ENTRY = """
    insert into log_entry (log_id, position, kind, topic, about, "by", audience,
        happened_at, told_at, past, once, leaf)
    values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) returning id"""
SEALED = "insert into log_sealed (entry_id, salt, content) values (%s, %s, %s)"
GROW = "update log_log set size = %s, frontier = %s where id = %s"


def head(log_id: str) -> tuple[int, bytes]:
    """Return a log's size and frontier, and hold its lock until the transaction ends.

    SQLite's transactions hold the one lock there is from their beginning.
    """
    lock = " for update" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(HEAD + lock, [log_id])
        size, frontier = cursor.fetchone()
    return size, bytes(frontier)


def insert(entry: Entry, *, salt: bytes, content: bytes, frontier: bytes) -> None:
    """Write an entry with its sealed bytes, and move its log's head to it."""
    spell = connection.ops.adapt_datetimefield_value
    values = [
        entry.log_id,
        entry.position,
        entry.kind,
        entry.topic,
        entry.about,
        entry.by,
        entry.audience,
        spell(entry.happened_at),
        spell(entry.told_at),
        entry.past,
        entry.once,
        entry.leaf,
    ]
    with connection.cursor() as cursor:
        cursor.execute(ENTRY, values)
        (entry.pk,) = cursor.fetchone()
        cursor.execute(SEALED, [entry.pk, salt, content])
        cursor.execute(GROW, [entry.position, frontier, entry.log_id])
    entry._state.adding = False
