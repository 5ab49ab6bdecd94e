"""Looks at what was said in a brainstorm: phases that there are, ideas and families that stand."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from coulisses.brainstorms import course
from coulisses.brainstorms.kinds import (
    DotsCounted,
    FamilyNamed,
    IdeaSettled,
    IdeasGathered,
    IdeasMerged,
    IdeaThrown,
    PhaseBegun,
    PhaseTimed,
)
from coulisses.brainstorms.models import LONGEST_IDEA, LONGEST_NAME, LONGEST_WHY
from coulisses.lib import canonical
from coulisses.lib.text import clean, clean_line
from coulisses.transfers.examining import Line
from coulisses.transfers.facts import Unreadable

MOST = 2**31 - 1  # dots, and milliseconds that a clock has left


@dataclass
class Wall:
    """A wall as far as its room was read: where ideas were thrown, families begun and named."""

    ideas: set[int] = field(default_factory=set)
    families: set[int] = field(default_factory=set)
    names: set[int] = field(default_factory=set)

    def follow(self, line: Line) -> None:
        """Look at what an entry says of a brainstorm; at others not. Raises Unreadable."""
        known: Any = _KNOWN.get(type(line.fact))
        if known:
            try:
                known(self, line.fact)
            except ValueError:
                raise Unreadable from None
        if line.kind == IdeaThrown.kind_name:
            self.ideas.add(line.position)
        elif line.kind == FamilyNamed.kind_name:
            self.names.add(line.position)
            if line.about is None:
                self.families.add(line.position)

    def begun(self, fact: PhaseBegun) -> None:
        """A phase that is played, until a time or without end."""
        is_known = fact.phase in (*course.PLAYED, course.ENDED)
        _require(is_known and (not fact.is_silent or fact.phase == course.THROW))
        _require_hour(fact.ends_at)

    def timed(self, fact: PhaseTimed) -> None:
        """A clock runs, or stands with what is left of it."""
        _require_hour(fact.ends_at)
        _require(fact.left is None or (fact.is_stopped and 0 <= fact.left <= MOST))
        _require(not fact.is_stopped or not fact.ends_at)

    def thrown(self, fact: IdeaThrown) -> None:
        """A sentence, and the idea that it builds on."""
        _require_line(fact.words, LONGEST_IDEA)
        _require(not fact.builds_on or fact.builds_on in self.ideas)

    def named(self, fact: FamilyNamed) -> None:
        """A family begun here, or one that was begun before."""
        _require_line(fact.name, LONGEST_NAME)
        _require(bool(fact.name) if fact.about is None else fact.about in self.families)

    def gathered(self, fact: IdeasGathered) -> None:
        """Ideas go into a family, or into none."""
        _require(self.ideas.issuperset(fact.ideas))
        _require(not fact.family or fact.family in self.families)

    def merged(self, fact: IdeasMerged) -> None:
        """Ideas are stood for by another, or by none."""
        _require(self.ideas.issuperset(fact.ideas) and fact.into not in fact.ideas)
        _require(not fact.into or fact.into in self.ideas)

    def counted(self, fact: DotsCounted) -> None:
        """Each idea that has dots, and how many."""
        places = {one: int(one) for one in fact.totals if one.isascii() and one.isdecimal()}
        _require(len(places) == len(fact.totals) and self.ideas.issuperset(places.values()))
        _require(all(1 <= one <= MOST for one in fact.totals.values()))
        _require(all(str(at) == one for one, at in places.items()) and 0 <= fact.voices <= MOST)

    def settled(self, fact: IdeaSettled) -> None:
        """What becomes of an idea, why, and by whom."""
        _require(fact.about in self.ideas and len(fact.words) <= LONGEST_WHY)
        _require(clean(fact.words) == fact.words)
        _require_line(fact.taken_by, LONGEST_NAME)


def _require(is_so: bool) -> None:
    if not is_so:
        raise Unreadable


def _require_line(said: str, longest: int) -> None:
    _require(len(said) <= longest and clean_line(said).strip() == said)


def _require_hour(said: str) -> None:
    _require(not said or canonical.moment(datetime.fromisoformat(said)) == said)


_KNOWN: dict[type, Any] = {
    PhaseBegun: Wall.begun,
    PhaseTimed: Wall.timed,
    IdeaThrown: Wall.thrown,
    FamilyNamed: Wall.named,
    IdeasGathered: Wall.gathered,
    IdeasMerged: Wall.merged,
    DotsCounted: Wall.counted,
    IdeaSettled: Wall.settled,
}
