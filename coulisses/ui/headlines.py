"""What an entry is called in a list: its title or its first line, as it is said now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from coulisses.lib.html import plain
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.ui import entries, pictures, words

LONGEST = 120


@dataclass(frozen=True)
class Line:
    """An entry in a list; `life` is the kind of what became of a doubt last, "" of all others."""

    position: int
    words: str
    life: str = ""


def of(
    project: Project, known: Sequence[Entry], *, audiences: frozenset[str], at: datetime
) -> list[Line]:
    """Return a line for each entry that has words or a topic, in two queries."""
    positions = [one.position for one in known]
    sequels = ledger.sequels(project.work, positions, audiences=audiences, at=at)
    lines = [_line(one, sequels.get(one.position, ())) for one in known]
    return [line for line in lines if line.words]


def _line(entry: Entry, sequels: Sequence[Entry]) -> Line:
    lives = [one.kind for one in sequels if one.kind.startswith("doubt.")]
    return Line(entry.position, said(entry, sequels), lives[-1] if lives else "")


def named(entry: Entry, sequels: Sequence[Entry] = ()) -> str:
    """Return an entry's few words; of a save that says none, the name of its first file."""
    changes = pictures.changes_of(entry.fact)
    if changes and not entry.fact.headline():
        return str(changes[0]["path"])
    return said(entry, sequels)


def said(entry: Entry, sequels: Sequence[Entry] = ()) -> str:
    """Return an entry's few words without marks, or else the files that it changed or its topic."""
    anew = entries.latest(sequels).get("moment_amended")
    bare = plain((anew or entry).fact.headline(), longest=LONGEST)
    return bare or _files(entry) or (words.kind(entry.topic) if entry.topic else "")


def _files(entry: Entry) -> str:
    """Return the name of the first file of a save, and how many more there are."""
    names = [PurePosixPath(one["path"]).name for one in pictures.changes_of(entry.fact)]
    more = f" +{len(names) - 1}" if len(names) > 1 else ""
    return f"{names[0]}{more}"[:LONGEST] if names else ""
