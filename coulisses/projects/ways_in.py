"""Ways in: the code by which people in one place join a project, from whoever makes them."""

from collections.abc import Callable

from coulisses.projects.models import Project

Say = Callable[[Project], str]

_said: list[Say] = []


def by(say: Say) -> Say:
    """Have `say(project)` give the code that leads to a project; empty where none does."""
    if say not in _said:
        _said.append(say)
    return say


def code(project: Project) -> str:
    """Return the code that leads to a project; empty where none does."""
    return next((code for say in _said if (code := say(project))), "")
