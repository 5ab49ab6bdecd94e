"""Sight: who may read what, decided here and nowhere else."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.people.models import Account
from coulisses.people.refusals import SignInFirst
from coulisses.projects import addresses, closed, rows, viewers
from coulisses.projects.models import (
    Membership,
    Originals,
    Project,
    Role,
    Studio,
    Tier,
    Viewer,
)
from coulisses.projects.refusals import (
    AudienceUnknown,
    NotOfTheTeam,
    OnlyMakers,
    OnlyTheOwner,
    ProjectMoved,
    ProjectNotFound,
    StudioMoved,
    StudioNotFound,
)


@dataclass(frozen=True)
class Sight:
    """What somebody may read in a project, and whether they belong to its team.

    `viewer` is the link by which somebody watches a rehearsal: all that is told, and no more.
    """

    audiences: frozenset[str]
    role: str = ""
    viewer: Viewer | None = field(default=None, compare=False)

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
    def is_viewer(self) -> bool:
        """Whether this is a guest of the rehearsal, who reads and does nothing."""
        return self.viewer is not None

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


def of(user: Any, project: Project) -> Sight:
    """Return what a request's user (None: a passer-by) sees of a project.

    Raises ProjectNotFound while the curtain is down, but for the team and who was let watch.
    """
    return _sees(user, project, role_of(user, project.studio_id))


def role_of(user: Any, studio_id: str) -> str:
    """Return the role of a request's user in a studio, empty where there is none."""
    if not (isinstance(user, Account) and user.is_active):
        return ""
    roles = Role.objects.filter(studio=studio_id, account=user)
    return roles.values_list("role", flat=True).first() or ""


def find(studio_slug: str, project_slug: str) -> Project:
    """Return a project by its address, or by one that it had; seen or not.

    Raises ProjectNotFound.
    """
    found = rows.project(studio_slug, project_slug, account=None)
    project = found[0] if found else addresses.project_at(studio_slug, project_slug)
    require(project, ProjectNotFound)
    assert project
    return project


def asked(user: Any, studio_slug: str, project_slug: str) -> tuple[Project, Sight]:
    """Return a project by its address and what a request's user sees of it.

    Raises ProjectNotFound; ProjectMoved for an address that a project of theirs to see had.
    """
    asker = user.pk if isinstance(user, Account) and user.is_active else None
    found = rows.project(studio_slug, project_slug, account=asker)
    if found is not None:
        with suppress(ProjectNotFound):
            return found[0], _sees(user, *found)
    # What is hidden is looked for as long as what isn't there.
    moved = addresses.project_at(studio_slug, project_slug)
    require(moved and of(user, moved), ProjectNotFound)
    assert moved
    raise ProjectMoved((studio_slug, project_slug), (moved.studio.slug, moved.slug))


def followed(user: Any, studio_slug: str, project_slug: str) -> tuple[Project, Sight]:
    """Return what `asked` does, and follow a project to where it moved. Raises ProjectNotFound."""
    try:
        return asked(user, studio_slug, project_slug)
    except ProjectMoved as moved:
        return asked(user, moved.studio, moved.project)


def at_desk(user: Any, studio_slug: str, project_slug: str) -> tuple[Project, Sight]:
    """Return a project and what one of its team sees of it: the way in to every page of its desk.

    Raises SignInFirst, and ProjectNotFound for whoever is not of the team.
    """
    require(isinstance(user, Account), SignInFirst)
    project, seen = asked(user, studio_slug, project_slug)
    require(seen.is_team, ProjectNotFound)
    return project, seen


def studio(user: Any, slug: str) -> Studio:
    """Return a studio that a request's user may know of: their own, or one that shows something.

    Raises StudioNotFound; StudioMoved for an address that such a studio had.
    """
    found = Studio.objects.filter(slug=slug).first() or addresses.studio_at(slug)
    require(found and _knows_of(user, found), StudioNotFound)
    assert found
    return _there(found, slug)


def studio_at_desk(user: Any, slug: str) -> tuple[Studio, Sight]:
    """Return a studio and what one of its team is there.

    Raises SignInFirst, StudioNotFound; StudioMoved for an address that a studio of theirs had.
    """
    require(isinstance(user, Account), SignInFirst)
    roles = Role.objects.select_related("studio").filter(account=user)
    role = roles.filter(studio__slug=slug).first()
    if role is None and (moved := addresses.studio_at(slug)):
        role = roles.filter(studio=moved).first()
    require(role and user.is_active, StudioNotFound)
    assert role
    return _there(role.studio, slug), Sight(ledger.EVERYTHING, role.role)


def require_audiences(project: Project, audiences: Collection[str]) -> None:
    """Raise AudienceUnknown unless each is public or a tier of this project."""
    circles = set(audiences) - {ledger.PUBLIC}
    if not circles:
        return
    known = Tier.objects.filter(project=project, pk__in=circles).values_list("pk", flat=True)
    for unknown in sorted(circles - set(known)):
        raise AudienceUnknown(audience=unknown)


def _sees(user: Any, project: Project, role: str) -> Sight:
    if role:
        return Sight(ledger.EVERYTHING, role)
    if not project.is_raised:
        viewer = viewers.watching(user, project)
        require(viewer, ProjectNotFound)
        return Sight(ledger.EVERYTHING, viewer=viewer)
    return Sight(ledger.OUTSIDE | _circles(user, project))


def _circles(user: Any, project: Project) -> set[str]:
    """Return the circles of a project that a request's user belongs to."""
    found = set[str]()
    if isinstance(user, Account):
        theirs = Membership.objects.filter(tier__project=project, account=user)
        found.update(theirs.values_list("tier_id", flat=True))
    if project.is_room_closed and closed.is_inside(project, closed.asker(user)):
        found.add(closed.INSIDE)
    return found


def _knows_of(user: Any, studio: Studio) -> bool:
    projects = Project.objects.filter(studio=studio)
    shown = projects.filter(curtain_raised_at__isnull=False, withdrawn_at=None)
    return bool(
        role_of(user, studio.pk) or shown.exists() or viewers.watched(user, projects).exists()
    )


def _there(studio: Studio, slug: str) -> Studio:
    if studio.slug != slug:
        raise StudioMoved(slug, studio.slug)
    return studio
