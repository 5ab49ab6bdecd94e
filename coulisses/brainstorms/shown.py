"""What an idea shows beside its words: its family, dots, what it builds on, what became of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.text import Truncator

from coulisses.brainstorms.models import Idea
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people import rows as voices
from coulisses.projects import heard, pseudonyms
from coulisses.projects.models import Project
from coulisses.ui import heard as drawing

MOST = 300  # ideas around those of a page
A_LINE = 70  # characters by which another idea is named


@dataclass(frozen=True)
class Near:
    """An idea named beside another: where it stands, its words, whose it is.

    `stands_at` is the idea under which it is folded, or itself; `line` are its first words.
    """

    position: int
    stands_at: int
    words: str
    by: Any

    @property
    def line(self) -> str:
        """Its first words."""
        return Truncator(self.words).chars(A_LINE)


@dataclass
class Around:
    """What stands around an idea: `on` it was built, `further` built on it, `same` say the same."""

    on: Near | None = None
    further: list[Near] = field(default_factory=list)
    same: list[Near] = field(default_factory=list)


@drawing.adds("idea.thrown")
def beside(project: Project, entries: Sequence[Entry]) -> Mapping[int, Mapping[str, Any]]:
    """Return, for each idea, its row as `idea`, what is `around` it, and what became of it."""
    positions = [one.position for one in entries]
    ideas = {
        one.position: one for one in Idea.objects.filter(project=project, position__in=positions)
    }
    around = _around(project, ideas)
    told = _told(project, [one.settled_position for one in ideas.values() if one.settled_position])
    return {
        at: {"idea": one, "around": around[at], "fate": told.get(one.settled_position)}
        for at, one in ideas.items()
    }


def words_of(project: Project, positions: Collection[int]) -> dict[int, str]:
    """Return the words of those of these ideas that all may read."""
    hidden = heard.hidden(project, list(positions))
    told = _told(project, [one for one in positions if one not in hidden])
    return {at: getattr(one.fact, "words", "") for at, one in told.items()}


def _around(project: Project, ideas: Mapping[int, Idea]) -> dict[int, Around]:
    found = defaultdict[int, Around](Around)
    rows = _rows_near(project, ideas)
    near = _near(project, rows)
    for at, one in ideas.items():
        found[at].on = near.get(one.builds_on)
    for one in rows:
        known = near.get(one.position)
        if known and one.builds_on in ideas:
            found[one.builds_on].further.append(known)
        if known and one.into in ideas:
            found[one.into].same.append(known)
    return found


def _rows_near(project: Project, ideas: Mapping[int, Idea]) -> list[Idea]:
    """Return the rows of ideas that touch these, in their order."""
    on = {one.builds_on for one in ideas.values() if one.builds_on}
    touch = Q(builds_on__in=ideas) | Q(into__in=ideas) | Q(position__in=on)
    rows = Idea.objects.filter(touch, project=project, is_gone=False).order_by("position")
    return list(rows[:MOST]) if ideas else []


def _near(project: Project, found: Sequence[Idea]) -> dict[int, Near]:
    rows = {one.position: one for one in found}
    words = words_of(project, rows)
    names: dict[str, Any] = dict(voices.names({one.voice for one in rows.values()}))
    nameless = {one.voice for one in rows.values()} - names.keys()
    names |= {voice: one.name for voice, one in pseudonyms.of(project, nameless).items()}
    return {
        at: Near(at, rows[at].into or at, said, names.get(rows[at].voice, ""))
        for at, said in words.items()
    }


def _told(project: Project, positions: Sequence[int]) -> dict[int, Entry]:
    """Return entries of a room that all may read, by position."""
    if not positions:
        return {}
    asked = Entry.objects.filter(log=project.room_id, position__in=positions)
    found = asked.filter(audience=ledger.PUBLIC).select_related("sealed")
    return {one.position: one for one in found if not one.is_shredded}
