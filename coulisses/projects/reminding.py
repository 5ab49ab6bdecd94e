"""What is over soon: rooms say what those who take part could still do; outlets ask, and remind.

Nothing is sent here. An outlet asks now and then what is due, keeps in rows of its own by which
`key` it has reminded, and asks of those whom it would write to which ones it still concerns.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coulisses.projects.models import Project


@dataclass(frozen=True)
class Reminder:
    """Something that ends at `until`, in words; `key` names it for ever, once in the house.

    `audience` is who may know of it; `place` is where it leads, below the project's address.
    """

    key: str
    project: Project
    words: str
    place: str
    audience: str
    until: datetime


Due = Callable[[datetime], Iterable[Reminder]]
Left = Callable[[Reminder, Collection[str]], set[str]]

_asked: dict[str, tuple[Any, Due, Left]] = {}


def by(name: str, sentence: Any, left: Left) -> Callable[[Due], Due]:
    """Have `due(at)` say what ends soon, and `left(reminder, voices)` which voices it concerns.

    `sentence` are lazy words with `%(words)s` and `%(title)s` (of the project). Keys begin with
    the name and a colon.
    """

    def enrol(due: Due) -> Due:
        _asked[name] = sentence, due, left
        return due

    return enrol


def due(*, at: datetime) -> list[Reminder]:
    """Return what is worth a reminder at a time, what ends first at the head."""
    found = [one for _sentence, ask, _left in _asked.values() for one in ask(at)]
    return sorted(found, key=lambda one: (one.until, one.key))


def left(reminder: Reminder, voices: Collection[str]) -> set[str]:
    """Return those of these voices, some hundreds, who could still take part and have not."""
    room = _asked.get(reminder.key.partition(":")[0])
    return room[2](reminder, voices) if room else set()


def sentence(reminder: Reminder) -> str:
    """Return what a reminder says, in the language that is spoken."""
    said, _due, _left = _asked[reminder.key.partition(":")[0]]
    return str(said) % {"words": reminder.words, "title": reminder.project.title}
