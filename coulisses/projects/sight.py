"""Sight: who may read what, decided here and nowhere else."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.people.models import Account
from coulisses.people.refusals import SignInFirst
from coulisses.projects import rows
from coulisses.projects.models import Membership, Originals, Project, Role, Studio, Tier
from coulisses.projects.refusals import (
    AudienceUnknown,
    NotOfTheTeam,
    OnlyMakers,
    OnlyTheOwner,
    ProjectNotFound,
    StudioNotFound,
)


@dataclass(frozen=True)
class Sight:
    """What somebody may read in a project, and whether they belong to its team."""

    audiences: frozenset[str]
    role: str = ""

    @property
    def is_team(self) -> bool:
        """Whether this is one of the studio's own, before whom nothing is curtained."""
        return bool(self.role)

    @property
    def is_maker(self) -> bool:
        """Whether this is somebody whose word is told at once, and who releases others'."""
        return self.role in ("owner", "maker")

    @property
    def is_owner(self) -> bool:
        """Whether this is an owner of the studio."""
        return self.role == "owner"

    @property
    def is_outside(self) -> bool:
        """Whether this is what anybody sees: the only sight that may be cached for all."""
        return self.audiences == ledger.OUTSIDE and not self.role

    def has_originals(self, project: Project) -> bool:
        """Whether the files themselves are theirs to take, of entries that they may see."""
        if project.originals == Originals.KEPT:
            return self.is_team
        return project.originals == Originals.GIVEN

    def require_team(self) -> None:
        """Raise NotOfTheTeam unless this is one of the studio's own."""
        require(self.is_team, NotOfTheTeam)

    def require_maker(self) -> None:
        """Raise NotOfTheTeam, or OnlyMakers for a contributor."""
        self.require_team()
        require(self.is_maker, OnlyMakers)

    def require_owner(self) -> None:
        """Raise OnlyTheOwner unless this is an owner."""
        require(self.is_owner, OnlyTheOwner)


def of(account: Account | None, project: Project) -> Sight:
    """Return what an account (None: a passer-by) sees of a project.

    Raises ProjectNotFound while the curtain is down, but for the team.
    """
    return _sees(account, project, _role(account, project))


def find(studio_slug: str, project_slug: str) -> Project:
    """Return a project by its address, seen or not. Raises ProjectNotFound."""
    return _found(studio_slug, project_slug, None)[0]


def asked(user: Any, studio_slug: str, project_slug: str) -> tuple[Project, Sight]:
    """Return a project by its address and what a request's user sees of it.

    Raises ProjectNotFound.
    """
    account = user if isinstance(user, Account) else None
    project, role = _found(studio_slug, project_slug, account)
    return project, _sees(account, project, role)


def at_desk(user: Any, studio_slug: str, project_slug: str) -> tuple[Project, Sight]:
    """Return a project and what one of its team sees of it: the way in to every page of its desk.

    Raises SignInFirst, and ProjectNotFound for whoever is not of the team.
    """
    require(isinstance(user, Account), SignInFirst)
    project, seen = asked(user, studio_slug, project_slug)
    require(seen.is_team, ProjectNotFound)
    return project, seen


def studio_at_desk(user: Any, slug: str) -> tuple[Studio, Sight]:
    """Return a studio and what one of its team is there. Raises SignInFirst, StudioNotFound."""
    require(isinstance(user, Account), SignInFirst)
    role = Role.objects.select_related("studio").filter(studio__slug=slug, account=user).first()
    require(role and user.is_active, StudioNotFound)
    assert role
    return role.studio, Sight(ledger.EVERYTHING, role.role)


def require_audiences(project: Project, audiences: Collection[str]) -> None:
    """Raise AudienceUnknown unless each is public or a tier of this project."""
    circles = set(audiences) - {ledger.PUBLIC}
    if not circles:
        return
    known = Tier.objects.filter(project=project, pk__in=circles).values_list("pk", flat=True)
    for unknown in sorted(circles - set(known)):
        raise AudienceUnknown(audience=unknown)


def _sees(account: Account | None, project: Project, role: str) -> Sight:
    if role:
        return Sight(ledger.EVERYTHING, role)
    require(project.is_raised, ProjectNotFound)
    if account is None:
        return Sight(ledger.OUTSIDE)
    theirs = Membership.objects.filter(tier__project=project, account=account)
    return Sight(ledger.OUTSIDE | set(theirs.values_list("tier_id", flat=True)))


def _found(studio_slug: str, slug: str, account: Account | None) -> tuple[Project, str]:
    asker = account.pk if account and account.is_active else None
    found = rows.project(studio_slug, slug, account=asker)
    if found is None:
        raise ProjectNotFound
    return found


def _role(account: Account | None, project: Project) -> str:
    if account is None or not account.is_active:
        return ""
    rows = Role.objects.filter(studio=project.studio_id, account=account)
    return rows.values_list("role", flat=True).first() or ""
