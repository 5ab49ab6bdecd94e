"""Withdrawing a work whole: every word and file of it goes, and its place in the order stays.

A log is never deleted, so what remains is a tombstone: numbers, dates, and that it was withdrawn.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import CharField, QuerySet, TextField
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.media.models import Version
from coulisses.people import handles, leaving
from coulisses.people.models import Account, Departure
from coulisses.projects import revisions, rules
from coulisses.projects.columns import Cover, Mining
from coulisses.projects.models import Project, Role, Studio, Tier

A_TURN = 25  # entries that lose their words in one transaction
HERE = settings.LANGUAGE_CODE
REASON = "withdrawn"  # what the shredded entries say; pages say it in their language

Whole = Callable[[Project], None]
_whole: list[Whole] = []


def also(duty: Whole) -> Whole:
    """Have `duty(project)` called when a work is withdrawn, for what no entry of it shows."""
    if duty not in _whole:
        _whole.append(duty)
    return duty


def alone(account: Account) -> list[Studio]:
    """Return the studios in which nobody but this account works."""
    others = Role.objects.exclude(account=account).values("studio")
    theirs = Role.objects.filter(account=account, role="owner").exclude(studio__in=others)
    return [role.studio for role in theirs.select_related("studio").order_by("pk")]


def concerns(account: Account, *, withdraws: bool) -> QuerySet[Project]:
    """Return the projects that go with an account: its rehearsals, and on its wish all others."""
    rows = Project.objects.filter(studio__in=alone(account)).select_related("studio", "work")
    return rows if withdraws else rows.filter(curtain_raised_at=None)


@leaving.first
def some(account: Account, asked: Departure) -> bool:
    """Take some words out of what goes with an account; return whether there is more."""
    now = timezone.now()
    projects = concerns(account, withdraws=asked.withdraws).filter(withdrawn_at=None)
    project = projects.order_by("pk").first()
    if project is None:
        _unname(account)
        return False
    if not _shred_some(project, by=account.voice_id, before=asked.due_at, at=now):
        _close(project, at=now)
    return True


def at_once(project: Project, *, by: str, at: datetime) -> None:
    """Withdraw a small work in one go: a practice, of which nobody ever read a word."""
    while _shred_some(project, by=by, before=at, at=at):
        pass
    _close(project, at=at)


@transaction.atomic
def _shred_some(project: Project, *, by: str, before: datetime, at: datetime) -> bool:
    """Shred a few entries told before a time; the words of their shreddings say nothing of them."""
    told = Entry.objects.filter(log=project.work, sealed__isnull=False, told_at__lt=before)
    positions = list(told.order_by("position").values_list("position", flat=True)[:A_TURN])
    for position in positions:
        rules.shred(project, position, reason=REASON, by=by, at=at)
    return bool(positions)


@transaction.atomic
def _close(project: Project, *, at: datetime) -> None:
    """Take out what stands beside the log: titles, names, files that no entry shows."""
    for duty in _whole:
        duty(project)
    names = Version.objects.filter(log=project.work, is_shredded=False)
    store.shred(project.work, list(names.values_list("name", flat=True)))
    Tier.objects.filter(project=project).update(name="")
    project.sittings.update(title="")
    project.struck.all().delete()
    project.viewers.all().delete()  # each says who was let watch
    with translation.override(project.language or HERE):
        title = _("A work withdrawn by its maker")
    said = {**_blank(), "title": title, "withdrawn_at": at}
    if not project.is_raised:
        said["slug"] = project.pk  # nobody has it, and it may say what the work was called
        project.addresses.all().delete()
    Project.objects.filter(pk=project.pk).update(**said)
    revisions.bump(project)


def _blank() -> dict[str, Any]:
    """Return every column of a project that may hold words, without them."""
    columns = Project._meta.concrete_fields
    words = [one for one in columns if isinstance(one, CharField | TextField) and one.blank]
    empty: dict[str, Any] = {one.name: "" for one in words if one.name != "language"}
    return {**empty, "links": [], "cover": Cover.POSTER, "mining": Mining.REFUSED}


def _unname(account: Account) -> None:
    """Take a studio's name off that stays without anybody; its address too where nobody has it."""
    for studio in alone(account):
        raised = Project.objects.filter(studio=studio).exclude(curtain_raised_at=None)
        first = raised.order_by("opened_at").first()
        said = {} if first else {"slug": studio.pk}
        if not first:
            handles.give_up(studio.pk)
        with translation.override(first.language if first and first.language else HERE):
            said["name"] = _("Somebody’s studio")
        Studio.objects.filter(pk=studio.pk).update(**said)
        for project in raised:
            revisions.bump(project)
