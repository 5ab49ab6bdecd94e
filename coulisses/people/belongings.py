"""What the house holds of an account itself, and who may not leave: the last who keeps its door."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import require
from coulisses.people import exports, holding
from coulisses.people.holding import Row
from coulisses.people.models import Account, Export, SignInLink
from coulisses.people.refusals import LastHost


@holding.shelf("account", _("Your account"))
def account(of: Account) -> Iterator[Row]:
    """Yield the account."""
    yield {
        "name": of.voice.name,
        "is_named": of.voice.is_named,
        "voice": of.voice_id,
        "email": of.email,
        "created_at": of.created_at,
        "last_login": of.last_login,
        "is_host": of.is_host,
    }


@holding.shelf("links", _("Links that signed you in, without their secrets"))
def links(of: Account) -> Iterator[Row]:
    """Yield the sign-in links that were printed for an account."""
    for one in SignInLink.objects.filter(account=of).order_by("expires_at"):
        yield {"expires_at": one.expires_at, "used_at": one.used_at}


@holding.before_leaving
def require_another_host(of: Account) -> None:
    """Keep the last host in. Raises LastHost."""
    others = Account.objects.filter(is_host=True, is_active=True).exclude(pk=of.pk)
    require(not of.is_host or others.exists(), LastHost)


@holding.at_leaving
def forget_export(of: Account, at: datetime) -> None:
    """Drop what was put together for an account that goes."""
    for export in Export.objects.filter(account=of):
        exports.drop(export)
