"""The table: families as columns of cards, what is proposed, and how far a look for it is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from coulisses.brainstorms import course, gathering, gestures, lines, practising, queries
from coulisses.brainstorms.lines import Line
from coulisses.brainstorms.models import (
    Brainstorm,
    Family,
    Idea,
    Likening,
    ProposedFamily,
    Twin,
)
from coulisses.people.acting import Actor
from coulisses.projects.sight import Sight

A_COLUMN = 60  # cards of one family at once
MOST_CARDS, FEWEST = 400, 2  # of all families at once; of one of many
CROWDED = 40  # families: with more, each is put into another on a page of its own
MOST_SAME = 600  # ideas that are shown under those that stand for them
MOST_PROPOSED = 24  # families offered at once
LINES = 4  # ideas that are read of each
MOST_TWINS = 8  # pairs offered at once


@dataclass(frozen=True)
class Card:
    """An idea on the table: its line, what it builds on, and those that say the same."""

    line: Line
    on: Line | None = None
    same: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Column:
    """A family with its newest cards, or what is in none; `older`: before which it goes on.

    Others than the team named one that `is_named_by_others`.
    """

    position: int
    name: str
    count: int
    cards: list[Card]
    older: int | None = None
    is_named_by_others: bool = False


@dataclass(frozen=True)
class Offer:
    """A family that is proposed: what it would hold, of which some lines are read."""

    proposed: ProposedFamily
    lines: list[Line]

    @property
    def more(self) -> int:
        """How many ideas are not read out."""
        return len(self.proposed.ideas) - len(self.lines)


@dataclass(frozen=True)
class Table:
    """All that lies on the table for whoever looks at it. `names` are those of all its families."""

    columns: list[Column]
    count: int
    names: Sequence[tuple[int, str]] = ()
    offers: list[Offer] = field(default_factory=list)
    twins: list[tuple[Twin, list[Line]]] = field(default_factory=list)
    likening: Likening | None = None
    can_undo: bool = False

    @property
    def families(self) -> list[Column]:
        """Its families, without what is in none."""
        return [one for one in self.columns if one.position]

    @property
    def is_crowded(self) -> bool:
        """Whether too many families lie here for each to name all others."""
        return len(self.families) > CROWDED


def may_gather(of: Brainstorm, seen: Sight) -> bool:
    """Whether somebody of this sight puts ideas together now."""
    if seen.is_viewer or not practising.is_open(of, seen):
        return False
    if seen.is_maker:
        return of.phase in gathering.WHEN
    return of.who_gathers == "all" and of.phase == course.GATHER


def read(of: Brainstorm, *, family: int | None = None, before: int | None = None) -> Table:
    """Return the columns, or a page of one, in a constant number of queries."""
    counts = queries.counted(of.project)
    names = {one.position: one for one in Family.objects.filter(project=of.project)}
    most = max(FEWEST, min(A_COLUMN, MOST_CARDS // (len(names) + 1)))
    rows = _rows(of, family, before, most)
    cards = _cards(of, rows)
    held: dict[int, list[Card]] = defaultdict(list)
    for one in rows:
        if one.position in cards:
            held[one.family if one.family in names else 0].append(cards[one.position])
    shown = [0, *sorted(names)] if family is None else [family]
    most = most if family is None else A_COLUMN
    columns = [_column(at, names.get(at), counts.get(at, 0), held[at], most) for at in shown]
    named = [(at, names[at].name) for at in sorted(names)]
    return Table(columns, sum(counts.values()), named)


def offered(of: Brainstorm, actor: Actor, table: Table) -> Table:
    """Return a table with what is proposed there to whoever may put ideas together."""
    proposed = list(
        ProposedFamily.objects.filter(project=of.project).order_by("pk")[:MOST_PROPOSED]
    )
    there = queries.standing(of.project).values("position")
    pairs = Twin.objects.filter(project=of.project, is_dismissed=False)
    pairs = pairs.filter(position__in=there, other__in=there)
    twins = list(pairs.order_by("-likeness", "pk")[:MOST_TWINS])
    read = lines.read(
        of.project,
        {
            *(at for one in proposed for at in one.ideas[:LINES]),
            *(at for one in twins for at in (one.position, one.other)),
        },
    )
    return replace(
        table,
        offers=[Offer(one, [read[at] for at in one.ideas[:LINES] if at in read])
                for one in proposed],
        twins=[(one, [read[one.position], read[one.other]])
               for one in twins if one.position in read and one.other in read],
        likening=Likening.objects.filter(project=of.project).first(),
        can_undo=gestures.can_undo(of, actor.voice),
    )  # fmt: skip


def still_loose(of: Brainstorm, ideas: Sequence[int]) -> list[int]:
    """Return those of these ideas that stand, and are in no family yet."""
    rows = queries.standing(of.project).filter(family=0, position__in=ideas)
    return sorted(rows.values_list("position", flat=True))


def _rows(of: Brainstorm, family: int | None, before: int | None, most: int) -> Sequence[Idea]:
    ideas = queries.standing(of.project)
    if family is not None:
        ideas = ideas.filter(family=family)
        if before is not None:
            ideas = ideas.filter(position__lt=before)
        return list(ideas.order_by("-position")[:A_COLUMN])
    place = Window(RowNumber(), partition_by=[F("family")], order_by=F("position").desc())
    return list(ideas.annotate(place=place).filter(place__lte=most).order_by("-position"))


def _cards(of: Brainstorm, rows: Sequence[Idea]) -> dict[int, Card]:
    shown = {one.position for one in rows}
    merged = Idea.objects.filter(project=of.project, into__in=shown, is_gone=False)
    same = list(merged.order_by("position")[:MOST_SAME])
    on = {one.builds_on for one in rows if one.builds_on}
    read = lines.read(of.project, {*shown, *on, *(one.position for one in same)})
    beside: dict[int, list[Line]] = defaultdict(list)
    for one in same:
        if one.position in read:
            beside[one.into].append(read[one.position])
    return {
        one.position: Card(
            read[one.position], read.get(one.builds_on), beside.get(one.position, [])
        )
        for one in rows
        if one.position in read
    }


def _column(
    position: int, family: Family | None, count: int, cards: list[Card], most: int
) -> Column:
    is_full = len(cards) >= most and count > len(cards)
    older = cards[-1].line.position if is_full else None
    name, by_others = (family.name, family.is_named_by_others) if family else ("", False)
    return Column(position, name, count, cards, older, by_others)
