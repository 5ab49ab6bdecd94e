"""Notices on a device: who asked for them, and telling them what is new."""

import json
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import ngettext

from coulisses.following import news, rounds
from coulisses.following.models import NOTICES, Device, Round
from coulisses.lib.refusals import require
from coulisses.lib.text import shorten
from coulisses.people import pushing
from coulisses.people.models import Account
from coulisses.people.pushing import A_SLICE, Push
from coulisses.people.refusals import DeviceMalformed
from coulisses.projects import announced
from coulisses.projects.models import Project

AN_HOUR = timedelta(hours=1)
MOST = 20_000  # devices of one project
LONGEST = 160  # characters of a notice


@transaction.atomic
def begin(
    project: Project,
    *,
    endpoint: str,
    public_key: str,
    secret: str,
    language: str,
    account: Account | None,
    at: datetime,
) -> None:
    """Show notices of a project on a device. Raises DeviceMalformed, AddressRefused."""
    pushing.require_device(endpoint, public_key, secret)
    require(Device.objects.filter(project=project).count() < MOST, DeviceMalformed)
    said = {"endpoint": endpoint, "public_key": public_key, "secret": secret, "failures": 0}
    said |= {"language": language, "account": account, "made_at": at}
    Device.objects.update_or_create(
        project=project,
        digest=pushing.digest(endpoint),
        defaults=said,
        create_defaults={**said, "position": announced.end_of(project)},
    )
    rounds.prepare(project, NOTICES, at=at)


def end(project: Project, *, endpoint: str) -> None:
    """Show no more notices of a project on a device."""
    Device.objects.filter(project=project, digest=pushing.digest(endpoint)).delete()


def send() -> bool:
    """Tell some devices what is new; return whether there is more."""
    now = timezone.now()
    rows = Round.objects.filter(rhythm=NOTICES, upto__isnull=False)
    under_way = rows.select_related("project__studio", "project__work").order_by("due_at")
    some = list(under_way[:5])
    for one in some:
        _tell_some(one, now)
    return bool(some)


def _tell_some(one: Round, now: datetime) -> None:
    """Tell the next devices. Two processes never tell the same one."""
    assert one.upto is not None
    behind = Device.objects.filter(project=one.project_id, position__lt=one.upto)
    some = list(behind.order_by("pk")[:A_SLICE])
    mine = [device for device in some if _claim(device, one.upto)]
    became = pushing.send([_push(one.project, device, one.upto) for device in mine])
    for device, result in zip(mine, became, strict=True):
        pushing.note(device, result)
    if len(some) < A_SLICE:
        rounds.close(one, now)


def _claim(device: Device, upto: int) -> bool:
    """Move a device on before it is told: a notice is worth its moment only, a later one says more.

    Return false where another process has moved it.
    """
    row = Device.objects.filter(pk=device.pk, position=device.position)
    return bool(row.update(position=upto))


def _push(project: Project, device: Device, upto: int) -> Push | None:
    told = news.entries(project, device.position, upto) if project.withdrawn_at is None else []
    if not told:
        return None
    with translation.override(device.language):
        last = news.lines(project, told[-news.LOOKED_AT :])[-1]
        said, more = last.words, len(told) - last.count
        if more:
            rest = ngettext("and %(more)d more", "and %(more)d more", more) % {"more": more}
            said = f"{said} · {rest}"
    path = f"{project.path}{last.position}" if len(told) == 1 else project.path
    shown = {"title": shorten(project.title, LONGEST), "body": shorten(said, LONGEST)}
    spelled = json.dumps({**shown, "path": path, "tag": project.work_id}).encode()
    keys = device.public_key, device.secret
    return Push(device.endpoint, *keys, spelled, topic=device.project_id)
