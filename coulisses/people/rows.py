"""What every card looks up, written out: through the ORM it costs three times as much."""

from collections.abc import Collection

from django.db import connection

NAMES = """select one.id, whole.name from people_voice one
    join people_voice whole on whole.id = coalesce(one.became_id, one.id)
    where whole.is_named and one.id in ({places})"""


def names(voices: Collection[str]) -> dict[str, str]:
    """Return the names of those voices that let theirs be shown; a guest's that they became."""
    if not voices:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NAMES.format(places=", ".join(["%s"] * len(voices))), [*voices])
        return dict(cursor.fetchall())
