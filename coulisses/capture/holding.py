"""What entries told of but did not show: files that hold a secret, or that were not there."""

from collections.abc import Iterator, Sequence
from typing import Any

from coulisses.capture.kinds import CaptureTaken
from coulisses.capture.models import HeldBack
from coulisses.log.models import Entry
from coulisses.projects.models import Project

A_TURN = 500

Told = Sequence[tuple[Entry, CaptureTaken]]


def note(project: Project, told: Told) -> None:
    """Note what these captures held back or missed."""
    rows = [row for entry, fact in told for row in _rows(project, entry, fact)]
    if rows:
        HeldBack.objects.bulk_create(rows, batch_size=A_TURN)


def forget(project: Project, entry: Entry) -> None:
    """Take out what was noted of a capture whose words are about to go."""
    if isinstance(entry.fact, CaptureTaken):
        HeldBack.objects.filter(project=project, position=entry.position).delete()


def replay(project: Project) -> None:
    """Note everything anew from the log as it stands."""
    HeldBack.objects.filter(project=project).delete()
    told = Entry.objects.filter(log=project.work_id, kind=CaptureTaken.kind_name)
    for entry in told.select_related("sealed").order_by("position").iterator(chunk_size=A_TURN):
        if isinstance(entry.fact, CaptureTaken):
            note(project, [(entry, entry.fact)])


def _rows(project: Project, entry: Entry, fact: CaptureTaken) -> Iterator[HeldBack]:
    listed: list[tuple[dict[str, Any], bool]] = [
        *((one, False) for one in fact.held),
        *((one, True) for one in fact.missing),
    ]
    for one, is_missing in listed:
        yield HeldBack(
            project=project,
            position=entry.position,
            path=one["path"],
            reason=one["reason"],
            is_missing=is_missing,
        )
