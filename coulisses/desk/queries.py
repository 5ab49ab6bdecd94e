"""What a maker finds on coming to the desk."""

from dataclasses import dataclass

from coulisses.people.models import Account
from coulisses.projects import stirred
from coulisses.projects.models import Project, Role

A_PAGE = 24


@dataclass(frozen=True)
class Landing:
    """Somebody's studios, and a page of the projects made there, the one that moved last first."""

    roles: list[Role]
    projects: list[Project]
    older: str


def landing(account: Account, *, after: str) -> Landing:
    """Return what somebody works on; `after` is the place that an earlier page gave."""
    roles = list(Role.objects.filter(account=account).select_related("studio").order_by("pk"))
    rows = Project.objects.filter(studio__in=[role.studio_id for role in roles])
    projects, older = stirred.page(rows, after=after, limit=A_PAGE)
    return Landing(roles, projects, older)
