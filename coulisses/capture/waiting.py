"""Captures that wait: set aside as they come in, then released, dropped, or told when due.

A waiting capture is no entry: it has no position, no line in any stream and no address outside
the team's. What becomes of it is decided on rows, so that nothing is lost when a process dies.
"""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from coulisses.capture.forms import Capture
from coulisses.capture.models import PieceVersion, Unseen, Waiting
from coulisses.capture.refusals import WaitingNotFound
from coulisses.capture.telling import fact_of, tell_all
from coulisses.lib.refusals import Refusal, require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.projects import sight
from coulisses.projects.models import Project
from coulisses.projects.refusals import CurtainHasFallen

A_TURN = 50  # captures told at once when due

_logger = logging.getLogger(__name__)


def set_aside(
    project: Project, captures: Sequence[Capture], *, by: str, at: datetime
) -> dict[str, Waiting]:
    """Return, by `once`, the captures that wait or were dropped; those that must, wait from now.

    Call it in a transaction that holds the project's row. Raises CaptureTooLong, CurtainHasFallen.
    """
    rows = Waiting.objects.filter(project=project, once__in={one.once for one in captures})
    aside = {row.once: row for row in rows}
    quiet = {one.once: one for one in captures if one.policy != "show" and one.once not in aside}
    for once in ledger.once_known(project.work, quiet.keys()) if quiet else ():
        del quiet[once]  # told already, under another policy: it cannot be untold
    for capture in quiet.values():
        aside[capture.once] = _put(project, capture, by=by, at=at)
    return aside


@transaction.atomic
def release(project: Project, ids: Collection[int], *, at: datetime) -> list[Entry]:
    """Tell captures that waited, oldest first. Raises WaitingNotFound, AudienceUnknown."""
    rows = _locked(project, ids)
    told = []
    for row in rows:
        capture, by = Capture.model_validate_json(row.said), row.by_id
        sight.require_audiences(project, {capture.audience})
        row.delete()
        told += tell_all(project, [capture], by_owner=by, at=at)
    return told


@transaction.atomic
def drop(project: Project, ids: Collection[int]) -> None:
    """Forget what captures said and showed; sent again, they stay dropped. Raises WaitingNotFound.

    Which states of files they brought stays known, so that no difference from one is ever shown.
    """
    rows = _locked(project, ids)
    Waiting.objects.filter(pk__in=[row.pk for row in rows]).update(said="", is_dropped=True)
    names = set(Unseen.objects.filter(waiting__in=rows).values_list("version", flat=True))
    store.forget(project.work, names - _needed(project, names))


def dropped(project: Project, names: Collection[str]) -> set[str]:
    """Return those states of files that only dropped captures brought."""
    gone = Unseen.objects.filter(project=project, version__in=names, waiting__is_dropped=True)
    found = set(gone.values_list("version", flat=True))
    return found - _needed(project, found) if found else found


def release_due() -> bool:
    """Tell what was delayed until now; return whether there may be more."""
    at = timezone.now()
    due = Waiting.objects.filter(due_at__lte=at, is_dropped=False)
    rows = list(due.select_related("project__work").order_by("due_at", "pk")[:A_TURN])
    for row in rows:
        _release_one(row, at)
    return len(rows) == A_TURN


def _release_one(row: Waiting, at: datetime) -> None:
    try:
        release(row.project, [row.pk], at=at)
    except WaitingNotFound:
        pass  # another process, or a maker, was there first
    except (Refusal, ValueError) as reason:
        # A tier that is gone, say: from here on a maker decides, and the others are told.
        Waiting.objects.filter(pk=row.pk).update(due_at=None)
        _logger.warning("a delayed capture is held instead: %s", reason)


def _put(project: Project, capture: Capture, *, by: str, at: datetime) -> Waiting:
    require(not project.is_finished, CurtainHasFallen)
    fact_of(capture)
    row = Waiting.objects.create(
        project=project,
        once=capture.once,
        said=capture.model_dump_json(),
        by_id=by,
        arrived_at=at,
        due_at=at + timedelta(seconds=capture.delay) if capture.delay else None,
    )
    Unseen.objects.bulk_create(
        Unseen(project=project, version=version, waiting=row) for version in capture.versions
    )
    return row


def _locked(project: Project, ids: Collection[int]) -> list[Waiting]:
    Project.objects.select_for_update().get(pk=project.pk)
    found = Waiting.objects.filter(project=project, pk__in=set(ids), is_dropped=False)
    rows = list(found.order_by("pk"))
    require(len(rows) == len(set(ids)), WaitingNotFound)
    return rows


def _needed(project: Project, names: set[str]) -> set[str]:
    """Return those of the states that an entry or another waiting capture shows."""
    shown = PieceVersion.objects.filter(project=project, version__in=names)
    awaited = Unseen.objects.filter(project=project, version__in=names, waiting__is_dropped=False)
    return {*shown.values_list("version", flat=True), *awaited.values_list("version", flat=True)}
