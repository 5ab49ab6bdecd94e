"""Who is among those that something of a project is for: its followers, its members, its team.

Rooms say by one word whom they ask in, and refuse in words of their own.
"""

from collections.abc import Collection

from coulisses.people.models import Account
from coulisses.projects import followed
from coulisses.projects.models import Membership, Project

FOLLOWERS, MEMBERS = "followers", "members"


def is_among(who: str, account: Account | None, projects: Collection[Project]) -> bool:
    """Return whether an account follows one of these projects, or is a member of one, by `who`.

    Any other word is for everybody. The team is asked for by whoever asks.
    """
    if who not in (FOLLOWERS, MEMBERS):
        return True
    if account is None:
        return False
    if who == MEMBERS:
        return Membership.objects.filter(tier__project__in=projects, account=account).exists()
    return any(followed.is_followed(one, account) for one in projects)
