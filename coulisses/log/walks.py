"""By which index a log is read: so that a reading costs what it brings, however long the log is.

SQLite is not told how long a log is, and holds any log for short: left to itself it looks through
a million entries for the five that are about another. So each reading has one way to go; all other
columns stand in expressions, which no index answers. PostgreSQL counts for itself, and expressions
would mislead it: there they stand as they are.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

READ = """
    {asked}select entry.*, sealed.salt, sealed.content
    from {first}log_entry as entry left join log_sealed as sealed on sealed.entry_id = entry.id
    where entry.log_id = %s{narrowed} order by {place} {order}{limit}"""
FEW_OF_A_TOPIC = """
    select * from (select few.position from log_entry as few
        where few.log_id = %s and few.topic = %s{narrowed}
        order by few.position {order} limit {limit:d}) as few{number}"""
LISTED = ("about in", "position in")  # these few, each looked up by itself


def spell(
    log_id: str, said: Mapping[str, Any], *, limit: int | None, newest_first: bool
) -> tuple[str, list[Any]]:
    """Return the statement that reads a log, and its values.

    `said` narrows it, as in `rows.read`; no list in it is empty.
    """
    order = "desc" if newest_first else "asc"
    most = "" if limit is None else f" limit {limit:d}"
    listed = next((one for one in LISTED if one in said), None)
    if listed:
        return _listed(log_id, said, listed, order, most)
    topics = list(said.get("topic in", ()))
    if limit is not None and len(topics) > 1:
        words, values = _few_of_each(log_id, topics, said, order, limit)
        by = "position"
    else:
        by = _way(said, is_whole=limit is None)
        words, values = narrowed(said, "entry", by=by)
    place = "entry.position" if "position" in by else aside("entry.position")
    query = READ.format(asked="", first="", narrowed=words, place=place, order=order, limit=most)
    return query, [log_id, *values]


def asked(places: Collection[int]) -> str:
    """Return the beginning of a statement with a table `asked` of so many places."""
    return f"with asked(place) as (values {', '.join(['(%s)'] * len(places))}) "


def narrowed(said: Mapping[str, Any], of: str, *, by: str) -> tuple[str, list[Any]]:
    """Return conditions on the columns of a table's alias, and their values.

    All columns but those that it goes `by` are kept from their indexes.
    """
    words, values = "", list[Any]()
    for says, value in said.items():
        several = list(value) if says.endswith(" in") else [value]
        column, _space, operator = says.partition(" ")
        places = ", ".join(["%s"] * len(several))
        words += f" and {_column(of, column, is_way=column in by.split())} {operator} ({places})"
        values += [_spelled(one) for one in several]
    return words, values


def _listed(
    log_id: str, said: Mapping[str, Any], listed: str, order: str, most: str
) -> tuple[str, list[Any]]:
    """Return the reading of entries that are looked up one by one: `cross` keeps this order."""
    column, places = listed.partition(" ")[0], sorted(set(said[listed]))
    rest = {says: value for says, value in said.items() if says != listed}
    words, values = narrowed(rest, "entry", by="")
    query = READ.format(
        asked=asked(places),
        first="asked cross join ",
        narrowed=f" and entry.{column} = asked.place{words}",
        place="entry.position",
        order=order,
        limit=most,
    )
    return query, [*places, log_id, *values]


def _few_of_each(
    log_id: str, topics: Sequence[str], said: Mapping[str, Any], order: str, limit: int
) -> tuple[str, list[Any]]:
    """Return the condition for the first entries of several topics.

    The index has each topic in its order, but not several together.
    """
    rest = {says: value for says, value in said.items() if says != "topic in"}
    words, its = narrowed(rest, "few", by="position")
    parts = [
        FEW_OF_A_TOPIC.format(narrowed=words, order=order, limit=limit, number=number)
        for number, _topic in enumerate(topics)
    ]
    values = [value for topic in topics for value in (log_id, topic, *its)]
    return f" and entry.position in ({' union all '.join(parts)})", values


def _way(said: Mapping[str, Any], *, is_whole: bool) -> str:
    """Return the columns that a reading goes by."""
    if "topic in" in said:
        return "topic position"
    if "by =" in said:
        return "by position"
    return "happened_at" if "happened_at >=" in said and is_whole else "position"


def aside(column: str) -> str:
    """Return a column as a condition says it that must not choose the way: no index answers it."""
    if connection.vendor != "sqlite":
        return column
    is_number = column.rpartition(".")[2].strip('"') in {"position", "about"}
    return f"({column} + 0)" if is_number else f"({column} || '')"


def _column(of: str, column: str, *, is_way: bool) -> str:
    quoted = f"{of}.{connection.ops.quote_name(column)}"
    return quoted if is_way or column == "happened_at" else aside(quoted)


def _spelled(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
