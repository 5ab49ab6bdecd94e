"""How full the house is: in all, by studio and by project."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from coulisses.capture.models import Reel
from coulisses.lib.refusals import require
from coulisses.media.models import Room
from coulisses.projects import room
from coulisses.projects.models import Allowance, Project, Studio
from coulisses.projects.refusals import StudioNotFound

PAGE = 30
TIGHT = 0.1  # of a disk free, below which …
SCARCE = 2 << 30  # … so many bytes had better be free


@dataclass(frozen=True)
class Totals:
    """What the house holds, and what its disk has left, in bytes."""

    database: int
    previews: int
    originals: int
    films: int
    free: int
    disk: int

    @property
    def is_tight(self) -> bool:
        """Whether it is time to make room."""
        return self.free < min(SCARCE, self.disk * TIGHT)


@dataclass(frozen=True)
class Line:
    """A studio, what it fills and what it may; or a project, and what it fills. In bytes."""

    name: str
    address: str
    previews: int
    originals: int
    films: int
    most: int | None = None

    @property
    def bytes(self) -> int:
        """Return what counts against a limit."""
        return self.previews + self.originals


@dataclass(frozen=True)
class Page:
    """Some lines, and where the next page begins ("" at the end)."""

    lines: list[Line]
    after: str


def totals() -> Totals:
    """Return what the house holds in all."""
    held = Room.objects.aggregate(previews=Sum("previews"), originals=Sum("originals"))
    films = Reel.objects.aggregate(bytes=Sum("size"))["bytes"]
    disk = shutil.disk_usage(settings.DATA)
    return Totals(
        database=_database(),
        previews=held["previews"] or 0,
        originals=held["originals"] or 0,
        films=films or 0,
        free=disk.free,
        disk=disk.total,
    )


def studios(*, after: str = "") -> Page:
    """Return a page of studios by their addresses, each with what it fills."""
    held = Room.objects.filter(log__project__studio=OuterRef("pk")).order_by()
    by_studio = held.values("log__project__studio")
    films = Reel.objects.filter(project__studio=OuterRef("pk")).order_by()
    rows = Studio.objects.filter(slug__gt=after).order_by("slug").annotate(
        previews=_sum(by_studio, "previews"),
        originals=_sum(by_studio, "originals"),
        films=_sum(films.values("project__studio"), "size"),
        allowed=F("allowance__bytes"),
    )  # fmt: skip
    found = list(rows[: PAGE + 1])
    lines = [
        Line(
            one.name,
            f"/house/storage/{one.slug}/",
            one.previews,
            one.originals,
            one.films,
            room.most(one.allowed),
        )
        for one in found[:PAGE]
    ]
    return Page(lines, found[PAGE - 1].slug if len(found) > PAGE else "")


def projects(studio: Studio, *, after: str = "") -> Page:
    """Return a page of a studio's projects by their addresses, each with what it fills."""
    films = Reel.objects.filter(project=OuterRef("pk")).order_by().values("project")
    rows = Project.objects.filter(studio=studio, slug__gt=after).order_by("slug").annotate(
        previews=Coalesce(F("work__room__previews"), 0) + Coalesce(F("room__room__previews"), 0),
        originals_held=Coalesce(F("work__room__originals"), 0),
        films=_sum(films, "size"),
    )  # fmt: skip
    found = list(rows[: PAGE + 1])
    lines = [
        Line(one.title, "", one.previews, one.originals_held, one.films) for one in found[:PAGE]
    ]
    return Page(lines, found[PAGE - 1].slug if len(found) > PAGE else "")


def find(slug: str) -> Studio:
    """Return a studio. Raises StudioNotFound."""
    studio = Studio.objects.filter(slug=slug).first()
    require(studio, StudioNotFound)
    assert studio
    return studio


def allowed(studio: Studio) -> str:
    """Return the GiB that were settled for a studio, as a form says them; "" for none."""
    given = Allowance.objects.filter(studio=studio).values_list("bytes", flat=True).first()
    return "" if given is None else f"{given / room.GIBIBYTE:.3f}".rstrip("0").rstrip(".")


def _sum(rows, column: str) -> Coalesce:  # type: ignore[no-untyped-def]  # any model's rows
    return Coalesce(Subquery(rows.annotate(held=Sum(column)).values("held")[:1]), 0)


def _database() -> int:
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        files = [path.with_name(f"{path.name}{end}") for end in ("", "-wal")]
        return sum(one.stat().st_size for one in files if one.exists())
    with connection.cursor() as cursor:
        cursor.execute("select pg_database_size(current_database())")
        return int(cursor.fetchone()[0])
