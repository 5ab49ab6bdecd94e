"""Practices: projects whose room is used behind the curtain, and whose curtain never rises."""

from collections.abc import Callable

from coulisses.projects.models import Project

Check = Callable[[Project], bool]

_checks: list[Check] = []


def by(check: Check) -> Check:
    """Have `check(project)` say whether a rehearsal is a practice, which nobody will ever see."""
    if check not in _checks:
        _checks.append(check)
    return check


def is_one(project: Project) -> bool:
    """Whether a project is a practice."""
    return any(check(project) for check in _checks)
