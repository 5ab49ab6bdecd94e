"""A project's figures, as its team reads them and takes them home."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Sum
from django.utils import timezone

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects import followed
from coulisses.projects.models import Project
from coulisses.ui import headlines
from coulisses.visits import doubted
from coulisses.visits.doubted import Doubted
from coulisses.visits.models import Day, Reading, Source
from coulisses.visits.today import OTHERS

SPANS = (7, 30, 90)  # days
SHOWN = 20  # sources, and entries
TELLING = 3  # stays below which an average says nothing


@dataclass(frozen=True)
class Bar:
    """A day of the chart: how many, where it stands and how high it is, in percent."""

    on: date
    visits: int
    reads: int
    x: float
    wide: float
    high: float

    @property
    def top(self) -> float:
        """How far from the top it begins, in percent."""
        return 100 - self.high


@dataclass(frozen=True)
class From:
    """A site that readers came from; empty for none, `*` for all further ones."""

    host: str
    visits: int

    @property
    def is_others(self) -> bool:
        """Whether it stands for all that are not named."""
        return self.host == OTHERS


@dataclass(frozen=True)
class Read:
    """An entry (the stage: 0), how often its page was read, and for how long on the average.

    `seconds` is None where too few pages said it.
    """

    position: int
    words: str
    reads: int
    seconds: int | None


@dataclass(frozen=True)
class Figures:
    """A project's figures of some days up to today."""

    days: int
    bars: Sequence[Bar]
    visits: int
    reads: int
    peak: int
    most: int
    sources: Sequence[From]
    entries: Sequence[Read]
    followed: Sequence[tuple[str, int]]
    doubts: Doubted

    @property
    def is_empty(self) -> bool:
        """Whether nothing was counted."""
        return not self.reads and not self.peak


def figures(project: Project, *, days: int, at: datetime) -> Figures:
    """Return a project's figures, in a few queries however many days they are of."""
    today = timezone.localdate(at)
    since = today - timedelta(days=days - 1)
    rows = {one.on: one for one in Day.objects.filter(project=project, on__gte=since)}
    counted = [rows.get(since + timedelta(days=one)) or Day(on=since + timedelta(days=one))
               for one in range(days)]  # fmt: skip
    most = max(one.visits for one in counted)
    return Figures(
        days=days,
        bars=_bars(counted, most),
        visits=sum(one.visits for one in counted),
        reads=sum(one.reads for one in counted),
        peak=max(one.peak for one in counted),
        most=most,
        sources=_sources(project, since),
        entries=_entries(project, since, at),
        followed=followed.counts(project),
        doubts=doubted.read(project, since),
    )


def _bars(counted: Sequence[Day], most: int) -> list[Bar]:
    step = 100 / len(counted)
    return [
        Bar(
            on=one.on,
            visits=one.visits,
            reads=one.reads,
            x=round(step * at + step * 0.1, 2),
            wide=round(step * 0.8, 2),
            high=round(100 * one.visits / most, 2) if most else 0,
        )
        for at, one in enumerate(counted)
    ]


def _sources(project: Project, since: date) -> list[From]:
    rows = Source.objects.filter(project=project, on__gte=since).values("host")
    summed = rows.annotate(count=Sum("visits")).order_by("-count", "host")
    return [From(one["host"], one["count"]) for one in summed[:SHOWN]]


def _entries(project: Project, since: date, at: datetime) -> list[Read]:
    """Return the entries that were read most; those that kept their readers longest come first."""
    rows = Reading.objects.filter(project=project, on__gte=since).values("position")
    summed = rows.annotate(
        read=Sum("reads"), stayed=Sum("stays"), lasted=Sum("seconds"), last=Max("on")
    )
    found = list(summed.order_by("-lasted", "-read", "position")[:SHOWN])
    named = _named(project, [one["position"] for one in found], at)
    return [
        Read(
            position=one["position"],
            words=named.get(one["position"], ""),
            reads=one["read"],
            seconds=one["lasted"] // one["stayed"] if one["stayed"] >= TELLING else None,
        )
        for one in found
    ]


def _named(project: Project, positions: list[int], at: datetime) -> dict[int, str]:
    known = ledger.read(project.work, audiences=ledger.EVERYTHING, at=at, positions=positions)
    told = [one for one in known if isinstance(one, Entry) and not one.is_shredded]
    lines = headlines.of(project, told, audiences=ledger.EVERYTHING, at=at)
    return {one.position: one.words for one in lines}


def as_rows(project: Project, of: str) -> tuple[list[str], Iterable[tuple[Any, ...]]]:
    """Return a table's columns and all its rows, the oldest first: one of TABLES, or doubts."""
    if of == doubted.TABLE:
        return doubted.COLUMNS, doubted.rows(project)
    model, columns = TABLES[of]
    rows = model.objects.filter(project=project).order_by("on", "pk")
    return columns, rows.values_list(*columns).iterator(chunk_size=2000)


def as_csv(project: Project, of: str) -> str:
    """Return a table as CSV (RFC 4180). Hosts are bare names: none is a formula."""
    columns, rows = as_rows(project, of)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def as_object(project: Project) -> dict[str, Any]:
    """Return all that is kept of how a project was read, for JSON."""
    tables = {}
    for of in NAMES:
        columns, rows = as_rows(project, of)
        tables[of] = [dict(zip(columns, row, strict=True)) for row in rows]
    return {"project": project.title, "address": project.path, **tables}


TABLES: dict[str, tuple[Any, list[str]]] = {
    "days": (Day, ["on", "visits", "reads", "peak"]),
    "sources": (Source, ["on", "host", "visits"]),
    "entries": (Reading, ["on", "position", "reads", "stays", "seconds"]),
}
NAMES = (*TABLES, doubted.TABLE)
