"""Fronts: where somebody who comes to a project by its code or picture arrives.

Usually on its stage; a room in which everybody does something at once says that it is there.
"""

from collections.abc import Callable

from coulisses.projects.models import Project

Front = Callable[[Project], str]

_fronts: list[Front] = []


def front(say: Front) -> Front:
    """Have `say(project)` give the path at which guests of a project arrive; empty: not there."""
    if say not in _fronts:
        _fronts.append(say)
    return say


def of(project: Project) -> str:
    """Return the path at which guests of a project arrive, from the house's root."""
    return next((path for say in _fronts if (path := say(project))), project.path)


def asks_no_name(project: Project) -> bool:
    """Whether guests go straight in: what they come for asks for a name only where it needs one."""
    return of(project) != project.path
