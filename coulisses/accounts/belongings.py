"""What ways in hold of somebody: addresses, second keys, the browsers that are in."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from coulisses.accounts import devices
from coulisses.accounts.models import Device
from coulisses.people import holding, invitations
from coulisses.people.holding import Row
from coulisses.people.models import Account, Invitation

holding.keeps(
    "a-devices",
    _("Which browser and system you are in with, and from which network, roughly"),
    why=_("so that you know your own again, and shut out what isn’t"),
    how_long=timedelta(seconds=settings.SESSION_COOKIE_AGE),
)
holding.keeps(
    "a-invitations",
    _("Invitations, as fingerprints, with the note of whoever invites"),
    why=_("so that each lets one person in"),
    how_long=invitations.LIVES,
)


@holding.shelf("addresses", _("Your addresses"))
def addresses(account: Account) -> Iterator[Row]:
    """Yield an account's addresses, and whether they were confirmed."""
    for one in EmailAddress.objects.filter(user=account).order_by("pk"):
        yield {"email": one.email, "is_confirmed": one.verified}


@holding.shelf("keys", _("Passkeys and codes, without their secrets"))
def keys(account: Account) -> Iterator[Row]:
    """Yield what else opens an account."""
    for one in Authenticator.objects.filter(user=account).order_by("created_at"):
        name = str((one.data or {}).get("name", "")) if one.type == "webauthn" else ""
        yield {"kind": one.type, "name": name, "created_at": one.created_at}


@holding.shelf("devices", _("Browsers you are in with"))
def browsers(account: Account) -> Iterator[Row]:
    """Yield where somebody is signed in."""
    for one in Device.objects.filter(account=account).order_by("began_at"):
        yield {
            "browser": one.browser,
            "system": one.system,
            "network": one.network,
            "began_at": one.began_at,
            "seen_at": one.seen_at,
        }


@holding.shelf("invitations", _("Invitations you gave, without their secrets"))
def invited(account: Account) -> Iterator[Row]:
    """Yield whom somebody invited, in their own words."""
    for one in Invitation.objects.filter(created_by=account).order_by("pk"):
        yield {"label": one.note, "created_at": one.created_at, "expires_at": one.expires_at}


@holding.at_leaving
def shut(account: Account, at: datetime) -> None:
    """Sign every browser of somebody's out; what their sessions remembered goes."""
    devices.end_all(account, but="")
