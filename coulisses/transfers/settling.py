"""Where a project that arrives is to live: a studio of this house, opened for it where need be."""

from django.db.models import Q

from coulisses.lib.refusals import require
from coulisses.people.models import Account
from coulisses.projects import addresses, rules
from coulisses.projects.models import Role, Studio
from coulisses.transfers.refusals import OwnerUnknown, StudioNotOpened


def place(slug: str, *, owner: str = "") -> tuple[Studio, Account]:
    """Return a studio by its address, present or past, with its first owner.

    One that is not there is opened for `owner`, an account's name or e-mail address. Raises
    StudioNotOpened, OwnerUnknown, SlugMalformed, SlugReserved, SlugTaken.
    """
    known = Studio.objects.filter(slug=slug).first() or addresses.studio_at(slug)
    roles = Role.objects.filter(studio=known, role="owner").order_by("pk")
    first = roles.select_related("studio", "account__voice").first()
    if first:
        return first.studio, first.account
    require(owner and not known, StudioNotOpened, slug=slug)
    account = _called(owner)
    return rules.open_studio(slug=slug, name=slug.replace("-", " ").title(), owner=account), account


def _called(who: str) -> Account:
    named = Q(email__iexact=who) if "@" in who else Q(voice__name=who)
    found = list(Account.objects.filter(named, is_active=True).select_related("voice")[:2])
    require(len(found) == 1, OwnerUnknown, who=who)
    return found[0]
