"""Putting what was told on shelves: the feeds of a house, of a studio and of a kind are cut here.

A volume holds so many entries, of a few projects, in the order in which everybody could read them:
a house's feed has an order of its own, since a curtain that rises and a project that moves in bring
what was told long ago. What stands in a volume stays there, and nothing is put into an older one.
Rows hold positions and never words; sight is asked for whenever a volume is read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from coulisses.feeds import windows
from coulisses.feeds.models import Cut, Filing, Shelf, Stretch
from coulisses.log import kinds, ledger
from coulisses.log.models import Entry
from coulisses.projects.models import Project
from coulisses.projects.telling import GRACE
from coulisses.ui import words

HOUSE = "house"
PROJECTS = 6  # of one volume: reading it costs as many questions for each
AT_ONCE = 20  # projects looked at in one turn
A_READ = 500  # entries filed in one transaction


@dataclass
class Volumes:
    """A shelf that is held by this transaction, and the projects in the volume that fills."""

    shelf: Shelf
    projects: set[str]

    def take(self, project: Project) -> int:
        """Return the volume in which a project's next entry stands."""
        is_new = project.pk not in self.projects
        if self.shelf.held >= windows.WINDOW or (is_new and len(self.projects) >= PROJECTS):
            self.shelf.volume, self.shelf.held = self.shelf.volume + 1, 0
            self.projects.clear()
        self.shelf.held += 1
        self.projects.add(project.pk)
        return self.shelf.volume


def look() -> bool:
    """File what everybody may read by now; returns whether there may be more."""
    now = timezone.now()
    shown = Project.objects.filter(curtain_raised_at__isnull=False, withdrawn_at=None)
    behind = shown.filter(Q(filing=None) | Q(work__size__gt=F("filing__position")))
    turn = behind.order_by(F("filing__looked_at").asc(nulls_first=True), "pk")[:AT_ONCE]
    return any([_file(one, now) for one in turn.select_related("studio", "work")])


def archives(project: Project, kind: str) -> int:
    """Return how many archives there are of one kind, from 1; what was cut last stays in sight."""
    newest = Cut.objects.filter(project=project, topic=kind).order_by("-number")
    return max(0, (newest.values_list("number", flat=True).first() or 0) - 1)


def span(project: Project, kind: str, archive: int) -> tuple[int, int]:
    """Return the first and the last position of a kind's archive, both included; 1, 0 for none."""
    cuts = Cut.objects.filter(project=project, topic=kind, number__in=[archive - 1, archive])
    ends = dict(cuts.values_list("number", "upto"))
    return ends.get(archive - 1, 0) + 1, ends.get(archive, 0)


@transaction.atomic
def _file(project: Project, now: datetime) -> bool:
    """File some of a project, which one process at a time does; return whether there is more."""
    house = _hold(HOUSE, Stretch.objects.all(), "in_house")
    studio = _hold(project.studio_id, Stretch.objects.filter(studio=project.studio_id), "in_studio")
    filing, _is_new = Filing.objects.get_or_create(project=project, defaults={"looked_at": now})
    size = ledger.horizon(project.work, audiences=ledger.EVERYTHING, at=now)
    told = _told(project, filing.position, size)
    settled = list(takewhile(lambda one: one.told_at <= now - GRACE, told))
    _shelve(project, house, studio, [one.position for one in settled if not _is_quiet(one)])
    if len(settled) < len(told):
        upto = told[len(settled)].position - 1
    else:  # what members were told since is behind it, too
        upto = told[-1].position if len(told) == A_READ else size
    Filing.objects.filter(pk=project.pk).update(position=upto, looked_at=now)
    _cut(project, {one.topic for one in settled} & set(words.KINDS), upto)
    return len(settled) == A_READ


def _hold(key: str, rows: QuerySet[Stretch], field: str) -> Volumes:
    Shelf.objects.get_or_create(key=key)
    shelf = Shelf.objects.select_for_update().get(key=key)
    filling = rows.filter(**{field: shelf.volume})
    return Volumes(shelf, set(filling.values_list("project", flat=True)))


def _told(project: Project, after: int, upto: int) -> Sequence[Entry]:
    rows = Entry.objects.filter(
        log=project.work_id, audience=ledger.PUBLIC, position__gt=after, position__lte=upto
    )
    return list(rows.order_by("position").only("position", "told_at", "kind", "topic")[:A_READ])


def _shelve(project: Project, house: Volumes, studio: Volumes, positions: Iterable[int]) -> None:
    made: list[Stretch] = []
    for position in positions:
        volumes = house.take(project), studio.take(project)
        last = made[-1] if made else None
        is_next = last and (last.in_house, last.in_studio) == volumes
        if last and is_next and position - last.first < windows.WINDOW:
            last.last = position
            continue
        told = {"project": project, "studio": project.studio, "first": position, "last": position}
        made.append(Stretch(**told, in_house=volumes[0], in_studio=volumes[1]))
    Stretch.objects.bulk_create(made)
    house.shelf.save()
    studio.shelf.save()


def _cut(project: Project, topics: Iterable[str], upto: int) -> None:
    """Cut the archives of these kinds as far as they are full."""
    for topic in sorted(topics):
        cuts = Cut.objects.filter(project=project, topic=topic)
        number, after = cuts.order_by("-number").values_list("number", "upto").first() or (0, 0)
        rows = Entry.objects.filter(log=project.work_id, topic=topic, audience=ledger.PUBLIC)
        window = slice(windows.WINDOW)
        while True:
            told = rows.filter(position__gt=after, position__lte=upto).order_by("position")[window]
            full = list(told.values_list("position", flat=True))
            if len(full) < windows.WINDOW:
                break
            number, after = number + 1, full[-1]
            Cut.objects.create(project=project, topic=topic, number=number, upto=after)


def _is_quiet(entry: Entry) -> bool:
    fact = kinds.of(entry.kind)
    return bool(fact and fact.is_quiet)
