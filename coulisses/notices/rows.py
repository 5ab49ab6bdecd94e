"""What each page of somebody's looks up, written out: by the ORM it costs three times as much."""

from django.db import connection

UNREAD = "select 1 from notices_notice where voice_id = %s and read_at is null limit 1"


def has_unread(voice: str) -> bool:
    """Return whether anything waits to be read by a voice."""
    with connection.cursor() as cursor:
        cursor.execute(UNREAD, [voice])
        return cursor.fetchone() is not None
