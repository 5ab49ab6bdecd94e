"""What may happen to people: verbs."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, cast

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal, require
from coulisses.log import ledger, sweeping
from coulisses.people import holding
from coulisses.people.models import Account, SignInLink, Voice
from coulisses.people.refusals import OnlyTheHost, SignInFirst

LINK_LIVES = timedelta(hours=24)


class LinkNoLongerOpens(Refusal):
    """A sign-in link was used already, has expired, or never was."""

    status = 410
    sentence = _(
        "This link has been used, or it is too old. Start the house again: it prints a new one."
    )


def welcome(*, name: str, email: str | None, at: datetime) -> Account:
    """Make an account with a named voice."""
    with transaction.atomic():
        voice = Voice.objects.create(name=name, is_named=True)
        account = Account(voice=voice, email=email, created_at=at)
        account.set_unusable_password()
        account.save()
    return account


def rename(account: Account, *, name: str) -> None:
    """Have somebody's voice be known by another name; `accounts.rules.rename` tells the pages."""
    Voice.objects.filter(pk=account.voice_id).update(name=name, is_named=True)
    account.voice.refresh_from_db()


def require_account(user: Any) -> Account:
    """Return a request's user, who came in. Raises SignInFirst."""
    require(isinstance(user, Account), SignInFirst)
    return cast(Account, user)


def require_host(user: Any) -> Account:
    """Return a request's user, who keeps this house. Raises SignInFirst, OnlyTheHost."""
    account = require_account(user)
    require(account.is_host and account.is_active, OnlyTheHost)
    return account


@transaction.atomic
def erase_name(voice: Voice, *, at: datetime) -> None:
    """Take a voice's name out of everything: what it said stays, and somebody said it."""
    known = Voice.objects.select_for_update().get(pk=voice.pk)
    before = list(Voice.objects.select_for_update().filter(became=voice.pk).order_by("pk"))
    everyone = [known, *before]
    logs = {one.pk: ledger.logs_of(one.pk) for one in everyone}
    gone = Voice.objects.filter(pk__in=list(logs))
    gone.update(name="", is_named=False, erased_at=at)
    for one in everyone:
        holding.erase(one, one.name, logs[one.pk])
    voice.name, voice.is_named, voice.erased_at = "", False, at
    transaction.on_commit(sweeping.sweep, robust=True)


def sign_in_link(account: Account, *, at: datetime) -> str:
    """Return a secret that signs this account in once, within a day (URL-safe, 43 characters)."""
    secret = secrets.token_urlsafe(32)
    SignInLink.objects.create(digest=digest(secret), account=account, expires_at=at + LINK_LIVES)
    return secret


def whom_it_lets_in(secret: str, *, at: datetime) -> Account:
    """Return whom a sign-in link would sign in, and leave it unused. Raises LinkNoLongerOpens."""
    link = _open_links(secret, at).select_related("account__voice").first()
    require(link, LinkNoLongerOpens)
    assert link
    return link.account


def enter(secret: str, *, at: datetime) -> Account:
    """Use a sign-in link up. Raises LinkNoLongerOpens."""
    account = whom_it_lets_in(secret, at=at)
    require(_open_links(secret, at).update(used_at=at), LinkNoLongerOpens)
    return account


def _open_links(secret: str, at: datetime) -> QuerySet[SignInLink]:
    return SignInLink.objects.filter(digest=digest(secret), used_at=None, expires_at__gt=at)


def digest(secret: str) -> str:
    """Return the SHA-256 of a random secret in hex: what the database keeps instead of it."""
    return hashlib.sha256(secret.encode()).hexdigest()
