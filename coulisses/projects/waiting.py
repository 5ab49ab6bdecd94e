"""What waits for a word of the team: rooms say what they have, the desk shows it, oldest first.

A room that is answered by words alone says how; then the desk answers where it lists.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal, require
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight


class AnsweredMeanwhile(Refusal):
    """Somebody of the team has answered it, or it was taken back."""

    status = 409
    sentence = _("That waits no longer: it was answered meanwhile, or taken back.")


@dataclass(frozen=True)
class Waiting:
    """Something that a voice gave and nobody of the team has answered yet.

    `words` are its first, `place` is where one answers, below the project's address; `key` names it
    among what its room, `room`, has.
    """

    key: str
    voice: str
    words: str
    place: str
    at: datetime
    room: str = ""


class Answer(Protocol):
    """Answers what waits by its key; `act` is one of the ways that its room has."""

    def __call__(
        self,
        project: Project,
        seen: Sight,
        key: str,
        act: str,
        *,
        words: str,
        by: str,
        at: datetime,
    ) -> None: ...


Ask = Callable[[Project, int], Iterable[Waiting]]
Count = Callable[[Project], int]

_asked: dict[str, tuple[Any, Ask, Count]] = {}
_ways: dict[str, tuple[dict[str, Any], Answer]] = {}


def by(name: str, label: Any, count: Count) -> Callable[[Ask], Ask]:
    """Have `ask(project, limit)` return the oldest that waits, and `count(project)` how many do."""

    def enrol(ask: Ask) -> Ask:
        _asked[name] = label, ask, count
        return ask

    return enrol


def answered(name: str, **ways: Any) -> Callable[[Answer], Answer]:
    """Have a function answer what waits in a room; `ways` are its acts, each with a button's words.

    It raises AnsweredMeanwhile for what waits no longer.
    """

    def enrol(answer: Answer) -> Answer:
        _ways[name] = ways, answer
        return answer

    return enrol


def ways(name: str) -> dict[str, Any]:
    """Return the ways in which a room is answered where it is listed, each with its words."""
    return _ways[name][0] if name in _ways else {}


def answer(
    project: Project,
    seen: Sight,
    name: str,
    key: str,
    act: str,
    *,
    words: str,
    by: str,
    at: datetime,
) -> None:
    """Answer what waits in a room. Raises AnsweredMeanwhile, what its room raises."""
    require(act in ways(name), AnsweredMeanwhile)
    _ways[name][1](project, seen, key, act, words=words, by=by, at=at)


def oldest(project: Project, *, limit: int) -> list[tuple[str, Waiting]]:
    """Return what has waited longest, each with the words for what it is."""
    found = [
        (str(label), replace(one, room=name))
        for name, (label, ask, _count) in _asked.items()
        for one in ask(project, limit)
    ]
    return sorted(found, key=lambda one: one[1].at)[:limit]


def count(project: Project) -> int:
    """Return how many wait for a word."""
    return sum(counted(project) for _label, _ask, counted in _asked.values())
