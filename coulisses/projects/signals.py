"""Signals: totals that move beside a project's logs, said to streams four times a second at most.

A room that has some registers a question. It is asked once for each audience, whatever the number
of those who follow, and answers with what changed after a time, in absolute numbers: said twice,
a signal does no harm. Rooms call `heard.stir` when something moved.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from coulisses.projects import closed
from coulisses.projects.models import Project

Ask = Callable[[Project, frozenset[str], datetime], Any]

_asked: dict[str, Ask] = {}


def of(name: str) -> Callable[[Ask], Ask]:
    """Have `ask(project, audiences, since)` say under this name what changed; falsy for nothing."""

    def enrol(ask: Ask) -> Ask:
        _asked[name] = ask
        return ask

    return enrol


def changed(project: Project, *, audiences: frozenset[str], since: datetime) -> dict[str, Any]:
    """Return what changed around a project since a time, JSON-able, by the rooms' names.

    To those for whom its room is closed that anything moved says too much.
    """
    if closed.hides_now(project, audiences):
        return {}
    said = {name: ask(project, audiences, since) for name, ask in sorted(_asked.items())}
    return {name: one for name, one in said.items() if one}
