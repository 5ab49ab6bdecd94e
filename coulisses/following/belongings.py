"""What the house keeps of somebody who follows: an address and a rhythm."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from coulisses.following import queries
from coulisses.following.models import Device
from coulisses.people import holding
from coulisses.people.holding import Row
from coulisses.people.models import Account

holding.keeps(
    "f-following",
    _("The address you leave to follow a work, how often and in which language you are written to"),
    why=_("so that you hear of what you follow, and nobody else’s letters come to you"),
    how_long=_("as long as you follow, and thirty days more; two days until you confirm"),
)
holding.keeps(
    "f-notices",
    _("Where your browser takes notices, and the keys it gave for that"),
    why=_("so that a notice reaches this one device, and can be read there alone"),
    how_long=_("until you end the notices, or your browser says that it is gone"),
)


@holding.shelf("following", _("Works you follow"))
def followed(account: Account) -> Iterator[Row]:
    """Yield what somebody follows by letters."""
    for one in queries.of(account):
        yield {
            "project": one.project.path,
            "address": one.address,
            "rhythm": one.rhythm,
            "language": one.language,
            "asked_at": one.asked_at,
            "confirmed_at": one.confirmed_at,
            "ended_at": one.ended_at,
        }


@holding.shelf("notices", _("Devices that show you notices"))
def noticed(account: Account) -> Iterator[Row]:
    """Yield the devices on which somebody, being in, asked for notices; without their keys."""
    rows = Device.objects.filter(account=account).select_related("project__studio")
    for one in rows.order_by("made_at"):
        yield {"project": one.project.path, "language": one.language, "made_at": one.made_at}


@holding.at_leaving
def forget(account: Account, at: datetime) -> None:
    """Forget what somebody followed at any of their addresses."""
    queries.of(account).order_by().delete()
    Device.objects.filter(account=account).delete()
