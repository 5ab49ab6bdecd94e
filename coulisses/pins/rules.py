"""What may happen to pins: verbs."""

from datetime import datetime

from django.db import transaction

from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.pins.kinds import EntryPinned, EntryUnpinned
from coulisses.pins.models import Pin
from coulisses.pins.refusals import AlreadyPinned, NothingToPin, NotPinned
from coulisses.projects.kinds import EntryShredded
from coulisses.projects.models import Project
from coulisses.projects.telling import tell


@transaction.atomic
def pin(project: Project, position: int, *, by: str, at: datetime) -> Entry:
    """Put an entry into the short reading. Raises EntryNotFound, NothingToPin, AlreadyPinned."""
    entry = ledger.find(project.work, position)
    require(not entry.is_shredded and not entry.fact.is_quiet, NothingToPin)
    _, is_new = Pin.objects.get_or_create(
        project=project, position=position, defaults={"audience": entry.audience}
    )
    require(is_new, AlreadyPinned)
    return _tell(project, EntryPinned(about=position), audience=entry.audience, by=by, at=at)


@transaction.atomic
def unpin(project: Project, position: int, *, by: str, at: datetime) -> Entry:
    """Take an entry out of the short reading. Raises NotPinned."""
    pinned = Pin.objects.filter(project=project, position=position)
    found = pinned.first()
    require(found and pinned.delete()[0], NotPinned)
    assert found
    return _tell(project, EntryUnpinned(about=position), audience=found.audience, by=by, at=at)


def forget(project: Project, entry: Entry) -> None:
    """Unpin an entry whose words are about to go."""
    Pin.objects.filter(project=project, position=entry.position).delete()


def replay(project: Project) -> None:
    """Derive the pins anew from the log as it stands."""
    pinned: dict[int, str] = {}
    for kind, about, audience in _told(project):
        if kind == EntryPinned.kind_name:
            pinned[about] = audience
        else:
            pinned.pop(about, None)
    Pin.objects.filter(project=project).delete()
    Pin.objects.bulk_create(
        Pin(project=project, position=position, audience=audience)
        for position, audience in pinned.items()
    )


def _tell(
    project: Project, fact: EntryPinned | EntryUnpinned, *, audience: str, by: str, at: datetime
) -> Entry:
    return tell(project, fact, by=by, audience=audience, happened_at=at, told_at=at)


def _told(project: Project) -> list[tuple[str, int, str]]:
    """What was told of pins, in the order of the log: kind, position spoken of, audience."""
    kinds = [EntryPinned.kind_name, EntryUnpinned.kind_name, EntryShredded.kind_name]
    told = Entry.objects.filter(log=project.work, kind__in=kinds).order_by("position")
    return [(one.kind, one.about or 0, one.audience) for one in told]
