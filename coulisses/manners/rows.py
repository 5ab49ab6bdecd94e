"""What every word looks up, written out: through the ORM it costs three times as much."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from coulisses.lib import once
from coulisses.manners.models import Manners
from coulisses.people.models import Guest

CHOSEN = """
    select project_id, looks_at, slow, rules, established_days
    from manners_manners where project_id = %s"""
ASKED = "select id from manners_resting where project_id = %s and voice_id = %s"
CLOSED = "select 1 from manners_closed where project_id = %s and cue = %s"
LATEST = """
    select told_at from log_entry
    where "by" = %s and log_id = %s order by position desc limit {limit}"""
HELD = "select max(at) from manners_held where voice_id = %s and project_id = %s"
GUEST = "select is_hurried from people_guest where voice_id = %s and verified_at is null"


@once.asked
def chosen(project: str) -> Manners | None:
    """Return what a project's team has chosen; None where it has not."""
    for row in _asked(CHOSEN, project):
        names = ["project_id", "looks_at", "slow", "rules", "established_days"]
        return Manners.from_db(connection.alias, names, row)
    return None


@once.asked
def resting(project: str, voice: str) -> int | None:
    """Return the row that asks a voice to rest, by the index `rests_once`; None for nearly all."""
    return next((row[0] for row in _asked(ASKED, project, voice)), None)


def is_closed(project: str, cue: int) -> bool:
    """Return whether nothing is said any more under an entry."""
    return any(_asked(CLOSED, project, cue))


def latest(log: str, voice: str, *, limit: int) -> list[datetime]:
    """Return when a voice last said something in a log, the latest first."""
    return [_hour(row[0]) for row in _asked(LATEST.format(limit=limit), voice, log)]


def latest_held(project: str, voice: str) -> datetime | None:
    """Return when a voice last said something in a room that was held for a look; None: never."""
    return next((_hour(row[0]) for row in _asked(HELD, voice, project) if row[0]), None)


@once.asked
def unproven(voice: str) -> Guest | None:
    """Return the guest of whom nobody knows that they are a person; None for anybody else."""
    for (is_hurried,) in _asked(GUEST, voice):
        return Guest(voice_id=voice, is_hurried=bool(is_hurried))
    return None


def _asked(query: str, *values: Any) -> Iterator[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return iter(cursor.fetchall())


def _hour(said: Any) -> datetime:
    """Return a time: text in SQLite, which knows no zone of it either."""
    at = datetime.fromisoformat(said) if isinstance(said, str) else said
    return at if at.tzinfo else at.replace(tzinfo=UTC)
