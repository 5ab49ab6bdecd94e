"""What every card looks up, written out: through the ORM it costs three times as much."""

from collections.abc import Collection

from django.db import connection

NAMES = "select id, name from people_voice where is_named and id in ({places})"


def names(voices: Collection[str]) -> dict[str, str]:
    """Return the names of those voices that let theirs be shown."""
    if not voices:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NAMES.format(places=", ".join(["%s"] * len(voices))), [*voices])
        return dict(cursor.fetchall())
