"""Questions about those who follow: numbers for a team, never who they are."""

from django.db.models import Q, QuerySet

from coulisses.following.models import Device, Follower
from coulisses.lib import places
from coulisses.people import postal
from coulisses.people.models import Account
from coulisses.projects.models import Project

MOST = 200  # that one page of somebody's own lists


def by_letter(project: Project) -> int:
    """Return how many follow a project by letter."""
    return Follower.objects.filter(
        project=project, confirmed_at__isnull=False, ended_at=None
    ).count()


def by_notice(project: Project) -> int:
    """Return how many follow a project by notices."""
    return Device.objects.filter(project=project).count()


def of(account: Account) -> QuerySet[Follower]:
    """Return what an account follows, by an address that it has confirmed or had when it asked."""
    theirs = Q(account=account) | Q(address__in=postal.addresses_of(account))
    return Follower.objects.filter(theirs).select_related("project__studio").order_by("-asked_at")


def page(account: Account, *, after: str, limit: int) -> tuple[list[Follower], str]:
    """Return a page of what an account is written to about, the newest first, and what follows it.

    Raises PlaceMalformed.
    """
    live = of(account).filter(confirmed_at__isnull=False, ended_at=None)
    shown = live.filter(project__curtain_raised_at__isnull=False, project__withdrawn_at=None)
    return places.page(shown, "asked_at", after=after, limit=limit)


def one(account: Account, project: Project) -> Follower | None:
    """Return how an account is written to about a project; None where it is not."""
    live = of(account).filter(confirmed_at__isnull=False, ended_at=None)
    return live.filter(project=project).first()


def is_followed(project: Project, account: Account) -> bool:
    """Return whether an account follows a project, by letter or by notices on a device."""
    by_device = Device.objects.filter(project=project, account=account)
    return one(account, project) is not None or by_device.exists()


def listed(account: Account) -> list[Follower]:
    """Return what an account is written to about, the newest first, for its page."""
    live = of(account).filter(confirmed_at__isnull=False, ended_at=None)
    return [one for one in live[:MOST] if one.project.is_raised]


def voices(project: Project, after: str, limit: int) -> list[str]:
    """Return the voices of accounts that follow a project, rising after one."""
    found: set[str] = set()
    live = Follower.objects.filter(project=project, confirmed_at__isnull=False, ended_at=None)
    for rows in (live, Device.objects.filter(project=project)):
        known = rows.filter(account__voice__gt=after).order_by("account__voice")
        found |= set(known.values_list("account__voice", flat=True).distinct()[:limit])
    return sorted(found)[:limit]
