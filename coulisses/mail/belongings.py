"""What the outbox holds of somebody: letters to their address, for a month."""

import re
from collections.abc import Iterator
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coulisses.mail import sending
from coulisses.mail.models import Letter
from coulisses.people import holding
from coulisses.people.holding import Row
from coulisses.people.models import Account, Voice

holding.keeps(
    "a-letters",
    _("Letters of the house to you; of one that holds a code, not its text"),
    why=_("so that the host sees whether they arrive"),
    how_long=sending.KEPT,
)


@holding.shelf("letters", _("Letters of the house to you"))
def letters(account: Account) -> Iterator[Row]:
    """Yield the letters to an account's addresses; the text of one with a code stays out."""
    for one in _to(account).order_by("made_at"):
        words = "" if one.holds_code else one.text
        yield {
            "to": one.to,
            "created_at": one.made_at,
            "subject": one.subject,
            "words": words,
        }


@holding.at_leaving
def forget_letters(account: Account, at: datetime) -> None:
    """Forget the letters to the addresses of somebody who goes."""
    _to(account).delete()


@holding.at_erasure
def forget_name(voice: Voice, name: str, logs: list[str]) -> None:
    """Have letters that name somebody, an invitation say, speak of somebody."""
    if not name:
        return
    alone = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for one in Letter.objects.filter(Q(text__contains=name) | Q(subject__contains=name)):
        said = {"text": one.text, "subject": one.subject}
        bare = {key: alone.sub(gettext("somebody"), words) for key, words in said.items()}
        Letter.objects.filter(pk=one.pk).update(**bare)


def _to(account: Account) -> QuerySet[Letter]:
    known = EmailAddress.objects.filter(user=account).values_list("email", flat=True)
    theirs = Q(pk__in=[])
    for address in {account.email or "", *known} - {""}:
        theirs |= Q(to__iexact=address)
    return Letter.objects.filter(theirs)
