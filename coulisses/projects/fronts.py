"""Fronts: where somebody who comes to a project by its code or picture arrives.

Usually on its stage; a room in which everybody does something at once says that it is there.
"""

from collections.abc import Callable
from typing import Any

from coulisses.projects.models import Project

Front = Callable[[Project], str]
Arrive = Callable[[Any, Project], None]

_fronts: list[Front] = []
_arrivals: list[Arrive] = []


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


def at_code(arrive: Arrive) -> Arrive:
    """Have `arrive(request, project)` called when somebody comes to a project by its code."""
    if arrive not in _arrivals:
        _arrivals.append(arrive)
    return arrive


def arrived(request: Any, project: Project) -> None:
    """Say that whoever asks has come to a project by its code."""
    for each in _arrivals:
        each(request, project)
