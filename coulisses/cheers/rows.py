"""Giving and taking back, written out: a storm of cheers is borne by two statements each."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection

GIVE = """
    insert into cheers_cheer (project_id, position, voice_id, word, audience, at)
    values (%s, %s, %s, %s, %s, %s) on conflict do nothing"""
TAKE = """
    delete from cheers_cheer where project_id = %s and position = %s and word = %s
        and voice_id = (select coalesce(became_id, id) from people_voice where id = %s)"""
# Of what is silent nothing is seen to move between the first and the last.
MORE = """
    insert into cheers_tally (project_id, position, word, audience, is_silent, count, moved_at)
    values (%s, %s, %s, %s, %s, 1, %s)
    on conflict (project_id, position, word) do update set count = cheers_tally.count + 1,
        moved_at = case when cheers_tally.is_silent and cheers_tally.count > 0
            then cheers_tally.moved_at else excluded.moved_at end
    returning count"""
LESS = """
    update cheers_tally set count = count - 1,
        moved_at = case when is_silent and count > 1 then moved_at else %s end
    where project_id = %s and position = %s and word = %s and count > 0
    returning count"""
COUNT = "select count from cheers_tally where project_id = %s and position = %s and word = %s"
WORDS = "select key, text, place from cheers_word where project_id = %s order by place, id"
MINE = """
    select position, word from cheers_cheer
    where project_id = %s and voice_id = %s and position in ({places})"""
WISH = "select 1 from cheers_wish where voice_id = %s"
FIRST = """
    select * from (select given.position, given.id, given.voice_id, voice.name
        from cheers_cheer as given join people_voice as voice on voice.id = given.voice_id
        where given.project_id = %s and given.position = %s
        order by given.id limit {looked_at}) as first"""
LOOKED_AT = 24  # cheers of an entry in which names are looked for
MOST_NAMES = 3


def give(
    project: str, position: int, voice: str, word: str, *, audience: str, at: datetime
) -> bool:
    """Keep a cheer; return whether it was not given before."""
    return _ran(GIVE, [project, position, voice, word, audience, _bound(at)])


def take(project: str, position: int, voice: str, word: str) -> bool:
    """Forget a cheer; return whether there was one."""
    return _ran(TAKE, [project, position, word, voice])


def count_more(
    project: str, position: int, word: str, *, audience: str, is_silent: bool, at: datetime
) -> int:
    """Count one cheer more; return how many there are."""
    return _one(MORE, [project, position, word, audience, is_silent, _bound(at)])


def count_less(project: str, position: int, word: str, *, at: datetime) -> int:
    """Count one cheer less; return how many are left."""
    return _one(LESS, [_bound(at), project, position, word])


def count(project: str, position: int, word: str) -> int:
    """Return how often a word was given to an entry."""
    return _one(COUNT, [project, position, word])


def words(project: str) -> list[tuple[str, str, int | None]]:
    """Return the words that a project has or had: key, text and place."""
    with connection.cursor() as cursor:
        cursor.execute(WORDS, [project])
        return list(cursor.fetchall())


def mine(project: str, voice: str, positions: Collection[int]) -> dict[int, set[str]]:
    """Return the words that a voice gave to these entries."""
    found: dict[int, set[str]] = {}
    asked = MINE.format(places=", ".join(["%s"] * len(positions)))
    with connection.cursor() as cursor:
        cursor.execute(asked, [project, voice, *positions])
        for position, word in cursor.fetchall():
            found.setdefault(position, set()).add(word)
    return found


def has_wish(voice: str) -> bool:
    """Return whether a voice wishes to be seen."""
    with connection.cursor() as cursor:
        cursor.execute(WISH, [voice])
        return cursor.fetchone() is not None


def names(project: str, positions: Collection[int]) -> dict[int, dict[str, str]]:
    """Return the first who cheered each entry and have a name, by their voices, in one query.

    Only the first cheers are looked at, so that ten thousand cost no more than ten.
    """
    if not positions:
        return {}
    asked = " union all ".join([FIRST.format(looked_at=LOOKED_AT)] * len(positions))
    given = [part for position in positions for part in (project, position)]
    found: dict[int, dict[str, str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(asked, given)
        for position, _id, voice, name in sorted(cursor.fetchall()):
            if name:
                found.setdefault(position, {})[voice] = name
    return found


def _ran(statement: str, given: list[Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.rowcount > 0


def _one(statement: str, given: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        row = cursor.fetchone()
        return int(row[0]) if row else 0


def _bound(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
