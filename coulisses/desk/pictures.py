"""Pictures that a project has told everybody, to choose its cover among."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects.face_refusals import CoverUnknown
from coulisses.projects.models import Project
from coulisses.ui import pictures
from coulisses.ui.pictures import Picture

LOOKED_AT = 200  # entries, the newest
MOST = 12


@dataclass(frozen=True)
class Told:
    """A picture that everybody may see: `place` names its entry and its index there."""

    place: str
    position: int
    version: str
    picture: Picture


def told(project: Project, *, at: datetime) -> list[Told]:
    """Return the newest pictures of the newest public entries, in a constant number of queries."""
    known = ledger.read(
        project.work, audiences=ledger.OUTSIDE, at=at, newest_first=True, limit=LOOKED_AT
    )
    entries = [one for one in known if isinstance(one, Entry) and one.fact.shows()]
    names = {name for one in entries for name in one.fact.shows()}
    kept = pictures.kept(project.work, names)
    found: list[Told] = []
    seen = set[str]()
    for one in _pictures(project, entries, kept):
        if one.version not in seen and len(found) < MOST:
            seen.add(one.version)
            found.append(one)
    return found


def version_of(project: Project, place: str, *, at: datetime) -> str:
    """Return the version that a place names. Raises CoverUnknown where not everybody sees it."""
    position, _, index = place.partition("-")
    require(position and index, CoverUnknown)
    known = ledger.read(
        project.work, audiences=ledger.OUTSIDE, at=at, positions=[min(int(position), 2**63 - 1)]
    )
    entry = next((one for one in known if isinstance(one, Entry)), None)
    version = pictures.version_at(entry.fact, int(index), "after") if entry else None
    require(version, CoverUnknown)
    return str(version)


def _pictures(
    project: Project, entries: list[Entry], kept: dict[str, pictures.Kept]
) -> Iterator[Told]:
    for entry in entries:
        address = f"{project.path}{entry.position}"
        shown = len(pictures.changes_of(entry.fact)) or len(getattr(entry.fact, "pictures", []))
        for index in range(shown):
            version = pictures.version_at(entry.fact, index, "after")
            picture = pictures.picture(address, index, "after", kept.get(version or ""))
            if version and picture:
                yield Told(f"{entry.position}-{index}", entry.position, version, picture)
