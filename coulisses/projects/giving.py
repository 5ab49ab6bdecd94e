"""Giving: by which terms something is given, said in one line before, and kept with who gave it.

What is said passes a gate that keeps them. Rooms whose gifts pass none, as a vote, ask here; the
room that keeps terms answers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coulisses.projects.models import Project


@dataclass(frozen=True)
class Line:
    """What happens to what is given. `own` are words of the team's, in the project's language."""

    words: Any
    own: str = ""


Say = Callable[[Project, str, str], Line | None]
Keep = Callable[[Project, str, str, datetime], None]

_says: list[Say] = []
_keeps: list[Keep] = []


def said_by(say: Say) -> Say:
    """Have `say(project, voice, what)` give the line for what is given ("words", "vote").

    None for a voice that has given by the same terms before; it is empty for a passer-by.
    """
    _says.append(say)
    return say


def kept_by(keep: Keep) -> Keep:
    """Have `keep(project, voice, what, at)` note by which terms a voice has given something."""
    _keeps.append(keep)
    return keep


def line(project: Project, voice: str, what: str) -> Line | None:
    """Return what somebody reads before they give; None where they know."""
    lines = (say(project, voice, what) for say in _says)
    return next((one for one in lines if one), None)


def keep(project: Project, what: str, *, by: str, at: datetime) -> None:
    """Note, in the transaction that takes it, by which terms a voice gives something."""
    for each in _keeps:
        each(project, by, what, at)
