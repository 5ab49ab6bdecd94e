"""The steps of a wall as a list to read, by its phases: what a page says of each."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from coulisses.brainstorms import lines
from coulisses.brainstorms.models import Brainstorm, Family
from coulisses.brainstorms.replaying import Page, Step
from coulisses.lib import text

A_PAGE = 200  # steps
A_LINE = 70  # characters by which another idea is named


@dataclass(frozen=True)
class Told:
    """A step in words: what it is, its place and hour, and what a template says of it."""

    what: str
    position: int
    at: datetime
    said: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Chapter:
    """A phase and what came in it; without a position it goes on from the page before."""

    position: int
    name: str
    at: datetime | None = None
    told: list[Told] = field(default_factory=list)


def chapters(of: Brainstorm, page: Page) -> list[Chapter]:
    """Return a page of steps by phases, in a constant number of queries."""
    if page.begins is None:
        return []
    named = _named(of, page.steps)
    families = dict(Family.objects.filter(project=of.project).values_list("position", "name"))
    found = [Chapter(0, "")]
    for step in page.steps:
        at = page.begins + timedelta(seconds=step[2])
        if step[0] == "p":
            found.append(Chapter(step[1], step[4], at))
        else:
            found[-1].told.append(Told(step[0], step[1], at, _said(step, named, families)))
    return [one for one in found if one.position or one.told]


def _said(step: Step, named: dict[int, str], families: dict[int, str]) -> dict[str, Any]:
    what, *said = step[0], *step[3:]
    if what == "i":
        return {"words": said[0], "by": said[1], "on": named.get(said[2], "")}
    if what == "f":
        families[said[1]] = said[0] or families.get(said[1], "")
        return {"name": said[0], "family": families[said[1]]}
    if what == "g":
        return {"count": len(said[0]), "first": named.get(said[0][0], ""),
                "family": families.get(said[1], "")}  # fmt: skip
    if what == "m":
        return {"count": len(said[0]), "first": named.get(said[0][0], ""),
                "into": named.get(said[1], "")}  # fmt: skip
    if what == "d":
        best = sorted(said[0].items(), key=lambda one: (-one[1], int(one[0])))[:5]
        return {"best": [(named.get(int(at), ""), dots) for at, dots in best]}
    return {"idea": named.get(said[0], ""), "is_kept": said[1], "why": said[2], "by": said[3]}


def _named(of: Brainstorm, steps: list[Step]) -> dict[int, str]:
    """Return the first words of each idea that is named by these steps."""
    asked: set[int] = set()
    for step in steps:
        what, said = step[0], step[3:]
        if what == "i":
            asked.add(said[2])
        if what in "gm":
            asked |= {said[0][0], said[1]}
        if what == "d":
            best = sorted(said[0].items(), key=lambda one: (-one[1], int(one[0])))[:5]
            asked |= {int(at) for at, _dots in best}
        if what == "s":
            asked.add(said[0])
    read = lines.read(of.project, asked - {0})
    return {at: text.cut(one.words, A_LINE) for at, one in read.items()}
