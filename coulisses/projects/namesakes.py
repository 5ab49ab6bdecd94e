"""Names that can be taken for a studio's, or for that of somebody of its team."""

from collections.abc import Mapping

from coulisses.people import likeness
from coulisses.people import rows as voices
from coulisses.projects import rows
from coulisses.projects.models import Studio


def passes_for_the_team(studio: Studio, name: str) -> bool:
    """Whether a name looks like a studio's or one of its team's."""
    own = likeness.look(name)
    return bool(own) and own in _looks(studio)


def strangers(studio: Studio, named: Mapping[str, str]) -> set[str]:
    """Return which of these voices pass for the team by their names, and nobody knows them."""
    if not named:
        return set()
    looks, team = _looks(studio), rows.team(studio.pk)
    alike = {one for one, name in named.items() if one not in team and likeness.look(name) in looks}
    return alike - voices.known(alike)


def _looks(studio: Studio) -> set[str]:
    looks = {likeness.look(one) for one in (studio.name, *rows.team(studio.pk).values())}
    return looks - {""}
