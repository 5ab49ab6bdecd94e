"""Unsaying: what a voice said loses its words and files; its place in the room and the hand remain.

The database lets words go only where the log says so, by the one kind `entry.shredded`.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log import rows as log_rows
from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.people import leaving
from coulisses.people.models import Account, Departure
from coulisses.projects import heard, withdrawing
from coulisses.projects.kinds import EntryShredded
from coulisses.projects.models import Project
from coulisses.projects.refusals import AlreadyShredded

Duty = Callable[[Project, Entry], None]

A_TURN = 25  # entries that lose their words in one transaction

_duties: list[Duty] = []


def also(duty: Duty) -> Duty:
    """Have `duty(project, entry)` called as it is unsaid, in one transaction, the words there."""
    if duty not in _duties:
        _duties.append(duty)
    return duty


@transaction.atomic
def unsay(project: Project, position: int, *, reason: str, by: str, at: datetime) -> Entry:
    """Take the words and files of an entry of the room out for good, those of its amendments too.

    Raises EntryNotFound, AlreadyShredded.
    """
    log_rows.head(project.room_id)  # of two who take it out at once one comes too late
    entry = ledger.find(project.room, position)
    require(not entry.is_shredded, AlreadyShredded)
    anew = Entry.objects.filter(
        log=project.room_id, about=position, kind__endswith=".amended", sealed__isnull=False
    )
    for one in [*anew.select_related("sealed"), entry]:
        _shred(project, one, reason=reason, by=by, at=at)
    heard.stir(project)
    return entry


@leaving.first
def empty_rooms(account: Account, asked: Departure) -> bool:
    """Take out some of what was said around works that are withdrawn; say whether there is more.

    Whatever its kind and whoever said it: of such a work no word stays.
    """
    goes = withdrawing.concerns(account, withdraws=asked.withdraws)
    rows = Entry.objects.filter(log__in=goes.values("room"), sealed__isnull=False)
    rows = rows.exclude(kind=EntryShredded.kind_name).order_by("pk")
    some = list(rows.values_list("log", "position")[:A_TURN])
    projects = {one.room_id: one for one in goes.filter(room__in={log for log, _at in some})}
    by, at = account.voice_id, timezone.now()
    with transaction.atomic():
        for log, position in some:
            with suppress(AlreadyShredded):  # new words go with the first
                unsay(projects[log], position, reason=withdrawing.REASON, by=by, at=at)
    return bool(some)


def _shred(project: Project, entry: Entry, *, reason: str, by: str, at: datetime) -> None:
    words = EntryShredded(about=entry.position, reason=reason)
    heard.note(project, words, by=by, at=at, audience=entry.audience)
    for duty in _duties:
        duty(project, entry)
    files = entry.fact.shows()
    ledger.unseal(project.room, entry.position)
    store.shred(project.room, files)
