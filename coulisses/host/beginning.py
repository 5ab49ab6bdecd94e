"""How a house finds its first host: a link on the terminal, that works once."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from coulisses.host.models import FirstLink
from coulisses.host.refusals import AddressTaken, FirstLinkClosed, NameMissing
from coulisses.lib.refusals import require
from coulisses.lib.text import clean_line
from coulisses.people import hosting, rules
from coulisses.people.models import Account

LINK_LIVES = timedelta(hours=24)


def link(*, at: datetime) -> str | None:
    """Return the address of a page that makes the first host, or None where there is one.

    Links that were printed before close.
    """
    if hosting.is_hosted():
        return None
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        FirstLink.objects.all().delete()
        FirstLink.objects.create(digest=rules.digest(secret), expires_at=at + LINK_LIVES)
    return f"/house/first/{secret}"


def require_open(secret: str, *, at: datetime) -> None:
    """Raise FirstLinkClosed unless this link makes a host; it is left as it is."""
    links = FirstLink.objects.filter(digest=rules.digest(secret), expires_at__gt=at)
    require(links.exists() and not hosting.is_hosted(), FirstLinkClosed)


@transaction.atomic
def begin(secret: str, *, name: str, email: str, at: datetime) -> Account:
    """Make the first host's account, and close the link.

    Raises FirstLinkClosed, NameMissing, AddressTaken.
    """
    require_open(secret, at=at)
    name = clean_line(name)[:200]
    require(name, NameMissing)
    require(not (email and Account.objects.filter(email=email).exists()), AddressTaken)
    # Of two that use it at once, one finds it gone.
    gone, _ = FirstLink.objects.filter(digest=rules.digest(secret)).delete()
    require(gone, FirstLinkClosed)
    account = rules.welcome(name=name, email=email or None, at=at)
    hosting.appoint(account)
    return account
