"""A wall as one reader sees it: phase and clock, ideas by families, and what follows live."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.safestring import SafeString

from coulisses.brainstorms import course, shown
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
from coulisses.brainstorms.models import Brainstorm, Family, Idea
from coulisses.lib import cursors
from coulisses.people import becoming
from coulisses.projects import heard as room
from coulisses.projects.kinds import EntryShredded
from coulisses.projects.models import Hidden
from coulisses.ui import heard
from coulisses.ui.slots import Reader

A_PAGE = 200  # ideas of a wall, or of one family
PODIUM = 3  # places on it; ideas with as many dots as the last stand there too
MOST_TIED = 6  # ideas on it at most
FOLLOWED = (
    PhaseBegun,
    PhaseTimed,
    IdeaThrown,
    FamilyNamed,
    IdeasGathered,
    IdeasMerged,
    DotsCounted,
    IdeaSettled,
    EntryShredded,
)


@dataclass(frozen=True)
class Live:
    """Where the stream of a brainstorm's room begins for a page: after what it shows."""

    cursor: str
    position: int
    kinds: str = " ".join([*(one.kind_name for one in FOLLOWED), "word.hidden", "word.restored"])


@dataclass(frozen=True)
class Shown:
    """An idea on a page: its row, and its HTML."""

    idea: Idea
    html: SafeString


@dataclass(frozen=True)
class Step:
    """A place on the podium, and the idea that stands on it."""

    place: int
    position: int
    words: str
    dots: int


@dataclass(frozen=True)
class Group:
    """A family and those of its ideas that a page shows; without a position: those in none."""

    position: int
    name: str
    count: int
    ideas: list[Shown] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many of its ideas are on other pages."""
        return max(0, self.count - len(self.ideas))


@dataclass(frozen=True)
class Wall:
    """A page of a wall. `older` is the position before which the next page begins, None at the end.

    `count` is how many ideas stand; those that others stand for are within these.
    """

    groups: list[Group]
    count: int
    older: int | None = None

    @property
    def families(self) -> list[Group]:
        """Its families, those without an idea on this page among them."""
        return [one for one in self.groups if one.position]


def live(of: Brainstorm, reader: Reader) -> Live:
    """Return the place after all that a reader may know of; ask before anything else is read."""
    at = room.horizon(of.project, audiences=reader.sight.audiences, at=reader.at)
    return Live(cursors.spell(of.project.room_id, at), at)


def wall(
    of: Brainstorm, reader: Reader, *, before: int | None = None, family: int | None = None
) -> Wall:
    """Return the newest ideas of a wall or a family, or those before a position, by families.

    Of a wall that holds more than a page the newest of each family come first; its whole list is
    one page further. The queries are as many whatever the wall holds.
    """
    rows = standing(of, reader)
    counts = dict(_counted(of).values_list("family").annotate(count=Count("pk")))
    if before is not None:
        rows = rows.filter(position__lt=before)
    if family is not None:
        rows = rows.filter(family=family)
    elif before is None and len(counts) > 1 and sum(counts.values()) > A_PAGE:
        rows = _newest_of_each(rows, max(1, A_PAGE // len(counts)))
    found = list(rows.order_by("-position")[: A_PAGE + 1])
    page, older = found[:A_PAGE], None
    if len(found) > A_PAGE:
        older = page[-1].position
    elif family is None and before is None and sum(counts.values()) > len(page):
        older = page[0].position + 1 if page else None
    if of.phase == course.VOTE:
        page = in_ones_order(page, reader.actor.voice)
    groups = _grouped(of, drawn(of, page, reader), counts)
    if family is not None:
        groups = [one for one in groups if one.position == family]
    return Wall(groups, sum(counts.values()), older)


def is_one_page(of: Brainstorm) -> bool:
    """Whether one page holds all that stands on a wall."""
    rows = Idea.objects.filter(project=of.project, is_gone=False, into=0)
    return rows[: A_PAGE + 1].count() <= A_PAGE


def podium(of: Brainstorm, reader: Reader) -> list[Step]:
    """Return the ideas with the most dots, once they are counted; as many dots, the same place."""
    if not of.counted_position:
        return []
    seen = standing(of, reader).exclude(Exists(_hidden()))  # nor does its author see it stand there
    dotted = seen.filter(dots__gt=0).order_by("-dots", "position")
    most = list(dotted[:MOST_TIED])
    least = most[:PODIUM][-1].dots if most else 0
    rows = [one for one in most if one.dots >= least]
    words = shown.words_of(of.project, [one.position for one in rows])
    dots = [one.dots for one in rows]
    return [
        Step(dots.index(one.dots) + 1, one.position, words.get(one.position, ""), one.dots)
        for one in rows
    ]


def in_ones_order(ideas: Sequence[Idea], voice: str) -> list[Idea]:
    """Return ideas in an order that is a voice's own and stays: none is first for everybody."""

    def place(one: Idea) -> bytes:
        return hashlib.blake2b(f"{voice}:{one.position}".encode(), digest_size=8).digest()

    return sorted(ideas, key=place) if voice else list(ideas)


def standing(of: Brainstorm, reader: Reader) -> QuerySet[Idea]:
    """Return the ideas that stand for themselves; hidden ones are shown to their authors alone."""
    rows = Idea.objects.filter(project=of.project, is_gone=False, into=0)
    mine = Q(voice__in=mine_of(of, reader.actor.voice)) if reader.actor.voice else Q(pk__in=[])
    return rows.filter(~Exists(_hidden()) | mine)


def mine_of(of: Brainstorm, voice: str) -> list[str]:
    """Return all voices by which somebody throws ideas here: their own, and their masks."""
    own = becoming.voices_of(voice)
    masks = of.project.masks.filter(voice__in=own).values_list("mask", flat=True)
    return [*own, *becoming_masks(list(masks))]


def becoming_masks(masks: Sequence[str]) -> list[str]:
    """Return masks and those that became them, as when a guest who wore one made an account."""
    return [one for mask in masks for one in becoming.voices_of(mask)]


def drawn(of: Brainstorm, ideas: Sequence[Idea], reader: Reader) -> list[Shown]:
    """Return ideas with their HTML, in the same order, in a constant number of queries."""
    rows = {one.position: one for one in ideas}
    if not rows:
        return []
    told = room.read(
        of.project, audiences=reader.sight.audiences, at=reader.at, positions=list(rows)
    )
    html = heard.pieces(
        of.project,
        told,
        language=reader.language,
        audiences=reader.sight.audiences,
        at=reader.at,
        voice=reader.actor.voice,
    )
    made = dict(zip((one.position for one in told), html, strict=True))
    return [Shown(one, made[at]) for at, one in rows.items() if at in made]


def _grouped(of: Brainstorm, ideas: Sequence[Shown], counts: dict[int, int]) -> list[Group]:
    """Return the families, those with the most ideas first, then what is in none."""
    names = dict(Family.objects.filter(project=of.project).values_list("position", "name"))
    order = sorted(names, key=lambda one: (-counts.get(one, 0), one))
    groups = [Group(one, names[one], counts.get(one, 0)) for one in order]
    loose = Group(0, "", sum(count for one, count in counts.items() if one not in names))
    places = {one.position: one for one in [*groups, loose]}
    for one in ideas:
        places.get(one.idea.family, loose).ideas.append(one)
    return [*groups, loose]


def _counted(of: Brainstorm) -> QuerySet[Idea]:
    rows = Idea.objects.filter(project=of.project, is_gone=False, into=0)
    return rows.exclude(Exists(_hidden())).order_by()


def _newest_of_each(rows: QuerySet[Idea], most: int) -> QuerySet[Idea]:
    place = Window(RowNumber(), partition_by=F("family"), order_by=F("position").desc())
    return rows.annotate(place=place).filter(place__lte=most)


def _hidden() -> QuerySet[Hidden]:
    return Hidden.objects.filter(project=OuterRef("project"), position=OuterRef("position"))
