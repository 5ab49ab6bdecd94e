"""What the house holds of somebody in letters."""

from collections.abc import Iterator
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coulisses.mail.models import Letter
from coulisses.people import holding
from coulisses.people.holding import Row
from coulisses.people.models import Account


@holding.shelf("letters", _("Letters that were written to you in the last thirty days"))
def letters(of: Account) -> Iterator[Row]:
    """Yield the letters to an account's addresses; what holds a code without its words."""
    for one in _to(of).order_by("pk"):
        yield {
            "to": one.to,
            "subject": one.subject,
            "text": "" if one.holds_code else one.text,
            "made_at": one.made_at,
            "sent_at": one.sent_at,
        }


@holding.at_leaving
def forget_letters(of: Account, at: datetime) -> None:
    """Forget what was written to somebody who goes."""
    _to(of).delete()


def _to(account: Account) -> QuerySet[Letter]:
    known = EmailAddress.objects.filter(user=account).values_list("email", flat=True)
    theirs = Q(pk__in=[])
    for address in {account.email or "", *known} - {""}:
        theirs |= Q(to__iexact=address)
    return Letter.objects.filter(theirs)
