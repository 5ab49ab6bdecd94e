"""Gates: what a voice says or does passes them first. The rooms that keep order say them."""

from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal
from coulisses.log.kinds import Fact
from coulisses.people import rows
from coulisses.projects.models import Project

Gate = Callable[[Project, Fact, str, datetime], None]

ActGate = Callable[[Project, str, datetime], None]

Look = Callable[[Project], bool]
LooksAt = Callable[[Project, Fact, str], bool]
Closes = Callable[[Project, Collection[int]], Collection[int]]

_gates: list[Gate] = []
_before: list[Gate] = []
_of_acts: list[ActGate] = []
_looks: list[Look] = []
_looks_at: list[LooksAt] = []
_closes: list[Closes] = []


class Waits(Refusal):
    """What was said is kept, and waits until somebody of the team has looked at it."""

    status = 202
    sentence = _("Thank you. Somebody of the team looks at it first; then all can read it.")


class ProveFirst(Refusal):
    """Somebody new is not heard here until they have shown who they are: they stay known till then.

    Subclasses say how.
    """

    status = 403


def gate(check: Gate) -> Gate:
    """Have `check(project, fact, by, at)` raise a refusal for what may not be said, or not yet.

    A gate that keeps what it holds back raises Waits; the words are then in its rows, committed.
    """
    if check not in _gates:
        _gates.append(check)
    return check


def before(check: Gate) -> Gate:
    """Have `check(project, fact, by, at)` refuse what the gates will, keeping nothing.

    It is asked before the files that go with words are decoded: that is what costs.
    """
    if check not in _before:
        _before.append(check)
    return check


def would_let_through(project: Project, fact: Fact, *, by: str, at: datetime) -> None:
    """Raise what refuses a voice's words, whatever goes with them."""
    for check in _before:
        check(project, fact, by, at)


def pass_through(project: Project, fact: Fact, *, by: str, at: datetime) -> None:
    """Raise what the first gate raises that does not let a voice's words through."""
    for check in _gates:
        check(project, fact, by, at)


def of_acts(check: ActGate) -> ActGate:
    """Have `check(project, voice, at)` raise a refusal for who may not take part in any way.

    It stands where a thousand vote in a minute: one look-up, down an index, and no more.
    """
    if check not in _of_acts:
        _of_acts.append(check)
    return check


def looks(check: Look) -> Look:
    """Have `check(project)` say whether strangers' words are looked at before they are heard."""
    if check not in _looks:
        _looks.append(check)
    return check


def looks_first(project: Project) -> bool:
    """Whether each word of guests whom nobody knows was looked at before it was heard."""
    return any(check(project) for check in _looks)


def looks_at(check: LooksAt) -> LooksAt:
    """Have `check(project, fact, by)` say whether a voice's words wait for a look, by its room.

    Whoever keeps what waits asks it, beside what a team chose for all that is said.
    """
    if check not in _looks_at:
        _looks_at.append(check)
    return check


def is_looked_at(project: Project, fact: Fact, by: str) -> bool:
    """Whether a room has these words wait until somebody of the team has looked at them."""
    return any(check(project, fact, by) for check in _looks_at)


def may_take_part(project: Project, voice: str, *, at: datetime) -> str:
    """Return the voice by which somebody takes part now: a guest who made an account, by that.

    Raises what keeps them from it, be it a cheer, a vote or any act that is no words.
    """
    whole = rows.whole(voice, is_held=True)
    for check in _of_acts:
        check(project, whole, at)
    return whole


def let_in(project: Project, voices: Collection[str], *, at: datetime) -> dict[str, str]:
    """Return by which voice each of these takes part now; who may not is not among them.

    All are held, in one order, before anything else is.
    """
    found: dict[str, str] = {}
    for voice in sorted(voices):
        with suppress(Refusal):
            found[voice] = may_take_part(project, voice, at=at)
    return found


def closes(ask: Closes) -> Closes:
    """Have `ask(project, positions)` say under which entries nothing is said any more."""
    if ask not in _closes:
        _closes.append(ask)
    return ask


def closed(project: Project, positions: Collection[int]) -> set[int]:
    """Return under which of these entries nothing is said any more: no form is shown there."""
    return {one for ask in _closes for one in ask(project, positions)}
