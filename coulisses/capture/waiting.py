"""Captures that wait: set aside as they come in, then released, dropped, or told when due.

A waiting capture is no entry: it has no position, no line in any stream and no address outside
the team's. What becomes of it is decided on rows, so that nothing is lost when a process dies.
"""

import logging
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from coulisses.capture.forms import Capture
from coulisses.capture.models import PieceVersion, Unseen, Waiting
from coulisses.capture.refusals import DroppedForGood, WaitingNotFound
from coulisses.capture.telling import fact_of, tell_all
from coulisses.lib.refusals import Refusal, require
from coulisses.log import ledger, sweeping
from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.people.models import Account
from coulisses.projects import sight, telling
from coulisses.projects.models import Project
from coulisses.projects.refusals import CurtainHasFallen, OnlyMakers

A_TURN = 50  # captures told at once when due
KEPT_FOR = timedelta(hours=1)  # in which what was dropped can be taken back

FOR_GOOD = Q(waiting__is_dropped=True, waiting__dropped_at=None)

_logger = logging.getLogger(__name__)


def set_aside(
    project: Project,
    captures: Sequence[Capture],
    *,
    by: str,
    at: datetime,
    is_proposed: bool = False,
) -> dict[str, Waiting]:
    """Return, by `once`, the captures that wait or were dropped; those that must, wait from now.

    What is proposed waits for a maker whatever its policy says; sent by a maker as well, it is the
    maker's. Call it in a transaction that holds the project's log. Raises CaptureTooLong,
    CurtainHasFallen.
    """
    rows = Waiting.objects.filter(project=project, once__in={one.once for one in captures})
    aside = {row.once: row for row in rows}
    if not is_proposed:
        _make_way(aside)
    quiet = {
        one.once: one
        for one in captures
        if (is_proposed or one.policy != "show") and one.once not in aside
    }
    for once in ledger.once_known(project.work, quiet.keys()) if quiet else ():
        del quiet[once]  # told already, under another policy: it cannot be untold
    for capture in quiet.values():
        aside[capture.once] = _put(project, capture, by=by, at=at, is_proposed=is_proposed)
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
        told += tell_all(project, [capture], by_owner=by, at=at, is_proposed=row.is_proposed)
    return told


@transaction.atomic
def hold(project: Project, ids: Collection[int]) -> None:
    """Take the clock off captures that were due: they wait for a word. Raises WaitingNotFound."""
    rows = _locked(project, ids)
    Waiting.objects.filter(pk__in=[row.pk for row in rows]).update(due_at=None)


@transaction.atomic
def drop(project: Project, ids: Collection[int], *, at: datetime) -> None:
    """Take captures out of the tray; sent again, they stay dropped. Raises WaitingNotFound.

    For an hour they can be taken back; then what they said and showed is forgotten.
    """
    rows = _locked(project, ids)
    dropped = Waiting.objects.filter(pk__in=[row.pk for row in rows])
    dropped.update(is_dropped=True, dropped_at=at)


@transaction.atomic
def take_back(project: Project, ids: Collection[int], *, at: datetime) -> None:
    """Let what was dropped wait again; what has been due meanwhile is held, and not told at once.

    Raises WaitingNotFound, DroppedForGood.
    """
    rows = _locked(project, ids, is_dropped=True)
    lately = {row.pk for row in rows if row.dropped_at and row.dropped_at > at - KEPT_FOR}
    require(len(lately) == len(rows), DroppedForGood)
    back = Waiting.objects.filter(pk__in=lately)
    back.filter(due_at__lte=at).update(due_at=None)
    back.update(is_dropped=False, dropped_at=None)


def dropped(project: Project, names: Collection[str]) -> set[str]:
    """Return those states of files that only captures brought that were dropped for good."""
    gone = Unseen.objects.filter(FOR_GOOD, project=project, version__in=names)
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


def forget_dropped() -> bool:
    """Forget what was dropped an hour ago; return whether there may be more."""
    until = timezone.now() - KEPT_FOR
    late = Waiting.objects.filter(dropped_at__lte=until).order_by("dropped_at")
    rows = list(late.select_related("project__work")[:A_TURN])
    for row in rows:
        _forget(row.project, row.pk, until)
    return len(rows) == A_TURN


@transaction.atomic
def _forget(project: Project, row_id: int, until: datetime) -> None:
    """Forget what a capture said and showed, unless it was taken back meanwhile.

    Which states of files it brought stays known: no difference from one is ever shown.
    """
    telling.hold(project)
    late = Waiting.objects.filter(pk=row_id, dropped_at__lte=until)
    if late.update(said="", dropped_at=None):
        names = set(Unseen.objects.filter(waiting=row_id).values_list("version", flat=True))
        store.forget(project.work, names - _needed(project, names))
        transaction.on_commit(sweeping.sweep, robust=True)


def _release_one(row: Waiting, at: datetime) -> None:
    try:
        _require_maker_still(row)
        release(row.project, [row.pk], at=at)
    except WaitingNotFound:
        pass  # another process, or a maker, was there first
    except (Refusal, ValueError) as reason:
        # A tier that is gone, say, or a hand that left: a maker decides, and the others are told.
        Waiting.objects.filter(pk=row.pk).update(due_at=None)
        _logger.warning("a delayed capture is held instead: %s", reason)


def _require_maker_still(row: Waiting) -> None:
    """Raise OnlyMakers where who set the clock makes nothing here any more."""
    hand = Account.objects.filter(voice=row.by_id).first()
    role = sight.role_of(hand, row.project.studio_id)
    require(role in ("owner", "maker"), OnlyMakers)


def _make_way(aside: dict[str, Waiting]) -> None:
    """Let what contributors proposed go where a maker sends the same."""
    proposed = [row for row in aside.values() if row.is_proposed and not row.is_dropped]
    for row in proposed:
        del aside[row.once]
    Waiting.objects.filter(pk__in=[row.pk for row in proposed]).delete()


def _put(
    project: Project, capture: Capture, *, by: str, at: datetime, is_proposed: bool
) -> Waiting:
    require(not project.is_finished, CurtainHasFallen)
    fact_of(capture)
    clock = None if is_proposed else capture.delay
    row = Waiting.objects.create(
        project=project,
        once=capture.once,
        said=capture.model_dump_json(),
        by_id=by,
        arrived_at=at,
        due_at=at + timedelta(seconds=clock) if clock else None,
        is_proposed=is_proposed,
    )
    Unseen.objects.bulk_create(
        Unseen(project=project, version=version, waiting=row) for version in capture.versions
    )
    return row


def _locked(project: Project, ids: Collection[int], *, is_dropped: bool = False) -> list[Waiting]:
    telling.hold(project)
    found = Waiting.objects.filter(project=project, pk__in=set(ids), is_dropped=is_dropped)
    rows = list(found.order_by("pk"))
    require(len(rows) == len(set(ids)), WaitingNotFound)
    return rows


def _needed(project: Project, names: Iterable[str]) -> set[str]:
    """Return those of the states that an entry shows, or a capture that waits or may again."""
    asked = set(names)
    shown = PieceVersion.objects.filter(project=project, version__in=asked)
    awaited = Unseen.objects.filter(project=project, version__in=asked).exclude(FOR_GOOD)
    return {*shown.values_list("version", flat=True), *awaited.values_list("version", flat=True)}
