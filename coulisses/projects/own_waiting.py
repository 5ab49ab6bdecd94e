"""What somebody gave and nobody of the team has looked at yet: it is not lost, and theirs to see.

Whoever keeps what waits says it; a room shows it to those who gave it, and to nobody else.
"""

from collections.abc import Callable, Collection, Sequence

from coulisses.log.kinds import Fact
from coulisses.projects.models import Project

Keeps = Callable[[Project, Collection[str], str], Sequence[Fact]]

_keeps: list[Keeps] = []


def keeps(ask: Keeps) -> Keeps:
    """Have `ask(project, voices, kind)` return what waits of what these gave, the oldest first."""
    if ask not in _keeps:
        _keeps.append(ask)
    return ask


def of(project: Project, voices: Collection[str], kind: str) -> list[Fact]:
    """Return what these voices gave of one kind that waits for a look, the oldest first."""
    return [one for ask in _keeps for one in ask(project, voices, kind)]
