"""Where letters reach people: the addresses that they have shown to be theirs."""

from collections.abc import Collection

from allauth.account.models import EmailAddress
from django.conf import settings

from coulisses.people.models import Account, Guest


def sends_letters() -> bool:
    """Return whether this house can write: it has a mail server, and knows its own address."""
    return bool(settings.SENDS_LETTERS and settings.PUBLIC_URL)


def addresses_of(account: Account) -> list[str]:
    """Return the confirmed addresses of an account, in lower case."""
    known = EmailAddress.objects.filter(user=account, verified=True).order_by("pk")
    return [one.lower() for one in known.values_list("email", flat=True)]


def boxes(voices: Collection[str]) -> dict[str, str]:
    """Return the confirmed address of each of these voices that has one, in two queries.

    Of an account that has several it is the first one; a guest has shown theirs by a code.
    """
    known = EmailAddress.objects.filter(
        user__voice__in=voices, user__is_active=True, verified=True
    ).order_by("primary", "-pk")
    found = dict(known.values_list("user__voice", "email"))
    guests = Guest.objects.filter(voice__in=voices, verified_at__isnull=False).exclude(email="")
    found = dict(guests.values_list("voice", "email")) | found
    return {voice: address.lower() for voice, address in found.items()}
