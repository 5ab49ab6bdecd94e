"""The captures that stand folded under a moment's words: small, each under its number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coulisses.log import ledger
from coulisses.log.kinds import Fact
from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.ui import paper, pictures
from coulisses.ui.pictures import Kept, Picture

MOST = 12  # steps that a card on a page shows, the latest; the entry's own page has all
UNFOLDED = "moment.unfolded"


@dataclass(frozen=True)
class Step:
    """One capture: its number, a few words or the name of its file, and a picture of it."""

    position: int
    at: datetime
    words: str
    picture: Picture | None


def under(fact: Fact, *, is_full: bool) -> list[int]:
    """Return the positions of the captures that a card shows under a moment's words."""
    over: list[int] = getattr(fact, "over", [])
    return over if is_full else over[-MOST:]


def count(fact: Fact, shown: Sequence[object]) -> int:
    """Return how many captures stand under a moment, of which a card shows these."""
    over = len(getattr(fact, "over", ()))
    return over if len(shown) == MOST < over else len(shown)


def read(
    project: Project,
    facts: Iterable[Fact],
    *,
    audiences: frozenset[str],
    at: datetime,
    is_full: bool = False,
) -> dict[int, Entry]:
    """Return, by position, the captures under these facts that still have their words."""
    wanted = {position for fact in facts for position in under(fact, is_full=is_full)}
    if not wanted:
        return {}
    found = ledger.read(project.work, audiences=audiences, at=at, positions=wanted)
    return {one.position: one for one in found if isinstance(one, Entry) and not one.is_shredded}


def version_of(entry: Entry) -> str | None:
    """Return the version whose picture stands for a capture: of the first file that it brought."""
    return pictures.version_at(entry.fact, _first(entry), "after")


def of(project: Project, entries: Sequence[Entry], known: Mapping[str, Kept]) -> list[Step]:
    """Return captures as they stand under words."""
    return [_step(project, one, known) for one in entries]


def _step(project: Project, entry: Entry, known: Mapping[str, Kept]) -> Step:
    version, index = version_of(entry), _first(entry)
    kept = known.get(version) if version else None
    changes = pictures.changes_of(entry.fact)
    path = changes[index]["path"] if changes else ""
    return Step(
        position=entry.position,
        at=entry.happened_at,
        words=entry.fact.headline() or path,
        picture=paper.face(f"{project.path}{entry.position}", index, kept),
    )


def _first(entry: Entry) -> int:
    """Return the index of the first change that left something there, 0 where none did."""
    changes = pictures.changes_of(entry.fact)
    return next((index for index, one in enumerate(changes) if one.get("after")), 0)
