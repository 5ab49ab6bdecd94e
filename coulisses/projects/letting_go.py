"""Letting go: what people gave to a project goes on a day that was promised, from every room of it.

Whoever promised the day carries it out; rooms say here what they keep beside the log: words that
wait for a look, words that were refused.
"""

from collections.abc import Callable

from coulisses.projects.models import Project

Duty = Callable[[Project], None]

_duties: list[Duty] = []


def also(duty: Duty) -> Duty:
    """Have `duty(project)` called, in one transaction, when what people gave there is let go."""
    if duty not in _duties:
        _duties.append(duty)
    return duty


def carry_out(project: Project) -> None:
    """Let go of what rooms keep beside the log of what people gave to a project."""
    for duty in _duties:
        duty(project)
