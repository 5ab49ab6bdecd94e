"""What moments hold of somebody: what they shared and did not tell yet."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from coulisses.moments import sharing
from coulisses.moments.models import Shared
from coulisses.people import holding
from coulisses.people.holding import Row
from coulisses.people.models import Account

holding.keeps(
    "c-shared",
    _("What you shared to the house and did not tell"),
    why=_("so that you can tell it"),
    how_long=sharing.KEPT_FOR,
)


@holding.shelf("shared", _("Shared and not told yet"))
def shared(account: Account) -> Iterator[Row]:
    """Yield what stands ready to be told."""
    rows = Shared.objects.filter(account=account).order_by("arrived_at")
    for one in rows.select_related("project"):
        yield {
            "arrived_at": one.arrived_at,
            "words": one.words,
            "project": one.project.title,
            "number": len(one.versions),
        }


@holding.at_leaving
def forget_shared(account: Account, at: datetime) -> None:
    """Forget what was shared, with its pictures."""
    rows = Shared.objects.filter(account=account)
    for one in rows.select_related("project__work"):
        sharing.forget(one)
