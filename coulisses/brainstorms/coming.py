"""Who says that they come: counted, told to nobody, and reminded a day and an hour before."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coulisses.brainstorms import circle, course
from coulisses.brainstorms.calling_refusals import (
    AlreadyBegun,
    NotCalledYet,
)
from coulisses.brainstorms.models import Brainstorm, Coming
from coulisses.brainstorms.refusals import (
    CalledOff,
)
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people import acting, crowds
from coulisses.projects import concerned, heard, reminding
from coulisses.projects.concerned import Concern
from coulisses.projects.models import Project
from coulisses.projects.reminding import Reminder
from coulisses.projects.sight import Sight

A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
MOST = 500  # brainstorms, or voices, looked at at once
OPENED = 1  # the entry of a work that opens it: what an hour's reminder speaks of
THREAD = "coming"


def turn(request: Any, of: Brainstorm, seen: Sight, *, at: datetime) -> bool:
    """Have whoever asks come, or come no more; return whether they come now.

    A passer-by is a guest from then on. Raises NotCalledYet, CalledOff, AlreadyBegun,
    OnlyFollowersCome, OnlyMembersCome, TooOften.
    """
    require(of.project.is_raised and not of.project.withdrawn_at, NotCalledYet)
    require(not of.is_called_off, CalledOff)
    require(of.phase == course.CALLED, AlreadyBegun)
    circle.require_asked(of, acting.of(request).account, seen)
    if not acting.of(request).voice:
        crowds.require_few(request)
    with transaction.atomic():
        return _turned(of, acting.slip_in(request, at=at).voice, at)


def noted(request: Any, of: Brainstorm) -> str:
    """Return what whoever comes reads: whether anything will reach them."""
    if not of.starts_at:
        return gettext("Noted: you come. Its hour is still to be said.")
    if acting.of(request).account:
        return gettext("Noted: you come. The bell reminds you a day and an hour before.")
    return gettext(
        "Noted: you come. The bell on this page reminds you a day and an hour before; a letter can,"
        " too, once you have shown an address as a guest."
    )


def _turned(of: Brainstorm, voice: str, at: datetime) -> bool:
    gone, _rows = Coming.objects.filter(project=of.project, voice=voice).delete()
    if not gone:
        Coming.objects.bulk_create(
            [Coming(project=of.project, voice_id=voice, at=at)], ignore_conflicts=True
        )
    heard.stir(of.project)
    return not gone


def left(reminder: Reminder, voices: Collection[str]) -> set[str]:
    """Return those of these voices that said they come."""
    rows = Coming.objects.filter(project=reminder.project, voice__in=list(voices))
    return set(rows.values_list("voice", flat=True))


@reminding.taking_part
def comes(project: Project, after: str, limit: int) -> list[str]:
    """Return who said that they come."""
    rows = Coming.objects.filter(project=project, voice__gt=after).order_by("voice")
    return list(rows.values_list("voice", flat=True)[:limit])


@reminding.by("brainstorm", _("“%(title)s” begins soon, and you said that you come."), left)
def begins_soon(at: datetime) -> Iterator[Reminder]:
    """Yield the brainstorms that begin within a day, and within an hour: each is one reminder."""
    rows = Brainstorm.objects.filter(
        phase=course.CALLED,
        called_off_at=None,
        called_position__gt=0,
        starts_at__gt=at,
        starts_at__lte=at + A_DAY,
        project__curtain_raised_at__isnull=False,
        project__withdrawn_at=None,
    )
    for one in rows.select_related("project__studio").order_by("starts_at", "pk")[:MOST]:
        assert one.starts_at
        is_hour = one.starts_at - at <= AN_HOUR
        key = f"brainstorm:{one.pk}:{one.starts_at:%Y%m%d%H%M}:{'hour' if is_hour else 'day'}"
        yield Reminder(
            *(key, one.project, one.project.title, "", ledger.PUBLIC, one.starts_at),
            position=OPENED if is_hour else one.called_position,
            thread=THREAD,
        )


@concerned.by("brainstorm.moved", brainstorm_moved=_("“%(title)s” begins at another hour."))
def moved(project: Project, entry: Entry) -> Iterator[Concern]:
    """Yield who comes: the hour is another."""
    yield from _who_comes(project, entry, "brainstorm_moved")


@concerned.by("brainstorm.called_off", brainstorm_off=_("“%(title)s” is called off."))
def called_off(project: Project, entry: Entry) -> Iterator[Concern]:
    """Yield who would have come."""
    yield from _who_comes(project, entry, "brainstorm_off")


def _who_comes(project: Project, entry: Entry, why: str) -> Iterator[Concern]:
    """Yield who comes, once: in the brainstorm's own log, not in that of the work it is about."""
    rows = Coming.objects.filter(project=project).order_by("pk").values_list("voice", flat=True)
    for voice in rows.iterator(chunk_size=MOST):
        yield Concern(voice, why, "", thread=THREAD)
