"""What the outbox holds of somebody: letters to their address, for a month."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from coulisses.mail import sending
from coulisses.mail.models import Letter
from coulisses.people import holding
from coulisses.people.holding import Row
from coulisses.people.models import Account

holding.keeps(
    "a-letters",
    _("Letters of the house to you; of one that holds a code, not its text"),
    why=_("so that the host sees whether they arrive"),
    how_long=sending.KEPT,
)


@holding.shelf("letters", _("Letters of the house to you"))
def letters(account: Account) -> Iterator[Row]:
    """Yield the letters to an account's address; the text of one with a code stays out."""
    if not account.email:
        return
    for one in Letter.objects.filter(to__iexact=account.email).order_by("made_at"):
        words = "" if one.holds_code else one.text
        yield {"created_at": one.made_at, "subject": one.subject, "words": words}


@holding.at_leaving
def forget_letters(account: Account, at: datetime) -> None:
    """Forget the letters to the address of somebody who goes."""
    if account.email:
        Letter.objects.filter(to__iexact=account.email).delete()
