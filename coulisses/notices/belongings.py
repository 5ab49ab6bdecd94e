"""What this room holds of somebody: what they were told of, and how they wish to hear."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from coulisses.notices import rules
from coulisses.notices.models import Choice, Device, Muted, Notice
from coulisses.people import holding
from coulisses.people.holding import Row
from coulisses.people.models import Account, Voice

holding.keeps(
    "f-told",
    _("What you were told of: which entry, why, when, and whether you read it; never its words"),
    why=_("so that you are told once of what concerns you"),
    how_long=rules.KEPT,
)
holding.keeps(
    "f-told-how",
    _("How you wish to be told: letters, quiet hours and your time zone, threads you muted"),
    why=_("so that nothing reaches you at an hour or in a way that you don’t want"),
    how_long=_("as long as you are here"),
)
holding.keeps(
    "f-told-devices",
    _("Where a browser of yours takes notices of what concerns you, and the keys it gave for that"),
    why=_("so that a notice reaches this one device, and can be read there alone"),
    how_long=_("until you end them or leave that browser"),
)


@holding.shelf("told-of", _("What you were told of"))
def told(of: Account) -> Iterator[Row]:
    """Yield what somebody was told of, as far as it is kept."""
    rows = Notice.objects.filter(voice=of.voice_id).select_related("project__studio")
    for one in rows.order_by("pk").iterator(chunk_size=200):
        yield {
            "project": one.project.path,
            "address": f"{one.project.path}{one.place}",
            "reason": one.why,
            "told_at": one.made_at,
            "read_at": one.read_at,
        }


@holding.shelf("told-how", _("How you wish to be told of what concerns you"))
def how(of: Account) -> Iterator[Row]:
    """Yield what somebody chose, what they muted, and since when devices tell them."""
    for one in Choice.objects.filter(voice=of.voice_id):
        yield {
            "mail": one.mail,
            "quiet_from": one.quiet_from and one.quiet_from.isoformat("minutes"),
            "quiet_until": one.quiet_until and one.quiet_until.isoformat("minutes"),
            "zone": one.zone,
            "language": one.language,
        }
    muted = Muted.objects.filter(voice=of.voice_id).select_related("project__studio")
    for quiet in muted.order_by("pk"):
        yield {"project": quiet.project.path, "muted": quiet.thread, "at": quiet.at}
    for device in Device.objects.filter(voice=of.voice_id).order_by("pk"):
        yield {"language": device.language, "made_at": device.made_at}


@holding.at_erasure
def forget_guest(voice: Voice, name: str, logs: list[str]) -> None:
    """Forget what a guest was told of, whom no browser knows from now on."""
    if not Account.objects.filter(voice=voice).exists():
        rules.forget(voice)


@holding.at_leaving
def forget(of: Account, at: datetime) -> None:
    """Forget what somebody was told of, and where."""
    rules.forget(of.voice)
