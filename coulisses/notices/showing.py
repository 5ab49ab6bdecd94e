"""What notices say, read when they are shown or sent: as their reader may read it at that moment.

What was shredded, taken back or hidden since, what they may see no more, words of somebody they
would rather not hear, and a reminder of what is done or over, say nothing: they are left out.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from coulisses.lib.html import plain
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.notices import people, reminders, rows
from coulisses.notices.models import ENDS, ROOM, Muted, Notice
from coulisses.notices.people import Reader
from coulisses.people import rows as voices
from coulisses.people import shunning
from coulisses.projects import closed, concerned, reminding
from coulisses.projects.models import Hidden, Project
from coulisses.ui import headlines

LONGEST = 160  # characters of what was said
MOST = 100  # that are looked at to be counted
Place = tuple[str, int]


@dataclass(frozen=True)
class Shown:
    """A notice in words: the sentence, what was said (the project's language), where it leads."""

    notice: Notice
    sentence: str
    words: str
    path: str

    @property
    def project(self) -> Project:
        """The project that it is about."""
        return self.notice.project


def shown(reader: Reader, notices: Collection[Notice], *, at: datetime) -> list[Shown]:
    """Return what these notices of a reader's say, in their order, in a dozen queries at most.

    Their projects and studios are read along with them.
    """
    projects = {one.project_id: one.project for one in notices}
    eyes = people.audiences(reader, list(projects.values()))
    there = [one for one in notices if one.project_id in eyes]
    told = _told(there, eyes, projects.values())
    hidden = _hidden(there)
    left = _left(reader, there, at)
    away = shunning.shunned_by(reader.voice)
    names = voices.names({entry.by for entry, _sequels in told.values()})
    return [
        _worded(one, *told[_place(one)], names)
        for one in there
        if _place(one) in told
        and not told[_place(one)][0].is_shredded
        and (one.project_id, one.position, one.log) not in hidden
        and not (one.log == ROOM and _is_away(told[_place(one)][0], away))
        and (one.log != ENDS or one.pk in left)
    ]


def _is_away(entry: Entry, away: Collection[str]) -> bool:
    """Whether somebody whom a reader would rather not hear says this; acts they are told of."""
    return entry.by in away and not entry.fact.is_quiet


def unread(reader: Reader, *, at: datetime) -> list[Shown]:
    """Return what a reader has not read, the newest first: no more than are counted."""
    if not rows.has_unread(reader.voice):  # as mostly; every page of theirs asks
        return []
    notices = Notice.objects.filter(voice=reader.voice, read_at=None).order_by("-made_at", "pk")
    return shown(reader, list(notices.select_related("project__studio")[:MOST]), at=at)


def unmuted(reader: Reader, notices: Iterable[Notice]) -> list[Notice]:
    """Return those of these notices whose thread is not muted by now."""
    rows = Muted.objects.filter(voice=reader.voice)
    quiet = set(rows.values_list("project", "thread"))
    return [
        one for one in notices if not {(one.project_id, one.thread), (one.project_id, "")} & quiet
    ]


def _place(one: Notice) -> Place:
    log = one.project.room_id if one.log == ROOM else one.project.work_id
    return log, one.position


def _told(
    notices: Sequence[Notice], eyes: Mapping[str, frozenset[str]], projects: Iterable[Project]
) -> dict[Place, tuple[Entry, list[Entry]]]:
    audiences: dict[str, frozenset[str]] = {}
    for one in projects:
        if one.pk in eyes:
            heard = frozenset[str]() if closed.hides(one, eyes[one.pk]) else eyes[one.pk]
            audiences |= {one.work_id: eyes[one.pk], one.room_id: heard}
    return ledger.pick({_place(one) for one in notices}, audiences=audiences)


def _hidden(notices: Sequence[Notice]) -> set[tuple[str, int, str]]:
    positions = {one.position for one in notices if one.log == ROOM}
    if not positions:
        return set()
    rows = Hidden.objects.filter(
        project__in={one.project_id for one in notices}, position__in=positions
    )
    return {
        (project, position, ROOM) for project, position in rows.values_list("project", "position")
    }


def _left(reader: Reader, notices: Sequence[Notice], at: datetime) -> set[int]:
    """Return which of these remind of what is not over, and not done by their reader."""
    ends = [one for one in notices if one.log == ENDS]
    if not ends:
        return set()
    due = {(one.project.pk, one.position): one for one in reminding.due(at=at)}
    open_ = [(one.pk, due.get((one.project_id, one.position))) for one in ends]
    return {pk for pk, one in open_ if one and reminders.left(one, {reader})}


def _worded(notice: Notice, entry: Entry, sequels: list[Entry], names: Mapping[str, str]) -> Shown:
    project, words = notice.project, _words(notice, entry, sequels)
    name = notice.why.removeprefix("ends_")
    if notice.log == ENDS and reminding.is_known(name):
        sentence = reminding.sentence(name, words=words, title=project.title)
        words = ""
    else:
        said: Mapping[str, Any] = {
            "who": names.get(entry.by) or gettext("Somebody"),
            "title": project.title,
        }
        sentence = concerned.sentence(notice.why) % said
    return Shown(notice, sentence or project.title, words, f"{project.path}{notice.place}")


def _words(notice: Notice, entry: Entry, sequels: list[Entry]) -> str:
    if notice.log != ROOM:
        return headlines.said(entry, sequels)
    anew = [one for one in sequels if one.kind.endswith(".amended") and not one.is_shredded]
    return plain((anew[-1] if anew else entry).fact.headline(), longest=LONGEST)
