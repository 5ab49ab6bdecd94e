"""What somebody may do with notices and with how they come: verbs."""

from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from coulisses.lib.refusals import require
from coulisses.notices import clock
from coulisses.notices.models import Choice, Device, Mail, Muted, Notice
from coulisses.notices.refusals import (
    ChoiceUnknown,
    NoAddressShown,
    NothingToMute,
    NoticeNotFound,
    QuietHalfSaid,
    TooManyDevices,
    TooMuchMuted,
)
from coulisses.people import postal, pushing
from coulisses.people.models import Voice
from coulisses.projects.models import Project

KEPT_READ = timedelta(days=90)
KEPT = timedelta(days=180)
A_SWEEP = 1_000  # rows of one turn
MOST_DEVICES = 20
MOST_MUTED = 1_000
RETURNS = 3  # letters that come back for good …
RETURNS_OVER = timedelta(days=7)  # … at least so long after the first of them


def read(voice: str, notice: int, *, at: datetime) -> None:
    """Note that a notice was read; a second time changes nothing. Raises NoticeNotFound."""
    mine = Notice.objects.filter(pk=notice, voice=voice)
    require(mine.exists(), NoticeNotFound)
    mine.filter(read_at=None).update(read_at=at, mail_at=None, push_at=None)


def read_all(voice: str, *, at: datetime) -> None:
    """Note that somebody has read all that there is for them."""
    mine = Notice.objects.filter(voice=voice, read_at=None)
    mine.update(read_at=at, mail_at=None, push_at=None)


@transaction.atomic
def choose(
    voice: str,
    *,
    mail: str,
    quiet_from: time | None,
    quiet_until: time | None,
    zone: str,
    language: str,
    at: datetime,
) -> Choice:
    """Choose how one hears; what is on its way goes by it, too.

    Raises ChoiceUnknown, QuietHalfSaid, NoAddressShown.
    """
    require(mail in Mail.values and language in dict(settings.LANGUAGES), ChoiceUnknown)
    require(not zone or zone in clock.zones(), ChoiceUnknown)
    require((quiet_from is None) == (quiet_until is None), QuietHalfSaid)
    known = Choice.objects.filter(voice=voice).first() or Choice()
    can_come = mail in (Mail.NONE, known.mail) or voice in postal.boxes([voice])
    require(can_come, NoAddressShown)
    said: dict[str, Any] = {"mail": mail, "quiet_from": quiet_from, "quiet_until": quiet_until}
    said |= {"zone": zone, "language": language, "failures": 0, "failed_at": None}
    choice, _is_new = Choice.objects.update_or_create(voice_id=voice, defaults=said)
    _plan_anew(choice, at)
    return choice


def end_letters(voice: str) -> None:
    """Write to somebody no more of what concerns them; all else stays."""
    with transaction.atomic():
        Choice.objects.update_or_create(voice_id=voice, defaults={"mail": Mail.NONE})
        Notice.objects.filter(voice=voice, mail_at__isnull=False).update(mail_at=None)


def mute(voice: str, project: Project, thread: str, *, place: str, at: datetime) -> None:
    """Be told nothing more of a thread. Raises NothingToMute, TooMuchMuted."""
    require(0 < len(thread) <= 40 and len(place) <= 100, NothingToMute)
    require(Muted.objects.filter(voice=voice).count() < MOST_MUTED, TooMuchMuted)
    said = {"place": place, "at": at}
    Muted.objects.get_or_create(voice_id=voice, project=project, thread=thread, defaults=said)
    waiting = Notice.objects.filter(voice=voice, project=project, thread=thread)
    waiting.filter(Q(mail_at__isnull=False) | Q(push_at__isnull=False)).update(
        mail_at=None, push_at=None
    )


def mute_of(voice: str, notice: int, *, at: datetime) -> Notice:
    """Mute the thread of a notice; return it. Raises NoticeNotFound, NothingToMute."""
    mine = Notice.objects.filter(pk=notice, voice=voice).select_related("project__studio")
    found = mine.first()
    require(found, NoticeNotFound)
    assert found
    mute(voice, found.project, found.thread, place=found.place, at=at)
    return found


def unmute(voice: str, muted: int) -> None:
    """Be told of a thread again. Raises NothingToMute."""
    require(Muted.objects.filter(pk=muted, voice=voice).delete()[0], NothingToMute)


@transaction.atomic
def begin_device(
    voice: str,
    *,
    session: str,
    endpoint: str,
    public_key: str,
    secret: str,
    language: str,
    at: datetime,
) -> None:
    """Show somebody's notices in a browser, until they leave it; it shows nobody else's from then.

    Raises DeviceMalformed, AddressRefused, TooManyDevices.
    """
    pushing.require_device(endpoint, public_key, secret)
    digest = pushing.digest(endpoint)
    others = Device.objects.filter(voice=voice).exclude(digest=digest)
    require(others.count() < MOST_DEVICES, TooManyDevices)
    said = {"endpoint": endpoint, "public_key": public_key, "secret": secret, "failures": 0}
    said |= {"voice_id": voice, "session": session, "language": language, "made_at": at}
    Device.objects.update_or_create(digest=digest, defaults=said)


def end_device(voice: str, *, endpoint: str) -> None:
    """Show no more of somebody's notices in a browser."""
    Device.objects.filter(voice=voice, digest=pushing.digest(endpoint)).delete()


@transaction.atomic
def came_back(handle: str, status: str, at: datetime) -> None:
    """Hear that a letter came back for good, with a status (RFC 3463).

    Where there is nobody of that name (5.1.x) letters end at once; of anything but what the house's
    own standing is refused for (5.7.x) with the third, a week or more after the first.
    """
    choice = Choice.objects.select_for_update().filter(voice=handle).first()
    if choice is None or status.startswith("5.7."):
        return
    choice.failures, choice.failed_at = choice.failures + 1, choice.failed_at or at
    is_long = choice.failures >= RETURNS and at - choice.failed_at >= RETURNS_OVER
    choice.save(update_fields=["failures", "failed_at"])
    if is_long or status.startswith("5.1."):
        end_letters(handle)


def merge(voice: Voice, into: Voice, at: datetime) -> None:
    """Pass a guest's notices, threads they muted, and devices on; their choice where it is one."""
    for model, fields in ((Notice, ("project", "log", "position")), (Muted, ("project", "thread"))):
        known = set(model._default_manager.filter(voice=into).values_list(*fields))
        theirs = model._default_manager.filter(voice=voice)
        twice = [row[0] for row in theirs.values_list("pk", *fields) if row[1:] in known]
        model._default_manager.filter(pk__in=twice).delete()
        theirs.update(voice=into)
    Device.objects.filter(voice=voice).update(voice=into)
    if not Choice.objects.filter(voice=into).exists():
        Choice.objects.filter(voice=voice).update(voice=into)
    forget(voice)


def forget(voice: Voice) -> None:
    """Forget all notices of a voice, and how it wished to hear of them."""
    for model in (Notice, Muted, Device, Choice):
        model._default_manager.filter(voice=voice).delete()


def forget_old() -> bool:
    """Forget what was read months ago, and what nobody read; return whether there is more."""
    now = timezone.now()
    old = Notice.objects.filter(made_at__lt=now - KEPT).values_list("pk", flat=True)
    was_read = Notice.objects.filter(read_at__lt=now - KEPT_READ).values_list("pk", flat=True)
    gone = [*old[:A_SWEEP], *was_read[:A_SWEEP]]
    for start in range(0, len(gone), 500):
        Notice.objects.filter(pk__in=gone[start : start + 500]).delete()
    return len(gone) >= A_SWEEP


def _plan_anew(choice: Choice, at: datetime) -> None:
    """Have what is due come as it is chosen now."""
    waiting = Notice.objects.filter(voice=choice.voice_id, read_at=None)
    waiting.filter(mail_at__isnull=False).update(mail_at=clock.mail_due(choice, at))
    waiting.filter(push_at__isnull=False).update(push_at=clock.push_due(choice, at))
