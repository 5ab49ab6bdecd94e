"""The statements of appending and reading: through the ORM they cost three times as much."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from coulisses.log import walks
from coulisses.log.models import Entry, Sealed

HEAD = "select size, frontier from log_log where id = %s"
ENTRY = """
    insert into log_entry (log_id, position, kind, topic, about, "by", audience,
        happened_at, told_at, past, once, leaf)
    values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) returning id"""
SEALED = "insert into log_sealed (entry_id, salt, content) values (%s, %s, %s)"
TOLD = "select id from log_entry where log_id = %s and once = %s"
GROW = "update log_log set size = %s, frontier = %s, has_moved = true where id = %s"

PICK = """
    select entry.*, sealed.salt, sealed.content
    from log_entry as entry left join log_sealed as sealed on sealed.entry_id = entry.id
    where {places} order by entry.position"""
SEAL = ["entry_id", "salt", "content"]
SPOKEN_OF = """
    {asked}select 1 from asked cross join log_entry as entry
    where entry.log_id = %s and entry.about = asked.place limit 1"""

# From one log to the next by the index, whatever the number of entries between.
SPEAKS_IN = """
    with recursive spoken(log_id) as (
        select min(log_id) from log_entry where "by" = %s
        union all
        select (select min(log_id) from log_entry where "by" = %s and log_id > spoken.log_id)
        from spoken where spoken.log_id is not null)
    select log_id from spoken where log_id is not null"""

# Each of these goes down the index of topics and ends when it has enough.
FILED = """select * from (
    select position from log_entry as entry
    where log_id = %s and topic = %s and position > %s and position <= %s{seen}
        and exists (select 1 from log_sealed as sealed where sealed.entry_id = entry.id)
    order by position {order} limit {limit}) as filed{number}"""

SHREDDED = """
    select count(*) from log_entry as entry
    where entry.log_id = %s and entry.kind = 'entry.shredded' and entry.position <= %s{seen}"""

REACH = "select max(position) as reach from log_entry where log_id = %s and audience = %s"
HORIZON = """
    select coalesce((select position from log_entry
        where log_id = %s and position > coalesce(theirs.reach, 0) and told_at < %s
        order by position desc limit 1), theirs.reach, 0)
    from (select max(reach) as reach from ({reaches}) as each_one) as theirs"""


def head(log_id: str) -> tuple[int, bytes]:
    """Return a log's size and frontier, and hold its lock until the transaction ends.

    SQLite's transactions hold the one lock there is from their beginning.
    """
    lock = " for update" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(HEAD + lock, [log_id])
        size, frontier = cursor.fetchone()
    return size, bytes(frontier)


def told(log_id: str, once: str) -> int | None:
    """Return the id of the entry that an idempotency key has told, if it has."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD, [log_id, once])
        row = cursor.fetchone()
    return row[0] if row else None


def insert(entry: Entry, *, salt: bytes, content: bytes, frontier: bytes) -> None:
    """Write an entry with its sealed bytes, and move its log's head to it."""
    spell = connection.ops.adapt_datetimefield_value
    values: list[Any] = [
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


def read(
    log_id: str,
    narrowed: Mapping[str, Any],
    *,
    limit: int | None = None,
    newest_first: bool = False,
) -> list[Entry]:
    """Return entries with their sealed bytes, narrowed by what their columns say.

    `{"position >": 3, "topic in": ["doubt"]}`; None narrows nothing.
    """
    said = {says: value for says, value in narrowed.items() if value is not None}
    if any(says.endswith(" in") and not value for says, value in said.items()):
        return []
    query, values = walks.spell(log_id, said, limit=limit, newest_first=newest_first)
    return [_with_seal(entry) for entry in Entry.objects.raw(query, values)]


def pick(places: Collection[tuple[str, int]], *, by: str = "position") -> list[Entry]:
    """Return the entries, of any logs, that stand at these (log, position), or are `by="about"` it.

    In the order of their positions.
    """
    each = " or ".join([f"(entry.log_id = %s and entry.{by} = %s)"] * len(places))
    values = [value for place in places for value in place]
    if not places:
        return []
    return [_with_seal(entry) for entry in Entry.objects.raw(PICK.format(places=each), values)]


def are_spoken_of(log_id: str, positions: Collection[int]) -> bool:
    """Return whether any entry is about one of these."""
    if not positions:
        return False
    with connection.cursor() as cursor:
        query = SPOKEN_OF.format(asked=walks.asked(positions))
        cursor.execute(query, [*positions, log_id])
        return cursor.fetchone() is not None


def speaks_in(voice_id: str) -> list[str]:
    """Return the ids of the logs that hold an entry by a voice."""
    with connection.cursor() as cursor:
        cursor.execute(SPEAKS_IN, [voice_id, voice_id])
        return [row[0] for row in cursor.fetchall()]


def filed(
    log_id: str, asked: Sequence[tuple[str, int, int, int]], audiences: Collection[str] | None
) -> list[int]:
    """Return positions of whole entries by their topics, in one query.

    Each (topic, after, upto, limit) asks for so many of those between two positions, the last
    included: the newest, or the oldest where the limit is negative.
    """
    seen = _seen(audiences)
    parts, values = [], list[Any]()
    for number, (topic, after, upto, limit) in enumerate(asked):
        order = "asc" if limit < 0 else "desc"
        parts.append(FILED.format(seen=seen, order=order, limit=abs(limit), number=number))
        values += [log_id, topic, after, upto, *(audiences or ())]
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" union ".join(parts), values)
        return sorted(row[0] for row in cursor.fetchall())


def shredded(log_id: str, audiences: Collection[str] | None, *, upto: int) -> int:
    """Return how many entries say, up to a position, that another was shredded."""
    with connection.cursor() as cursor:
        query = SHREDDED.format(seen=_seen(audiences))
        cursor.execute(query, [log_id, upto, *(audiences or ())])
        return int(cursor.fetchone()[0])


def horizon(log_id: str, audiences: Collection[str], *, hour: datetime) -> int:
    """Return the greatest position of these audiences' entries and of all told before an hour."""
    spell = connection.ops.adapt_datetimefield_value
    query = HORIZON.format(reaches=" union all ".join([REACH] * len(audiences)))
    named = [value for audience in audiences for value in (log_id, audience)]
    with connection.cursor() as cursor:
        # The places in the text come in this order: the hour's first, then each audience's.
        cursor.execute(query, [log_id, spell(hour), *named])
        return int(cursor.fetchone()[0])


def _seen(audiences: Collection[str] | None) -> str:
    is_all = audiences is None
    return "" if is_all else f" and {walks.aside('entry.audience')} in ({_places(audiences or ())})"


def _places(values: Collection[Any]) -> str:
    return ", ".join(["%s"] * len(values)) or "null"  # which nothing is in


def _with_seal(entry: Entry) -> Entry:
    beside = vars(entry)
    row = [entry.pk, beside.pop("salt"), beside.pop("content")]
    is_shredded = row[-1] is None
    sealed = None if is_shredded else Sealed.from_db(connection.alias, SEAL, row)
    Entry.sealed.related.set_cached_value(entry, sealed)
    return entry
