"""Notices on a device: who asked for them, and telling them what is new."""

import hashlib
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import ngettext

from coulisses.following import news, rounds, sealing
from coulisses.following.models import NOTICES, Device, Round
from coulisses.following.refusals import DeviceMalformed
from coulisses.lib import outbound
from coulisses.lib.outbound import Exchange
from coulisses.lib.refusals import Refusal, require
from coulisses.lib.text import shorten
from coulisses.people.models import Account
from coulisses.projects import announced
from coulisses.projects.models import Project

AN_HOUR = timedelta(hours=1)
A_SLICE = 20  # devices that are told in one turn
MOST = 20_000  # devices of one project
PATIENCE = 5.0  # seconds for each
FAILURES = 10  # in a row, after which a device is forgotten
LIVES = 24 * 60 * 60  # seconds for which a browser that is off may be waited for
LONGEST = 160  # characters of a notice

_logger = logging.getLogger(__name__)


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
    outbound.require_public(endpoint)
    require(urlsplit(endpoint).scheme == "https" or settings.REACHES, DeviceMalformed)
    sealing.require_key(public_key, secret)
    require(Device.objects.filter(project=project).count() < MOST, DeviceMalformed)
    said = {"endpoint": endpoint, "public_key": public_key, "secret": secret, "failures": 0}
    said |= {"language": language, "account": account, "made_at": at}
    Device.objects.update_or_create(
        project=project,
        digest=_digest(endpoint),
        defaults=said,
        create_defaults={**said, "position": announced.end_of(project)},
    )
    rounds.prepare(project, NOTICES, at=at)


def end(project: Project, *, endpoint: str) -> None:
    """Show no more notices of a project on a device."""
    Device.objects.filter(project=project, digest=_digest(endpoint)).delete()


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
    said = [_words(one.project, device, one.upto) for device in mine]
    # All at once: whoever answers slowly, on purpose even, keeps no other device waiting.
    with ThreadPoolExecutor(A_SLICE) as pool:
        became = list(pool.map(_tell, mine, said))
    for device, result in zip(mine, became, strict=True):
        _note(device, result)
    if len(some) < A_SLICE:
        rounds.close(one, now)


def _claim(device: Device, upto: int) -> bool:
    """Move a device on before it is told: a notice is worth its moment only, a later one says more.

    Return false where another process has moved it.
    """
    row = Device.objects.filter(pk=device.pk, position=device.position)
    return bool(row.update(position=upto))


def _tell(device: Device, words: bytes | None) -> bool | None:
    """Tell a device what there is to say, if anything. It touches no database."""
    return _send(device, words) if words else True


def _note(device: Device, became: bool | None) -> None:
    row = Device.objects.filter(pk=device.pk)
    if became is None or (not became and device.failures + 1 >= FAILURES):
        row.delete()
    else:
        row.update(failures=0 if became else F("failures") + 1)


def _words(project: Project, device: Device, upto: int) -> bytes | None:
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
    return json.dumps({**shown, "path": path, "tag": project.work_id}).encode()


def _send(device: Device, words: bytes) -> bool | None:
    """Return whether a notice was taken; None where its device is gone."""
    headers = {
        "authorization": sealing.signed(device.endpoint),
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "ttl": str(LIVES),
        "topic": device.project_id[:32],
        "urgency": "low",
    }
    try:
        sealed = sealing.seal(words, public_key=device.public_key, secret=device.secret)
        how = Exchange(seconds=PATIENCE, longest=4096)
        reply = outbound.send("POST", device.endpoint, headers=headers, body=sealed, how=how)
    except Refusal as trouble:
        _logger.info("a device could not be told: %s", type(trouble).__name__)
        return False
    return None if reply.status in (404, 410) else reply.is_well


def _digest(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode("utf-8", "replace")).hexdigest()
