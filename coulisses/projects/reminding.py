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

    `audience` is who may know of it; `position` is the entry of the work that says it, `place` is
    where it leads, below the project's address; `thread` is what can be muted.
    """

    key: str
    project: Project
    words: str
    place: str
    audience: str
    until: datetime
    position: int
    thread: str = ""


Due = Callable[[datetime], Iterable[Reminder]]
Left = Callable[[Reminder, Collection[str]], set[str]]
TakePart = Callable[[Project, str, int], Iterable[str]]

_asked: dict[str, tuple[Any, Due, Left]] = {}
_take_part: list[TakePart] = []


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


def taking_part(ask: TakePart) -> TakePart:
    """Have `ask(project, after, limit)` say who takes part: so many voices after one, rising."""
    if ask not in _take_part:
        _take_part.append(ask)
    return ask


def candidates(project: Project, *, after: str, limit: int) -> list[str]:
    """Return the next voices after one, rising, of those who take part in a project or follow it.

    They are whom a reminder may be for; fewer than `limit` are the last ones.
    """
    found = {voice for ask in _take_part for voice in ask(project, after, limit)}
    return sorted(found)[:limit]


def sentence(name: str, *, words: str, title: str) -> str:
    """Return what the reminders of a room say, in the language that is spoken."""
    said, _due, _left = _asked[name]
    return str(said) % {"words": words, "title": title}


def is_known(name: str) -> bool:
    """Whether a room of that name reminds."""
    return name in _asked
