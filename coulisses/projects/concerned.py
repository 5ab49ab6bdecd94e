"""Who is concerned by an entry: rooms say it of their kinds, whoever sends notices asks.

Outlets pull: nothing is sent here. An outlet follows a project's logs with a bookmark and asks, of
each new entry, whose business it is and why.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from coulisses.log.models import Entry
from coulisses.projects.models import Project


@dataclass(frozen=True)
class Concern:
    """A voice whose business an entry is, and why: a key whose sentence its room gives.

    `place` is where it leads, below the project's address; `thread` is what can be muted.
    """

    voice: str
    why: str
    place: str
    thread: str = ""


Ask = Callable[[Project, Entry], Iterable[Concern]]

_by_kind: dict[str, Ask] = {}
_sentences: dict[str, Any] = {}


def by(kind: str, **sentences: Any) -> Callable[[Ask], Ask]:
    """Have `ask(project, entry)` say whom an entry of a kind concerns.

    `sentences` are lazy words for each reason, with `%(who)s` and `%(title)s` (of the project).
    """

    def enrol(ask: Ask) -> Ask:
        _by_kind[kind] = ask
        _sentences.update(sentences)
        return ask

    return enrol


def says(**sentences: Any) -> None:
    """Say the words for reasons that no kind of entry gives, as `by` does."""
    _sentences.update(sentences)


def of(project: Project, entry: Entry) -> list[Concern]:
    """Return whom an entry concerns, its own author left out."""
    ask = _by_kind.get(entry.kind)
    return [one for one in ask(project, entry) if one.voice != entry.by] if ask else []


def sentence(why: str) -> str:
    """Return the words for a reason, in the language that is spoken; empty where none is known."""
    return str(_sentences.get(why, ""))
