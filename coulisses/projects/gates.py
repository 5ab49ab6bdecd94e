"""Gates: what a voice says passes them before it is heard. The rooms that keep order say them."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal
from coulisses.log.kinds import Fact
from coulisses.projects.models import Project

Gate = Callable[[Project, Fact, str, datetime], None]

_gates: list[Gate] = []


class Waits(Refusal):
    """What was said is kept, and waits until somebody of the team has looked at it."""

    status = 202
    sentence = _("Thank you. Somebody of the team looks at it first; then all can read it.")


def gate(check: Gate) -> Gate:
    """Have `check(project, fact, by, at)` raise a refusal for what may not be said, or not yet.

    A gate that keeps what it holds back raises Waits; the words are then in its rows, committed.
    """
    if check not in _gates:
        _gates.append(check)
    return check


def pass_through(project: Project, fact: Fact, *, by: str, at: datetime) -> None:
    """Raise what the first gate raises that does not let a voice's words through."""
    for check in _gates:
        check(project, fact, by, at)
