"""The errand that adds notes up and writes sums down: rows of a project and a day."""

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from crawleruseragents import is_crawler
from django.db import connection, transaction
from django.utils import timezone

from coulisses.projects.models import Project
from coulisses.visits.counting import PAGE, STAY, Note, notes
from coulisses.visits.models import Day, Reading, Source
from coulisses.visits.today import Today

KEPT = timedelta(days=730)
MOST_PROJECTS = 500  # that are looked up in one turn
MOST_AGENTS = 200  # that are judged in one turn, a millisecond each; whoever else is not counted
MOST_AGENTS_KNOWN = 5000
A_SWEEP = 2000

HOST = re.compile(r"[a-z0-9][a-z0-9.-]{0,99}")


@dataclass
class Sums:
    """What is to be added to the rows of a day, by project (its id) and what it is about."""

    on: date
    visits: Counter[tuple[str]] = field(default_factory=Counter)
    reads: Counter[tuple[str]] = field(default_factory=Counter)
    sources: Counter[tuple[str, str]] = field(default_factory=Counter)
    readings: Counter[tuple[str, int]] = field(default_factory=Counter)
    stays: Counter[tuple[str, int]] = field(default_factory=Counter)
    seconds: Counter[tuple[str, int]] = field(default_factory=Counter)
    peaks: dict[tuple[str], int] = field(default_factory=dict)


class Summing:
    """Adds up the notes of this process. `following` says how many follow each log live."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.following: Callable[[], Mapping[str, int]] = dict
        self._today = Today(timezone.localdate())
        self._peaks: dict[str, int] = {}
        self._agents: dict[bytes, bool] = {}

    def flush(self) -> bool:
        """Add up what was noted and write it down; what cannot be written is lost, and told."""
        with self._lock:  # the errand, and a house that ends
            on = timezone.localdate()
            if on != self._today.on:
                self._today, self._peaks = Today(on), {}
            heard, risen = notes.take_all(), self._risen()
            if heard or risen:
                sums = self._summed(heard)
                sums.peaks = _by_project(risen)
                _write(sums)
        return False

    def _summed(self, heard: list[Note]) -> Sums:
        sums = Sums(self._today.on)
        known, readers = _projects(heard), self._readers(heard)
        for note in heard:
            placed = _place(note)
            project = known.get(placed[:2]) if placed else None
            if placed and project and readers.get(note.agent):
                self._add(sums, project, placed[2], note)
        return sums

    def _readers(self, heard: list[Note]) -> dict[bytes, bool]:
        """Return which of what browsers say of themselves are people's, for so many as are new."""
        new = [one for one in dict.fromkeys(n.agent for n in heard) if one not in self._agents]
        if len(self._agents) > MOST_AGENTS_KNOWN:
            self._agents = {}
        for one in new[:MOST_AGENTS]:
            self._agents[one] = not is_robot(one)
        return self._agents

    def _add(self, sums: Sums, project: str, position: int, note: Note) -> None:
        if note.seconds:
            if self._today.may_stay(project, position, note):
                sums.stays[project, position] += 1
                sums.seconds[project, position] += note.seconds
            return
        sums.reads[(project,)] += 1
        if self._today.has_room(project, position):
            sums.readings[project, position] += 1
        if self._today.is_new(project, note):
            sums.visits[(project,)] += 1
            sums.sources[project, self._today.source(project, source(note))] += 1

    def _risen(self) -> dict[str, int]:
        """Return how many follow each log where more do than did before today."""
        now = self.following().items()
        risen = {log: count for log, count in now if count > self._peaks.get(log, 0)}
        self._peaks |= risen
        return risen


summing = Summing()


def flush() -> bool:
    """Write down what was noted; returns that there is no more."""
    return summing.flush()


def forget_old() -> bool:
    """Forget the sums of more than two years ago; returns whether there may be more."""
    before, is_more = timezone.localdate() - KEPT, False
    for model in (Day, Source, Reading):
        old = model.objects.filter(on__lt=before).order_by("on")
        rows = list(old.values_list("pk", flat=True)[:A_SWEEP])
        model.objects.filter(pk__in=rows).delete()
        is_more |= len(rows) == A_SWEEP
    return is_more


def is_robot(agent: bytes) -> bool:
    """Whether a program reads, by what it says of itself; what says nothing is one."""
    said = agent.decode("latin-1").strip()
    return not said or is_crawler(said)


def source(note: Note) -> str:
    """Return the host that a visit came from; empty where it came from nowhere, or from here."""
    try:
        host = urlsplit(note.referrer.decode("latin-1")).hostname or ""
    except ValueError:
        return ""
    here = note.host.decode("latin-1").rpartition(":")[0] or note.host.decode("latin-1")
    if host == here.lower() or not HOST.fullmatch(host):
        return ""
    return host.removeprefix("www.")


def _place(note: Note) -> tuple[str, str, int] | None:
    found = (STAY if note.seconds else PAGE).fullmatch(note.path)
    if found is None:
        return None
    return found[1], found[2], int((found[3] or "0").rstrip("/"))


def _projects(heard: Iterable[Note]) -> dict[tuple[str, str], str]:
    """Return those projects that everybody may see, by studio and project in their addresses."""
    asked = dict.fromkeys(placed[:2] for note in heard if (placed := _place(note)))
    named = list(asked)[:MOST_PROJECTS]
    shown = Project.objects.filter(
        curtain_raised_at__isnull=False,
        withdrawn_at=None,
        studio__slug__in={studio for studio, _ in named},
        slug__in={project for _, project in named},
    )
    return {
        (studio, slug): pk for pk, slug, studio in shown.values_list("pk", "slug", "studio__slug")
    }


def _by_project(counts: Mapping[str, int]) -> dict[tuple[str], int]:
    shown = Project.objects.filter(
        work__in=counts, curtain_raised_at__isnull=False, withdrawn_at=None
    )
    return {(pk,): counts[log] for pk, log in shown.values_list("pk", "work_id")}


def _write(sums: Sums) -> None:
    days = {key: [sums.visits[key], sums.reads[key], sums.peaks.get(key, 0)]
            for key in {*sums.visits, *sums.reads, *sums.peaks}}  # fmt: skip
    readings = {key: [sums.readings[key], sums.stays[key], sums.seconds[key]]
                for key in {*sums.readings, *sums.stays}}  # fmt: skip
    sources = {key: [count] for key, count in sums.sources.items()}
    with transaction.atomic():
        _add_to(Day, sums.on, [], ["visits", "reads", "peak"], days)
        _add_to(Source, sums.on, ["host"], ["visits"], sources)
        _add_to(Reading, sums.on, ["position"], ["reads", "stays", "seconds"], readings)


def _add_to(
    model: Any, on: date, keys: list[str], counts: list[str], rows: Mapping[Any, list[int]]
) -> None:
    """Add to rows, which are made where they are not there; a peak is the greater of the two."""
    if not rows:
        return
    table, named = model._meta.db_table, ["project_id", '"on"', *keys]
    most = "max" if connection.vendor == "sqlite" else "greatest"
    moved = [
        f"{one} = {most}({table}.{one}, excluded.{one})"
        if one == "peak"
        else f"{one} = {table}.{one} + excluded.{one}"
        for one in counts
    ]
    places = ", ".join(["%s"] * (len(named) + len(counts)))
    sql = (
        f"insert into {table} ({', '.join([*named, *counts])}) values ({places}) "  # noqa: S608
        f"on conflict ({', '.join(named)}) do update set {', '.join(moved)}"
    )
    given = [[key[0], on, *key[1:], *added] for key, added in sorted(rows.items())]
    with connection.cursor() as cursor:
        cursor.executemany(sql, given)
