"""Who may make an account: what the host has settled, and what an invitation opens."""

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from coulisses.house import rules as house
from coulisses.house.models import SignUp
from coulisses.people import invitations
from coulisses.people.invitations import InvitationNoLongerOpens
from coulisses.people.models import Account, Invitation

INVITATION = "invitation"  # the word in an address that holds the secret


def invitation(request: HttpRequest) -> Invitation | None:
    """Return the invitation that an address brings along, if it opens anything."""
    secret = request.GET.get(INVITATION, "")
    try:
        return invitations.find(secret, at=timezone.now()) if secret else None
    except InvitationNoLongerOpens:
        return None


def may_sign_up(request: HttpRequest) -> bool:
    """Whether who asks may make an account.

    In an open house everybody may, else whoever was invited; in a closed one by a host alone.
    """
    policy, invited = house.current().sign_up, invitation(request)
    if policy == SignUp.CLOSED:
        return invited is not None and invited.created_by.is_host
    return policy == SignUp.OPEN or invited is not None


def comes_without_a_letter(account: Account) -> bool:
    """Whether somebody is let in with an address that nobody has confirmed.

    Only where the house sends no letters, and only whom somebody has invited: else the host would
    have to read a code out to each of them.
    """
    return not settings.SENDS_LETTERS and Invitation.objects.filter(used_by=account).exists()
