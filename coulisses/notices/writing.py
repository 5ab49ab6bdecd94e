"""Notices are written down: for whom something is, as each wishes to hear of it, once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import transaction

from coulisses.log import ledger
from coulisses.notices import clock, people
from coulisses.notices.models import ROOM, Choice, Device, Muted, Notice
from coulisses.people import postal, shunning
from coulisses.projects import pseudonyms
from coulisses.projects.concerned import Concern
from coulisses.projects.models import Project

A_TURN = 200  # people who are told in one transaction


@dataclass(frozen=True)
class Told:
    """What people are told of: an entry of a log (of `models.LOGS`), by whom, and for whom.

    `until` is when it is over, where it ends. `is_said`: words of somebody's own, and no act.
    """

    project: Project
    log: str
    position: int
    by: str
    audience: str = ledger.PUBLIC
    until: datetime | None = None
    is_said: bool = True


def write(told: Told, concerns: Iterable[Concern], *, at: datetime) -> None:
    """Write notices of something down, some hundreds of people at a time.

    Who was told of it already is not told again: a process that dies on the way goes on where it
    was. Left out are its author, whoever may not read it, has muted it, or is gone.
    """
    for some in _turns(iter(concerns)):
        _write(told, some, at)


@transaction.atomic
def _write(told: Told, concerns: Sequence[Concern], at: datetime) -> None:
    known = _readers(told.project, {one.voice for one in concerns} | {told.by})
    author = known.get(told.by)
    first: dict[people.Reader, Concern] = {}
    for one in concerns:
        reader = known.get(one.voice)
        if reader and reader != author:
            first.setdefault(reader, one)
    seeing = people.seeing(told.project, told.audience, first)
    quiet = _muted(told.project, first)
    away = _keep_away(told, first)
    rows = {
        reader.voice: _row(told, reader, one, at)
        for reader, one in first.items()
        if reader in seeing
        and reader.voice not in away
        and not {(reader.voice, ""), (reader.voice, one.thread)} & quiet
    }
    _plan(rows, at, told.until)
    Notice.objects.bulk_create(rows.values(), ignore_conflicts=True)


def _readers(project: Project, voices: set[str]) -> dict[str, people.Reader]:
    """Return who reads by each of these voices; who speaks behind a pseudonym is told as well."""
    behind = {voice: one.owner for voice, one in pseudonyms.of(project, voices).items()}
    known = people.readers(voices | set(behind.values()))
    return known | {voice: known[owner] for voice, owner in behind.items() if owner in known}


def _row(told: Told, reader: people.Reader, one: Concern, at: datetime) -> Notice:
    return Notice(
        voice_id=reader.voice,
        project=told.project,
        log=told.log,
        position=told.position,
        why=one.why[:32],
        place=one.place[:100],
        thread=one.thread[:40],
        made_at=at,
    )


def _muted(project: Project, readers: Iterable[people.Reader]) -> set[tuple[str, str]]:
    voices = [one.voice for one in readers]
    rows = Muted.objects.filter(voice__in=voices, project=project)
    return set(rows.values_list("voice", "thread"))


def _keep_away(told: Told, readers: Iterable[people.Reader]) -> set[str]:
    """Return who would rather not hear whoever says this in the room; acts all are told of."""
    whom = told.by if told.log == ROOM and told.is_said else ""
    return shunning.shunning(whom, among=[one.voice for one in readers])


def _plan(rows: dict[str, Notice], at: datetime, until: datetime | None) -> None:
    """Say when each is due by letter and on a device."""
    choices = {one.voice_id: one for one in Choice.objects.filter(voice__in=rows)}
    boxes = postal.boxes(rows) if postal.sends_letters() else {}
    devices = set(Device.objects.filter(voice__in=rows).values_list("voice", flat=True))
    for voice, row in rows.items():
        choice = choices.get(voice) or Choice()
        if voice in boxes:
            row.mail_at = clock.mail_due(choice, at, until=until)
        if voice in devices:
            row.push_at = clock.push_due(choice, at, until=until)


def _turns(concerns: Iterator[Concern]) -> Iterator[list[Concern]]:
    while some := list(islice(concerns, A_TURN)):
        yield some
