"""Pictures of options: those that the project has told already, so that showing costs nothing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coulisses.decisions.models import Decision
from coulisses.decisions.refusals import ChoiceUnknown
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.kinds import Fact
from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.ui import pictures
from coulisses.ui.pictures import Picture

LOOKED_AT = 120  # entries, the newest
MOST = 24  # pictures that are offered

Place = tuple[int, int]


@dataclass(frozen=True)
class Offered:
    """A picture to choose: its place (412-0), its entry and a few words of it."""

    place: str
    position: int
    words: str


def offered(project: Project, *, at: datetime) -> list[Offered]:
    """Return the newest pictures that everybody may see, in a constant number of queries."""
    known = ledger.read(
        project.work, audiences=ledger.OUTSIDE, at=at, newest_first=True, limit=LOOKED_AT
    )
    entries = [one for one in known if isinstance(one, Entry) and one.fact.shows()]
    places = [(one.position, index) for one in entries for index in range(_count(one))]
    shown = _pictures(project, entries, places)
    facts = {one.position: one.fact for one in entries}
    return [
        Offered(f"{cue}-{index}", cue, _words(facts[cue], index))
        for cue, index in places
        if (cue, index) in shown
    ][:MOST]


def places(
    project: Project, asked: Collection[str], *, audience: str, at: datetime
) -> dict[str, dict[str, int]]:
    """Return what an option says of each place that was chosen.

    Raises ChoiceUnknown for one where those of an audience see no picture.
    """
    wanted = {one: place for one in asked if one and (place := _read(one))}
    require(len(wanted) == len({one for one in asked if one}), ChoiceUnknown)
    seen = shown(project, wanted.values(), audiences=frozenset({ledger.PUBLIC, audience}), at=at)
    require(set(wanted.values()) <= set(seen), ChoiceUnknown)
    return {one: {"cue": cue, "picture": index} for one, (cue, index) in wanted.items()}


def of_options(
    project: Project, decisions: Iterable[Decision], *, audiences: frozenset[str], at: datetime
) -> dict[Place, Picture]:
    """Return the pictures of options that a reader may see; none that was taken out since."""
    asked = [place for one in decisions for option in one.options if (place := place_of(option))]
    return shown(project, asked, audiences=audiences, at=at)


def place_of(option: dict[str, Any]) -> Place | None:
    """Return where an option's picture is shown; None where it has none."""
    return (option["cue"], option.get("picture", 0)) if option.get("cue") else None


def shown(
    project: Project, asked: Iterable[Place], *, audiences: frozenset[str], at: datetime
) -> dict[Place, Picture]:
    """Return the pictures at these places that a reader may see, in a few queries."""
    places = list(asked)
    if not places:
        return {}
    cues = sorted({cue for cue, _index in places})
    known = ledger.read(project.work, audiences=audiences, at=at, positions=cues)
    return _pictures(project, [one for one in known if isinstance(one, Entry)], places)


def _pictures(
    project: Project, entries: Sequence[Entry], places: Sequence[Place]
) -> dict[Place, Picture]:
    kept = pictures.kept(project.work, {name for one in entries for name in one.fact.shows()})
    facts = {one.position: one.fact for one in entries if not one.is_shredded}
    found: dict[Place, Picture] = {}
    for cue, index in places:
        version = pictures.version_at(facts[cue], index, "after") if cue in facts else None
        address = f"{project.path}{cue}"
        seen = pictures.picture(address, index, "after", kept.get(version or ""))
        if seen:
            found[cue, index] = seen
    return found


def _words(fact: Fact, index: int) -> str:
    """Return what a picture is known by: what was told with it, or the name of its file."""
    changes = pictures.changes_of(fact)[max(0, index - len(pictures.pictures_of(fact))) :]
    return fact.headline() or str(changes[0].get("path", "") if changes else "")


def _count(entry: Entry) -> int:
    return len(pictures.changes_of(entry.fact)) + len(pictures.pictures_of(entry.fact))


def _read(place: str) -> Place | None:
    cue, _, index = place.partition("-")
    is_place = all(one.isascii() and one.isdecimal() and len(one) < 16 for one in (cue, index))
    return (int(cue), int(index)) if is_place and int(index) < 1000 else None
