"""What moved: the projects in which something happened, for errands that look at no others.

Each row that counts (a log's size, a project's revision, its pulse) says of itself that it moved,
in the statement that counts. From there it is written down once for each errand that reads, which
takes it out when it has looked. None of it grows with the projects that are quiet.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from coulisses.log.models import Log
from coulisses.projects import rows
from coulisses.projects.models import Moved, Project, Pulse

A_TURN = 500  # rows of each table in one transaction
COUNTING: tuple[type[Model], ...] = (Log, Project, Pulse)

_readers: dict[str, tuple[type[Model], ...]] = {}


def read_by(reader: str, *, is_beat_heard: bool) -> None:
    """Have it written down for an errand, by its name, which projects moved.

    Whether it asks for what only a pulse counts: in a storm of cheers and votes that beats all the
    time, and nobody writes who need not.
    """
    _readers[reader] = COUNTING if is_beat_heard else (Log, Project)


def awaiting(reader: str) -> QuerySet[Moved]:
    """Return what an errand has to look at now, those that wait longest first."""
    now = timezone.now()
    while _any_moved(_readers[reader]) and _write_down(now):
        pass
    return Moved.objects.filter(reader=reader, at__lte=now).order_by("at", "pk")


def looked_at(one: Moved) -> None:
    """Take out what was looked at, unless it moved since it was read."""
    Moved.objects.filter(pk=one.pk, times=one.times).delete()


def look_again(one: Moved, *, at: datetime) -> None:
    """Have a project looked at again from a time on; sooner, where it moves before."""
    Moved.objects.filter(pk=one.pk, times=one.times).update(at=at)


def _any_moved(counting: tuple[type[Model], ...]) -> bool:
    return any(one._default_manager.filter(has_moved=True).exists() for one in counting)


@transaction.atomic
def _write_down(at: datetime) -> bool:
    """Write down which projects moved; return whether there may be more of them."""
    logs, changed, beaten = taken = [_take(one) for one in COUNTING]
    theirs = Q(work__in=logs) | Q(room__in=logs) | Q(pk__in=[*changed, *beaten])
    found = Project.objects.filter(theirs).order_by("pk").values_list("pk", flat=True)
    # In one order: two processes that do it wait for each other, and never cross.
    rows.moved(list(found), list(_readers), at=at)
    return any(len(some) == A_TURN for some in taken)


def _take(counting: type[Model]) -> list[str]:
    """Return which rows moved, and note that it is known; those that somebody holds come next."""
    every = counting._default_manager
    held = every.select_for_update(skip_locked=True, no_key=True).filter(has_moved=True)
    found = list(held.order_by("pk").values_list("pk", flat=True)[:A_TURN])
    every.filter(pk__in=found).update(has_moved=False)
    return found
