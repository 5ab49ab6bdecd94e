"""What an account's page shows."""

from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from coulisses.accounts import devices
from coulisses.accounts.models import Device
from coulisses.people.models import Account


@dataclass
class WaysIn:
    """By what somebody comes in, and where they are in. `codes` counts recovery codes left."""

    account: Account
    session: str
    has_password: bool
    address: str = ""
    is_confirmed: bool = False
    passkeys: list[Authenticator] = field(default_factory=list)
    has_app: bool = False
    codes: int | None = None
    devices: list[Device] = field(default_factory=list)


def ways_in(account: Account, *, session: str) -> WaysIn:
    """Return what an account's page shows to whoever is signed in by this session."""
    made = WaysIn(account, session, account.has_usable_password(), account.email or "")
    made.is_confirmed = EmailAddress.objects.filter(
        user=account, email=made.address, verified=True
    ).exists()
    for one in Authenticator.objects.filter(user=account).order_by("created_at"):
        if one.type == Authenticator.Type.WEBAUTHN:
            made.passkeys.append(one)
        elif one.type == Authenticator.Type.TOTP:
            made.has_app = True
        else:
            made.codes = len(one.wrap().get_unused_codes())
    made.devices = devices.of(account)
    return made
