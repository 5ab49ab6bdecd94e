"""What else goes when an entry is shredded: rooms that derived rows from its words say so here."""

from collections.abc import Callable

from coulisses.log.models import Entry
from coulisses.projects.models import Project

Duty = Callable[[Project, Entry], None]

_duties: list[Duty] = []


def also(duty: Duty) -> Duty:
    """Have `duty(project, entry)` called in the shredding's transaction, the words still there."""
    if duty not in _duties:
        _duties.append(duty)
    return duty


def carry_out(project: Project, entry: Entry) -> None:
    """Take out of every room what it derived from an entry about to lose its words."""
    for duty in _duties:
        duty(project, entry)
