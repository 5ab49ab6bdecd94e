"""What every gift looks up, written out: through the ORM it costs three times as much."""

from datetime import datetime

from django.db import connection

from coulisses.lib import once

VERSION = "select max(version) from guests_terms where project_id = %s"
ACCEPTED = """
    select 1 from guests_accepted
    where project_id = %s and voice_id = %s and version = %s and what = %s"""
ACCEPT = """
    insert into guests_accepted (project_id, voice_id, version, what, at)
    values (%s, %s, %s, %s, %s) on conflict do nothing"""


@once.asked
def version(project: str) -> int:
    """Return which version of its terms holds in a project; 0 where its team said nothing."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION, [project])
        return cursor.fetchone()[0] or 0


def is_accepted(project: str, voice: str, version: int, what: str) -> bool:
    """Return whether a voice gave such a thing while this version stood beside the form."""
    with connection.cursor() as cursor:
        cursor.execute(ACCEPTED, [project, voice, version, what])
        return cursor.fetchone() is not None


def accept(project: str, voice: str, version: int, what: str, *, at: datetime) -> None:
    """Keep that a voice gives such a thing by a version; kept twice, it stands once."""
    hour = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(ACCEPT, [project, voice, version, what, hour])
