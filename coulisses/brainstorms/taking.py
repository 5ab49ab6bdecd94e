"""What of a brainstorm is taken home, by whom and when: its ideas, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from coulisses.brainstorms import course, lines
from coulisses.brainstorms.kinds import IdeaSettled
from coulisses.brainstorms.lines import Line
from coulisses.brainstorms.models import Brainstorm, Family, Idea
from coulisses.brainstorms.table_refusals import NotOverYet
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.projects.sight import Sight

AT_ONCE = 500  # ideas of one look


@dataclass(frozen=True)
class Taken:
    """An idea as it stands: its line, the name of its family, what became of it and why."""

    line: Line
    family: str
    into: int
    dots: int
    is_kept: bool | None
    why: str = ""
    taken_by: str = ""


def require_may(of: Brainstorm, seen: Sight) -> None:
    """Raise NotOverYet unless it is over, or this is one of its makers."""
    require(seen.is_maker or of.phase == course.ENDED, NotOverYet)


def ideas(of: Brainstorm) -> Iterator[Taken]:
    """Yield all ideas that all may read, in the order in which they were thrown.

    Read AT_ONCE at a time: it holds few of them, and stays right while others are thrown.
    """
    names = dict(Family.objects.filter(project=of.project).values_list("position", "name"))
    after = 0
    while rows := _rows(of, Q(position__gt=after), ["position"]):
        yield from _taken(of, rows, names)
        after = rows[-1].position


def by_families(of: Brainstorm) -> Iterator[Taken]:
    """Yield the ideas that stand for themselves, family by family; those in none come last."""
    names = dict(Family.objects.filter(project=of.project).values_list("position", "name"))
    stand = Q(family__in=Family.objects.filter(project=of.project).values("position"))
    for some in (Q(stand, into=0), Q(~stand, into=0)):
        last: Idea | None = None
        while rows := _rows(of, some & _beyond(last), ["family", "position"]):
            yield from _taken(of, rows, names)
            last = rows[-1]


def kept(of: Brainstorm, *, limit: int) -> list[Taken]:
    """Return the ideas that are kept, those with the most dots first."""
    names = dict(Family.objects.filter(project=of.project).values_list("position", "name"))
    rows = Idea.objects.filter(project=of.project, is_kept=True, is_gone=False, into=0)
    return list(_taken(of, list(rows.order_by("-dots", "position")[:limit]), names))


def _rows(of: Brainstorm, asked: Q, order: list[str]) -> list[Idea]:
    rows = Idea.objects.filter(asked, project=of.project, is_gone=False)
    return list(rows.order_by(*order)[:AT_ONCE])


def _beyond(last: Idea | None) -> Q:
    """Return what comes after an idea, family by family; all, where none was read yet."""
    if last is None:
        return Q()
    return Q(family__gt=last.family) | Q(family=last.family, position__gt=last.position)


def _taken(of: Brainstorm, rows: list[Idea], names: dict[int, str]) -> Iterator[Taken]:
    read = lines.read(of.project, [one.position for one in rows])
    fates = _fates(of, [one.settled_position for one in rows if one.settled_position])
    for one in rows:
        if one.position in read:
            fate = fates.get(one.settled_position)
            yield Taken(
                line=read[one.position],
                family=names.get(one.family, ""),
                into=one.into,
                dots=one.dots,
                is_kept=one.is_kept,
                why=fate.words if fate else "",
                taken_by=fate.taken_by if fate else "",
            )


def _fates(of: Brainstorm, positions: list[int]) -> dict[int, IdeaSettled]:
    told = Entry.objects.filter(
        log=of.project.room_id, position__in=positions, sealed__isnull=False
    ).select_related("sealed")
    facts = {one.position: one.fact for one in told} if positions else {}
    return {at: fact for at, fact in facts.items() if isinstance(fact, IdeaSettled)}
