"""Names that can be taken for a studio's, or for that of somebody of its team."""

from collections.abc import Mapping

from django.db import connection

from coulisses.lib import once
from coulisses.people import likeness, rows
from coulisses.projects.models import Studio

# Each word asks: through the ORM it costs three times as much.
TEAM = """
    select account.voice_id, voice.name
    from projects_role as role
        join people_account as account on account.id = role.account_id
        join people_voice as voice on voice.id = account.voice_id
    where role.studio_id = %s"""


def passes_for_the_team(studio: Studio, name: str) -> bool:
    """Whether a name looks like a studio's or one of its team's."""
    own = likeness.look(name)
    return bool(own) and own in _looks(studio)


def strangers(studio: Studio, named: Mapping[str, str]) -> set[str]:
    """Return which of these voices pass for the team by their names, and nobody knows them."""
    if not named:
        return set()
    looks, own = _looks(studio), team(studio.pk)
    alike = {one for one, name in named.items() if one not in own and likeness.look(name) in looks}
    return alike - rows.known(alike)


@once.asked
def team(studio: str) -> dict[str, str]:
    """Return the names of a studio's team, by their voices."""
    with connection.cursor() as cursor:
        cursor.execute(TEAM, [studio])
        return dict(cursor.fetchall())


def _looks(studio: Studio) -> set[str]:
    looks = {likeness.look(one) for one in (studio.name, *team(studio.pk).values())}
    return looks - {""}
