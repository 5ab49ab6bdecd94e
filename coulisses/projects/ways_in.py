"""Ways in: the code by which people in one place join a project, from whoever makes them."""

from collections.abc import Callable
from datetime import datetime

from coulisses.projects.models import Project

Say = Callable[[Project], str]
Make = Callable[[Project, datetime], object]

_said: list[Say] = []
_made: list[Make] = []


def by(say: Say) -> Say:
    """Have `say(project)` give the code that leads to a project; empty where none does."""
    if say not in _said:
        _said.append(say)
    return say


def code(project: Project) -> str:
    """Return the code that leads to a project; empty where none does."""
    return next((code for say in _said if (code := say(project))), "")


def made_by(make: Make) -> Make:
    """Have `make(project, at)` make a code that leads to a project."""
    if make not in _made:
        _made.append(make)
    return make


def give(project: Project, *, at: datetime) -> str:
    """Return the code that leads to a project, made where none does."""
    for make in _made if not code(project) else ():
        make(project, at)
    return code(project)
