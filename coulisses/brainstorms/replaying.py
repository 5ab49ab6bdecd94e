"""How a wall was made: the steps of a brainstorm's room, compact, a page at a time.

A step is an array that begins with what it is, its position and its second since the first. Then:
`p` phase, its name, what is said as it begins; `i` words, by whom, what it builds on; `f` name,
family (an empty name lets it go); `g` ideas, family; `m` ideas, into; `d` dots by idea; `s` idea,
kept or not (null: no more is said of it), why, who takes it on. What is hidden or taken back is in
no step.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coulisses.brainstorms import lines, words
from coulisses.brainstorms.kinds import (
    DotsCounted,
    FamilyNamed,
    IdeaSettled,
    IdeasGathered,
    IdeasMerged,
    IdeaThrown,
    PhaseBegun,
)
from coulisses.brainstorms.lines import Line
from coulisses.brainstorms.models import Brainstorm
from coulisses.log import ledger
from coulisses.log.kinds import Fact
from coulisses.log.models import Entry
from coulisses.projects import heard

A_PAGE = 500
Step = list[Any]


@dataclass(frozen=True)
class Page:
    """Steps after a position; `after` is that of the next page, None at the end.

    `begins` is the hour of the very first, None where there is none.
    """

    steps: list[Step]
    begins: datetime | None
    after: int | None


def page(of: Brainstorm, *, after: int = 0, limit: int = A_PAGE) -> Page:
    """Return a page of what made a wall, in a constant number of queries."""
    told = _told(of).filter(position__gt=after).order_by("position")
    found = list(told.select_related("sealed")[: limit + 1])
    first = _told(of).order_by("position").values_list("told_at", flat=True).first()
    shown = found[:limit]
    ideas = lines.read(of.project, [one.position for one in shown if one.kind == "idea.thrown"])
    steps = [step for one in shown if first and (step := _step(one, ideas, first))]
    _unname(of, [one for one in steps if one[0] == "f" and one[3]])
    return Page(steps, first, shown[-1].position if len(found) > limit else None)


def chapters(of: Brainstorm) -> list[Step]:
    """Return the steps by which phases began: as many as a host has begun, up to A_PAGE."""
    told = _told(of).filter(kind=PhaseBegun.kind_name).order_by("position")
    found = list(told.select_related("sealed")[:A_PAGE])
    return [step for one in found if (step := _step(one, {}, found[0].told_at))]


def _told(of: Brainstorm) -> Any:
    kinds = [one.kind_name for one in _SPELLED]
    return Entry.objects.filter(
        log=of.project.room_id, kind__in=kinds, audience=ledger.PUBLIC, sealed__isnull=False
    )


def _step(entry: Entry, ideas: Mapping[int, Line], first: datetime) -> Step | None:
    said = _SPELLED[type(entry.fact)](entry.fact, entry.position, ideas)
    if said is None:
        return None
    seconds = max(0, round((entry.told_at - first).total_seconds()))
    return [said[0], entry.position, seconds, *said[1:]]


def _unname(of: Brainstorm, steps: Sequence[Step]) -> None:
    """Have these steps say nothing of names that are hidden: their families are there."""
    hidden = heard.hidden(of.project, [one[1] for one in steps])
    for one in steps:
        if one[1] in hidden:
            one[3] = "…"


def _phase(fact: PhaseBegun, position: int, ideas: Mapping[int, Line]) -> Sequence[Any]:
    begun = words.begun(fact.phase, is_silent=fact.is_silent)
    return "p", fact.phase, str(words.phase(fact.phase)), str(begun)


def _idea(fact: IdeaThrown, position: int, ideas: Mapping[int, Line]) -> Sequence[Any] | None:
    line = ideas.get(position)
    return ("i", line.words, line.by, line.builds_on) if line else None


def _family(fact: FamilyNamed, position: int, ideas: Mapping[int, Line]) -> Sequence[Any]:
    return "f", fact.name, fact.about or position


def _gathered(fact: IdeasGathered, position: int, ideas: Mapping[int, Line]) -> Sequence[Any]:
    return "g", fact.ideas, fact.family


def _merged(fact: IdeasMerged, position: int, ideas: Mapping[int, Line]) -> Sequence[Any]:
    return "m", fact.ideas, fact.into


def _counted(fact: DotsCounted, position: int, ideas: Mapping[int, Line]) -> Sequence[Any]:
    return "d", fact.totals


def _settled(fact: IdeaSettled, position: int, ideas: Mapping[int, Line]) -> Sequence[Any]:
    return "s", fact.about, None if fact.is_undone else fact.is_kept, fact.words, fact.taken_by


_SPELLED: dict[type[Fact], Callable[[Any, int, Mapping[int, Line]], Sequence[Any] | None]] = {
    PhaseBegun: _phase,
    IdeaThrown: _idea,
    FamilyNamed: _family,
    IdeasGathered: _gathered,
    IdeasMerged: _merged,
    DotsCounted: _counted,
    IdeaSettled: _settled,
}
