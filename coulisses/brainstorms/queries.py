"""Questions about ideas as they stand."""

from collections.abc import Collection, Iterator, Sequence

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from coulisses.brainstorms.models import Brainstorm, Idea
from coulisses.lib import places
from coulisses.log.models import Entry
from coulisses.projects.models import Hidden, Project


def asking(projects: Collection[str]) -> set[str]:
    """Return which of these projects, by their ids, are brainstorms."""
    rows = Brainstorm.objects.filter(pk__in=projects)
    return set(rows.values_list("pk", flat=True)) if projects else set()


def shown(project: Project) -> QuerySet[Idea]:
    """Return the ideas that all may read, those among them for which another stands."""
    hidden = Hidden.objects.filter(project=project, position=OuterRef("position"))
    return Idea.objects.filter(~Exists(hidden), project=project, is_gone=False)


def standing(project: Project) -> QuerySet[Idea]:
    """Return the ideas that all see on the wall: not taken back, not hidden, each for itself."""
    return shown(project).filter(into=0)


def counted(project: Project) -> dict[int, int]:
    """Return how many ideas stand in each family, 0: in none."""
    rows = standing(project).order_by().values_list("family")
    return dict(rows.annotate(count=Count("pk")))


def best(project: Project, *, each: int, limit: int) -> list[Idea]:
    """Return the ideas of each family with the most dots, the earlier first among equals."""
    place = Window(
        RowNumber(), partition_by=[F("family")], order_by=[F("dots").desc(), F("position").asc()]
    )
    rows = standing(project).annotate(place=place).filter(place__lte=each)
    return list(rows.order_by("place", "position")[:limit])


def by_dots(ideas: QuerySet[Idea], *, after: str, limit: int) -> tuple[Sequence[Idea], str]:
    """Return a page of ideas, the one with the most dots first, and the place after it ("": none).

    The earlier comes first among equals. Raises PlaceMalformed.
    """
    if after:
        dots, _dash, position = after.partition("-")
        count, at = places.position(dots), places.position(position)
        ideas = ideas.filter(Q(dots__lt=count) | Q(position__gt=at), dots__lte=count)
    found = list(ideas.order_by("-dots", "position")[: limit + 1])
    shown = found[:limit]
    return shown, f"{shown[-1].dots}-{shown[-1].position}" if len(found) > limit else ""


def standing_words(project: Project) -> Iterator[tuple[int, str]]:
    """Yield the position and the words of each idea that stands, the earliest first."""
    there = set(standing(project).values_list("position", flat=True))
    told = Entry.objects.filter(log=project.room_id, kind="idea.thrown", sealed__isnull=False)
    for entry in told.select_related("sealed").order_by("position").iterator(chunk_size=500):
        if entry.position in there:
            yield entry.position, entry.fact.headline()
