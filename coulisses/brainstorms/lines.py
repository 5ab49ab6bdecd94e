"""What ideas say and by whom, as all may read it: at the table, in replays, taken home."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coulisses.brainstorms.kinds import IdeaThrown
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people import rows as voices
from coulisses.projects import heard, pseudonyms
from coulisses.projects.models import Project

AT_ONCE = 500  # positions of one query


@dataclass(frozen=True)
class Line:
    """An idea's words, by whom (empty: somebody), when, what it builds on (0: nothing).

    `picture` says whether one goes with it, `alt` what that one shows.
    """

    position: int
    words: str
    by: str
    at: datetime
    builds_on: int = 0
    picture: bool = False
    alt: str = ""


def read(project: Project, positions: Collection[int]) -> dict[int, Line]:
    """Return these ideas as all may read them; those hidden or taken back are left out.

    Four queries for each AT_ONCE of them.
    """
    asked, found = sorted(set(positions)), dict[int, Line]()
    for at in range(0, len(asked), AT_ONCE):
        found |= _some(project, asked[at : at + AT_ONCE])
    return found


def names(project: Project, asked: Collection[str]) -> Mapping[str, str]:
    """Return what voices are called here: names as they are now, numbers of masks."""
    named: dict[str, str] = {one: str(name) for one, name in voices.names(set(asked)).items()}
    nameless = {one for one in asked if not named.get(one)}
    masks = pseudonyms.of(project, nameless)
    return named | {voice: str(one.name) for voice, one in masks.items()}


def _some(project: Project, positions: list[int]) -> dict[int, Line]:
    hidden = heard.hidden(project, positions)
    rows = Entry.objects.filter(
        log=project.room_id,
        position__in=positions,
        kind=IdeaThrown.kind_name,
        audience=ledger.PUBLIC,
        sealed__isnull=False,
    )
    told = [one for one in rows.select_related("sealed") if one.position not in hidden]
    named = names(project, {one.by for one in told})
    return {one.position: _line(one, named.get(one.by, "")) for one in told}


def _line(entry: Entry, by: str) -> Line:
    fact: Any = entry.fact
    picture = fact.picture
    return Line(
        position=entry.position,
        words=fact.words,
        by=by,
        at=entry.told_at,
        builds_on=fact.builds_on,
        picture=bool(picture),
        alt=str(picture.get("alt", "")),
    )
