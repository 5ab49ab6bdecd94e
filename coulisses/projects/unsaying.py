"""Unsaying: what a voice said loses its words and files; its place in the room and the hand remain.

The database lets words go only where the log says so, by the one kind `entry.shredded`.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.projects import heard
from coulisses.projects.kinds import EntryShredded
from coulisses.projects.models import Project
from coulisses.projects.refusals import AlreadyShredded

Duty = Callable[[Project, Entry], None]

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
    entry = ledger.find(project.room, position)
    require(not entry.is_shredded, AlreadyShredded)
    anew = Entry.objects.filter(
        log=project.room_id, about=position, kind__endswith=".amended", sealed__isnull=False
    )
    for one in [*anew.select_related("sealed"), entry]:
        _shred(project, one, reason=reason, by=by, at=at)
    heard.stir(project)
    return entry


def _shred(project: Project, entry: Entry, *, reason: str, by: str, at: datetime) -> None:
    words = EntryShredded(about=entry.position, reason=reason)
    heard.note(project, words, by=by, at=at, audience=entry.audience)
    for duty in _duties:
        duty(project, entry)
    files = entry.fact.shows()
    ledger.unseal(project.room, entry.position)
    store.shred(project.room, files)
