"""Notices on devices: an errand tells the browsers of those for whom something is due there."""

import json
from datetime import datetime

from django.contrib.sessions.models import Session
from django.utils import timezone, translation
from django.utils.translation import ngettext

from coulisses.lib.text import shorten
from coulisses.notices import clock, people, showing
from coulisses.notices.models import Choice, Device, Notice
from coulisses.notices.showing import Shown
from coulisses.people import pushing
from coulisses.people.pushing import Push

A_TURN = 20  # readers
LONGEST = 160  # characters of a line
TOPIC = "notices"


def send() -> bool:
    """Tell the devices of some; return whether there may be more.

    What is due is taken up before it is told: a push is worth its moment only, and what a process
    that dies leaves untold stands in the page.
    """
    now = timezone.now()
    due = Notice.objects.filter(push_at__lte=now).order_by("push_at")
    voices = list(dict.fromkeys(due.values_list("voice", flat=True)[: A_TURN * 4]))[:A_TURN]
    for voice in voices:
        _tell(voice, now)
    return bool(voices)


def _tell(voice: str, now: datetime) -> None:
    reader, choice = people.reader_of(voice), Choice.objects.filter(voice=voice).first()
    waiting = Notice.objects.filter(voice=voice, push_at__lte=now)
    due = clock.awake(choice or Choice(), now)
    if due > now:
        waiting.update(push_at=due)
        return
    rows = waiting.select_related("project__studio").order_by("-made_at")
    told = [one for one in rows[: showing.MOST] if _claim(one)]
    devices = _devices(voice, now) if reader and told else []
    if not (reader and devices):
        return
    unmuted = showing.unmuted(reader, told)
    pushes = [_push(one, reader, unmuted, now) for one in devices]
    for device, became in zip(devices, pushing.send(pushes), strict=True):
        pushing.note(device, became)


def _claim(one: Notice) -> bool:
    """Take a notice up; return false where another process has it."""
    row = Notice.objects.filter(pk=one.pk, push_at=one.push_at)
    return bool(row.update(push_at=None)) and one.read_at is None


def _devices(voice: str, now: datetime) -> list[Device]:
    """Return the browsers in which somebody is still known; they left the others."""
    found = list(Device.objects.filter(voice=voice).order_by("pk"))
    rows = Session.objects.filter(expire_date__gt=now)
    live = set(
        rows.filter(session_key__in=[one.session for one in found]).values_list(
            "session_key", flat=True
        )
    )
    Device.objects.filter(pk__in=[one.pk for one in found if one.session not in live]).delete()
    return [one for one in found if one.session in live]


def _push(device: Device, reader: people.Reader, told: list[Notice], now: datetime) -> Push | None:
    with translation.override(device.language):
        shown = showing.shown(reader, told, at=now)
        return _of(device, shown) if shown else None


def _of(device: Device, shown: list[Shown]) -> Push:
    first, more = shown[0], len(shown) - 1
    body = first.sentence
    if more:
        rest = ngettext("and %(more)d more", "and %(more)d more", more) % {"more": more}
        body = f"{body} · {rest}"
    said = {
        "title": shorten(first.project.title, LONGEST),
        "body": shorten(body, LONGEST),
        "path": "/notices/" if more else first.path,
        "tag": TOPIC,
    }
    words = json.dumps(said).encode()
    return Push(device.endpoint, device.public_key, device.secret, words, topic=TOPIC)
