"""What a host may do with people: look them up, stop one, let one in again, share the keys."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from coulisses.host.refusals import PersonNotFound, PersonStopped
from coulisses.lib import text
from coulisses.lib.refusals import require
from coulisses.people import hosting, invitations, rules
from coulisses.people.models import Account, Invitation, SignInLink
from coulisses.people.refusals import LastHost

PAGE = 30
HOUSE = "house"  # the kind of an invitation that lets somebody sign up


@dataclass(frozen=True)
class Page:
    """Some accounts, newest first, and where the next page begins ("" at the end)."""

    accounts: list[Account]
    after: str


@dataclass(frozen=True)
class Invitations:
    """Some invitations, newest first, and where the next page begins ("" at the end)."""

    rows: list[Invitation]
    after: str


def page(*, after: str = "", named: str = "") -> Page:
    """Return a page of accounts; `named` is a part of a name or an address."""
    rows = Account.objects.select_related("voice").order_by("-pk")
    rows = rows.filter(_below(after))
    if named:
        rows = rows.filter(voice__name__icontains=named) | rows.filter(email__icontains=named)
    found = list(rows[: PAGE + 1])
    return Page(found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else "")


def open_invitations(*, after: str = "", at: datetime) -> Invitations:
    """Return a page of the house's invitations that nobody has used yet."""
    rows = Invitation.objects.filter(kind=HOUSE, used_at=None, revoked_at=None, expires_at__gt=at)
    found = list(rows.filter(_below(after)).order_by("-pk")[: PAGE + 1])
    return Invitations(found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else "")


def find(pk: int) -> Account:
    """Return an account. Raises PersonNotFound."""
    account = Account.objects.select_related("voice").filter(pk=pk).first()
    require(account, PersonNotFound)
    assert account
    return account


@transaction.atomic
def stop(account: Account) -> None:
    """Let somebody in no more, signed in or not; what they told stays. Raises LastHost."""
    _require_another(account)
    SignInLink.objects.filter(account=account, used_at=None).delete()
    Account.objects.filter(pk=account.pk).update(is_active=False)


def let_in_again(account: Account) -> None:
    """Let somebody who was stopped come in again."""
    Account.objects.filter(pk=account.pk).update(is_active=True)


def make_host(account: Account) -> None:
    """Let somebody keep the house, too. Raises PersonStopped."""
    require(account.is_active, PersonStopped)
    hosting.appoint(account)


@transaction.atomic
def make_guest(account: Account, *, at: datetime) -> None:
    """Let somebody keep the house no more, nor let others into it. Raises LastHost."""
    _require_another(account)
    invitations.revoke_all(kind=HOUSE, by=account, at=at)
    Account.objects.filter(pk=account.pk).update(is_host=False)


def link(account: Account, *, at: datetime) -> str:
    """Return the address of a page that signs somebody in once. Raises PersonStopped."""
    require(account.is_active, PersonStopped)
    return f"/enter/{rules.sign_in_link(account, at=at)}"


def _below(after: str) -> Q:
    """Return the rows below a key, as an address brings it; all of them where it is none."""
    key = text.number(after)
    return Q() if key is None else Q(pk__lt=key)


def _require_another(account: Account) -> None:
    # All hosts are locked in one order: of two that stop each other, one is refused.
    hosts = Account.objects.select_for_update().filter(is_host=True, is_active=True)
    others = set(hosts.order_by("pk").values_list("pk", flat=True)) - {account.pk}
    require(others or not account.is_host, LastHost)
