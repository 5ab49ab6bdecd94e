"""What readers ask of the lives of files; each answer is only of versions they may see."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, OuterRef, QuerySet, Subquery

from coulisses.capture.models import HeldBack, Piece, PieceVersion, Waiting
from coulisses.capture.refusals import PieceNotFound
from coulisses.lib import places
from coulisses.lib.refusals import require
from coulisses.log import ledger, walks
from coulisses.projects.models import Project

MOST_COUNTED = 100
A_QUERY = 500  # names in one query; SQLite bounds them

# Each goes down the index of a piece's life and ends with the first that it meets.
LATEST_UPTO = """
    select (select id from capture_pieceversion as version
        where version.piece_id = %s and version.position <= asked.place{seen}
        order by version.position desc, version."index" desc limit 1) from asked"""
UNDER = " and {} in ({})"


@dataclass(frozen=True)
class Life:
    """A file as one reader may know it. `path` is its name now, or the last that may be known.

    `first` and `last` are the positions of its first and latest version, `count` says how many.
    """

    piece: Piece
    path: str
    reader: str
    first: int
    last: int
    count: int


def life(project: Project, path: str, *, audiences: frozenset[str], at: int | None = None) -> Life:
    """Return the life of the file that had this path, at position `at` or lately.

    A path that a file had before its renaming leads to it too. Raises PieceNotFound.
    """
    named = _seen(project, audiences).filter(path=path)
    if at is not None:
        named = named.filter(position__lte=at)
    # By position alone, which the index of paths has: by both, SQLite goes through all files.
    latest_at = named.order_by("-position").values("position")[:1]
    found = named.filter(position=latest_at).order_by("-index").select_related("piece").first()
    require(found, PieceNotFound)
    assert found
    whole = versions(found.piece, audiences=audiences, newest_first=True)
    latest, first = whole[0], versions(found.piece, audiences=audiences)[0]
    return Life(
        piece=found.piece,
        path=latest.path,
        reader=latest.reader,
        first=first.position,
        last=latest.position,
        count=whole.count(),
    )


def versions(
    piece: Piece,
    *,
    audiences: frozenset[str],
    after: int = 0,
    before: int | None = None,
    newest_first: bool = False,
) -> QuerySet[PieceVersion]:
    """Return a piece's versions between two positions, both excluded; slice it for a page."""
    # Its project is not asked for again: SQLite would go through the versions of all its files.
    rows = _of(audiences).filter(piece=piece, position__gt=after)
    if before is not None:
        rows = rows.filter(position__lt=before)
    order = ("-position", "-index") if newest_first else ("position", "index")
    return rows.order_by(*order)


@dataclass(frozen=True)
class Whole:
    """All versions of a file, oldest first: only where they stand, and others on demand."""

    places: Sequence[tuple[int, int]]

    def __len__(self) -> int:
        return len(self.places)

    def upto(self, position: int | None) -> int:
        """Return how many there are up to a position, all for None."""
        if position is None:
            return len(self.places)
        return bisect_right(self.places, position, key=lambda one: one[0])

    def some(self, wanted: Collection[int]) -> dict[int, PieceVersion]:
        """Return those of the wanted numbers, from 0, that there are, in one query."""
        there = {self.places[at][1]: at for at in wanted if 0 <= at < len(self.places)}
        rows = PieceVersion.objects.filter(pk__in=list(there))
        return {there[one.pk]: one for one in rows}


def whole(piece: Piece, *, audiences: frozenset[str]) -> Whole:
    """Return all of a piece's versions, in one query."""
    return Whole(list(versions(piece, audiences=audiences).values_list("position", "pk")))


def thinned(piece: Piece, *, audiences: frozenset[str], most: int) -> list[PieceVersion]:
    """Return a piece's versions, oldest first; of more than `most`, about so many of them.

    Those are the first and the latest of each stretch of the log, as many queries for any number.
    """
    few = list(versions(piece, audiences=audiences)[: most + 1])
    if len(few) <= most:
        return few
    first, last = (
        few[0].position,
        versions(piece, audiences=audiences, newest_first=True)[0].position,
    )
    ends = [first + (last - first) * at // most for at in range(1, most + 1)]
    seen = (
        ""
        if audiences is ledger.EVERYTHING
        else UNDER.format(walks.aside("version.audience"), ", ".join(["%s"] * len(audiences)))
    )
    values: list[Any] = [*ends, piece.pk]
    values += [] if audiences is ledger.EVERYTHING else audiences
    with connection.cursor() as cursor:
        cursor.execute(walks.asked(ends) + LATEST_UPTO.format(seen=seen), values)
        known = {row[0] for row in cursor.fetchall()} | {few[0].pk}
    return list(PieceVersion.objects.filter(pk__in=known).order_by("position", "index"))


def files(
    project: Project, *, audiences: frozenset[str], after: int = 0, limit: int = 50
) -> list[Piece]:
    """Return a project's files after the piece `after`, each with what is known of it.

    `seen_path` is its name now, or the last that may be known, `seen_reader` and `seen_position`
    are of its latest version.
    """
    newest = _seen(project, audiences).filter(piece=OuterRef("pk")).order_by("-position", "-index")
    rows = Piece.objects.filter(project=project, pk__gt=after).annotate(
        seen_path=Subquery(newest.values("path")[:1]),
        seen_reader=Subquery(newest.values("reader")[:1]),
        seen_position=Subquery(newest.values("position")[:1]),
    )
    return list(rows.filter(seen_path__isnull=False).order_by("pk")[:limit])


def latest(
    project: Project, *readers: str, audiences: frozenset[str], is_there: bool = True
) -> PieceVersion | None:
    """Return the newest version that one of these readers ("picture" …) read, if there is any.

    With `is_there`, not one that says the file was removed.
    """
    rows = _seen(project, audiences)
    if is_there:
        rows = rows.exclude(version="")
    # One short walk along the index for each reader; together they would be sorted whole.
    newest = [
        rows.filter(reader=reader).order_by("-position", "index").first() for reader in readers
    ]
    return max((one for one in newest if one), key=lambda one: one.position, default=None)


def waiting(
    project: Project, *, by: str | None = None, after: int = 0, limit: int = 50
) -> list[Waiting]:
    """Return what waits in a project, oldest first, after the row `after`; for its makers alone.

    With `by`, the voice of a contributor, what waits of theirs.
    """
    return list(_waiting(project, by).filter(pk__gt=after).order_by("pk")[:limit])


def awaiting(project: Project, *, by: str | None, before: int | None, limit: int) -> list[Waiting]:
    """Return what waits as `waiting` does, the latest first, before the row `before`."""
    rows = _waiting(project, by)
    rows = rows if before is None else rows.filter(pk__lt=before)
    return list(rows.select_related("by").order_by("-pk")[:limit])


def count_new(project: Project, *, by: str | None, after: int) -> int:
    """Return how many saves wait that came after a row, up to 100."""
    return len(_waiting(project, by).filter(pk__gt=after).values_list("pk")[:MOST_COUNTED])


def newest_waiting(project: Project, *, by: str | None) -> int:
    """Return the row of the save that came last of those that wait, 0 where none does."""
    return _waiting(project, by).order_by("-pk").values_list("pk", flat=True).first() or 0


def _waiting(project: Project, by: str | None) -> QuerySet[Waiting]:
    rows = Waiting.objects.filter(project=project, is_dropped=False)
    return rows if by is None else rows.filter(by=by, is_proposed=True)


def dropped(
    project: Project, *, since: datetime, after: str = "", limit: int = 50
) -> tuple[list[Waiting], str]:
    """Return a page of what was dropped after a time and can be taken back, the latest first.

    The place after it stands beside it ("" at the end). Raises PlaceMalformed.
    """
    rows = Waiting.objects.filter(project=project, dropped_at__gt=since).select_related("by")
    return places.page(rows, "dropped_at", after=after, limit=limit)


def held_back(project: Project, *, limit: int = 100) -> list[HeldBack]:
    """Return what entries told of but did not show, the latest first; for the team alone."""
    return list(HeldBack.objects.filter(project=project).order_by("-position", "pk")[:limit])


def count_waiting(project: Project, *, by: str | None = None) -> int:
    """Return how many saves wait in a project, up to 100; for its makers alone, or `by` its own."""
    return count_new(project, by=by, after=0)


def counts_waiting(project_ids: Collection[str]) -> dict[str, int]:
    """Return how many saves wait in each of these projects, for their makers; in one query."""
    rows = Waiting.objects.filter(project__in=project_ids, is_dropped=False)
    return dict(rows.values_list("project").annotate(Count("pk")).order_by())


def once_known(project: Project, keys: Sequence[str]) -> set[str]:
    """Return those names of saves that were told, wait or were dropped."""
    known = ledger.once_known(project.work, set(keys))
    for start in range(0, len(keys), A_QUERY):
        rows = Waiting.objects.filter(project=project, once__in=keys[start : start + A_QUERY])
        known.update(rows.values_list("once", flat=True))
    return known


def _seen(project: Project, audiences: frozenset[str]) -> QuerySet[PieceVersion]:
    return _of(audiences).filter(project=project)


def _of(audiences: frozenset[str]) -> QuerySet[PieceVersion]:
    rows = PieceVersion.objects.all()
    return rows if audiences is ledger.EVERYTHING else rows.filter(audience__in=audiences)
