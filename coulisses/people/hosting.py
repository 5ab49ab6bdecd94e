"""Who keeps the house: verbs."""

from datetime import datetime

from django.db import transaction

from coulisses.people import rules
from coulisses.people.models import Account


def is_hosted() -> bool:
    """Return whether somebody who may come in keeps this house."""
    return Account.objects.filter(is_host=True, is_active=True).exists()


def appoint(account: Account) -> None:
    """Let an account keep the house, from now on."""
    Account.objects.filter(pk=account.pk).update(is_host=True)
    account.is_host = True


@transaction.atomic
def name(email: str, *, called: str = "", at: datetime) -> Account:
    """Return the account of an address as a host of the house; made if it is new.

    A new one signs as `called`, or as its address begins.
    """
    account = Account.objects.filter(email=email).first()
    if account is None:
        account = rules.welcome(name=called or email.partition("@")[0], email=email, at=at)
    appoint(account)
    return account
