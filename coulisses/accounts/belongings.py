"""What the house holds of somebody's ways in."""

from collections.abc import Iterator
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from coulisses.accounts import devices as places
from coulisses.accounts.models import Device
from coulisses.people import holding
from coulisses.people.holding import Row
from coulisses.people.models import Account, Invitation


@holding.shelf("addresses", _("Your addresses"))
def addresses(of: Account) -> Iterator[Row]:
    """Yield an account's addresses."""
    for one in EmailAddress.objects.filter(user=of).order_by("pk"):
        yield {"email": one.email, "is_confirmed": one.verified}


@holding.shelf("keys", _("Your passkeys and second keys, without their secrets"))
def keys(of: Account) -> Iterator[Row]:
    """Yield what an account comes in with beside a password."""
    for one in Authenticator.objects.filter(user=of).order_by("pk"):
        named = one.wrap().name if one.type == Authenticator.Type.WEBAUTHN else ""
        yield {
            "kind": str(one.type),
            "name": named,
            "created_at": one.created_at,
            "last_used_at": one.last_used_at,
        }


@holding.shelf("devices", _("Where you are in"))
def devices(of: Account) -> Iterator[Row]:
    """Yield the browsers that an account is signed in with."""
    for one in Device.objects.filter(account=of).order_by("pk"):
        yield {
            "browser": one.browser,
            "system": one.system,
            "network": one.network,
            "began_at": one.began_at,
            "seen_at": one.seen_at,
        }


@holding.shelf("invitations", _("Invitations that you wrote, without their secrets"))
def invitations(of: Account) -> Iterator[Row]:
    """Yield the invitations of an account."""
    for one in Invitation.objects.filter(created_by=of).order_by("pk"):
        yield {
            "kind": one.kind,
            "note": one.note,
            "created_at": one.created_at,
            "expires_at": one.expires_at,
            "used_at": one.used_at,
            "revoked_at": one.revoked_at,
        }


@holding.at_leaving
def shut_every_device(of: Account, at: datetime) -> None:
    """Sign somebody who goes out everywhere."""
    places.end_all(of, but="")
