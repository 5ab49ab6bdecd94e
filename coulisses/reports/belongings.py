"""What reports hold of somebody: those they sent while they were in."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from coulisses.people import holding
from coulisses.people.holding import Row
from coulisses.people.models import Account
from coulisses.reports import rules
from coulisses.reports.models import Report

holding.keeps(
    "e-reports",
    _("What you report or write to the host, and the address you leave with it"),
    why=_("so that it is looked into and answered, as the law asks"),
    how_long=rules.KEPT_FOR,
)
holding.keeps(
    "e-tries",
    _("How often a network address reports or writes, as a fingerprint"),
    why=_("so that no machine floods the house"),
    how_long=rules.COUNTED_FOR,
)


@holding.shelf("reports", _("Reports and letters you sent"))
def sent(account: Account) -> Iterator[Row]:
    """Yield what somebody reported or wrote while they were in, and what became of it."""
    rows = Report.objects.filter(account=account).order_by("told_at")
    for one in rows.select_related("project__studio", "studio"):
        yield {
            "number": one.pk,
            "told_at": one.told_at,
            "reason": str(one.get_reason_display()),
            "address": one.subject,
            "words": one.words,
            "email": one.address,
            "state": str(one.get_outcome_display()) if one.outcome else "",
        }


@holding.at_leaving
def forget_sender(account: Account, at: datetime) -> None:
    """Take the address off what somebody sent: it can still be looked into, and nobody sent it."""
    Report.objects.filter(account=account).update(address="", account=None)
    if account.email:
        Report.objects.filter(address__iexact=account.email).update(address="")
