"""The team of a studio: invited in, given another role, handed over to, and parted from."""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, Q, QuerySet, When

from coulisses.lib import text
from coulisses.lib.places import PlaceMalformed
from coulisses.lib.refusals import require
from coulisses.people import invitations
from coulisses.people.invitations import InvitationNoLongerOpens
from coulisses.people.models import Account, Invitation
from coulisses.projects import revisions, viewers
from coulisses.projects.models import ROLES, Project, Role, Studio, TeamInvitation, Token
from coulisses.projects.refusals import (
    AlreadyOfTheTeam,
    LastOwner,
    RoleUnknown,
    TeammateNotFound,
    TeamTooLarge,
    TooManyInvitations,
)

KIND = "team"  # of invitation
GREATEST = 2**63 - 1  # number that a database can be asked for
MOST_MATES = 200  # of one studio, beyond which nobody more is invited
MOST_OPEN = 50  # invitations of a studio that open at once


@transaction.atomic
def invite(
    studio: Studio, *, role: str, whom: str, by: Account, at: datetime
) -> tuple[TeamInvitation, str]:
    """Invite one person to a role; return the invitation and its secret, which is shown only now.

    `whom` says who is meant, in the inviter's words. Raises RoleUnknown, TooManyInvitations,
    TeamTooLarge.
    """
    require(role in ROLES, RoleUnknown)
    Studio.objects.select_for_update().get(pk=studio.pk)
    require(_waiting(studio, at).count() < MOST_OPEN, TooManyInvitations, count=MOST_OPEN)
    mates = Role.objects.filter(studio=studio).count()
    require(mates < MOST_MATES, TeamTooLarge, count=MOST_MATES)
    note = text.shorten(text.clean_line(whom), 200)
    made, secret = invitations.issue(kind=KIND, by=by, at=at, note=note)
    return TeamInvitation.objects.create(invitation=made, studio=studio, role=role), secret


def open_invitations(
    studio: Studio, *, at: datetime, before: int | None = None, limit: int = MOST_OPEN
) -> list[TeamInvitation]:
    """Return the invitations of a studio that somebody could still accept, the newest first.

    With `before`, the number of one, only those that were made before it.
    """
    rows = _waiting(studio, at)
    rows = rows if before is None else rows.filter(pk__lt=before)
    return list(rows.order_by("-pk")[:limit])


def invitation_of(secret: str, *, at: datetime, by: Account | None = None) -> TeamInvitation:
    """Return what a secret invites to: a studio and a role. Raises InvitationNoLongerOpens."""
    found = invitations.find(secret, at=at, by=by)
    rows = TeamInvitation.objects.select_related("studio", "invitation__created_by__voice")
    invited = rows.filter(invitation=found, accepted_at=None).first()
    require(invited, InvitationNoLongerOpens)
    assert invited
    return invited


@transaction.atomic
def accept(invited: TeamInvitation, *, by: Account, at: datetime) -> Role:
    """Join a studio by an invitation, which opens nothing after that.

    Raises AlreadyOfTheTeam, InvitationNoLongerOpens.
    """
    Studio.objects.select_for_update().get(pk=invited.studio_id)
    is_there = Role.objects.filter(studio=invited.studio_id, account=by).exists()
    require(not is_there, AlreadyOfTheTeam)
    invitations.use(invited.invitation, by=by, at=at)
    waiting = TeamInvitation.objects.filter(pk=invited.pk, accepted_at=None)
    require(waiting.update(accepted_at=at), InvitationNoLongerOpens)
    _look_again(invited.studio)
    return Role.objects.create(studio=invited.studio, account=by, role=invited.role)


def take_back(studio: Studio, invitation: int, *, at: datetime) -> None:
    """Take an invitation back. Raises InvitationNoLongerOpens."""
    found = _open(studio).filter(pk=invitation).first() if invitation <= GREATEST else None
    require(found, InvitationNoLongerOpens)
    assert found
    invitations.revoke(found.invitation, at=at)


def find(studio: Studio, number: int) -> Role:
    """Return somebody of a studio's team by the number of their role. Raises TeammateNotFound."""
    rows = Role.objects.select_related("account__voice", "studio")
    found = rows.filter(studio=studio, pk=number).first() if number <= GREATEST else None
    require(found, TeammateNotFound)
    assert found
    return found


def page(studio: Studio, *, after: str = "", limit: int = MOST_MATES) -> tuple[list[Role], str]:
    """Return a page of a studio's team, and the place after it ("" at the end).

    Owners stand before makers and contributors, each in the order they came. `after` is the place
    that the page before gave. Raises PlaceMalformed.
    """
    ranks = Case(*(When(role=role, then=rank) for rank, role in enumerate(ROLES)))
    rows = Role.objects.select_related("account__voice").filter(studio=studio)
    rows = rows.annotate(rank=ranks)
    if after:
        rank, number = _place(after)
        rows = rows.filter(Q(rank__gt=rank) | Q(rank=rank, pk__gt=number))
    found: list[Role] = list(rows.order_by("rank", "pk")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return found[:limit], f"{ROLES.index(last.role)}-{last.pk}" if last else ""


@transaction.atomic
def change(standing: Role, role: str, *, at: datetime) -> None:
    """Give somebody of the team another role; who is no owner any more has invited nobody.

    Raises RoleUnknown, LastOwner, TeammateNotFound.
    """
    require(role in ROLES, RoleUnknown)
    _require_another_owner(standing, stays=role == "owner")
    require(Role.objects.filter(pk=standing.pk).update(role=role), TeammateNotFound)
    standing.role = role
    if role != "owner":
        _uninvite(standing.studio, standing.account, at)
    _look_again(standing.studio)


@transaction.atomic
def hand_over(studio: Studio, *, by: Account, to: Role, at: datetime) -> None:
    """Make somebody else of the team the owner, and be a maker from then on, who invites nobody.

    Raises TeammateNotFound.
    """
    Studio.objects.select_for_update().get(pk=studio.pk)
    mine = Role.objects.filter(studio=studio, account=by, role="owner")
    theirs = Role.objects.filter(studio=studio, pk=to.pk).exclude(account=by)
    require(mine.exists() and theirs.update(role="owner"), TeammateNotFound)
    mine.update(role="maker")
    _uninvite(studio, by, at)
    _look_again(studio)


@transaction.atomic
def part(standing: Role, *, at: datetime) -> None:
    """Take somebody out of the team, or let them leave; what they told stays.

    Their tokens, the invitations that they sent and the links by which they let others watch open
    nothing any longer, and their live streams of what only the team sees end. Raises LastOwner.
    """
    _require_another_owner(standing, stays=False)
    studio, account = standing.studio, standing.account
    Role.objects.filter(pk=standing.pk).delete()
    Token.objects.filter(studio=studio, account=account).delete()
    _uninvite(studio, account, at)
    viewers.revoke_all(studio, by=account, at=at)
    _look_again(studio)


def _require_another_owner(standing: Role, *, stays: bool) -> None:
    # The studio's row is the lock: of two owners who leave at once, the second one sees the first.
    Studio.objects.select_for_update().get(pk=standing.studio_id)
    owners = Role.objects.filter(studio=standing.studio_id, role="owner")
    is_owner = owners.filter(pk=standing.pk).exists()
    is_last = is_owner and not owners.exclude(pk=standing.pk).exists()
    require(stays or not is_last, LastOwner)


def _uninvite(studio: Studio, account: Account, at: datetime) -> None:
    """Take back what somebody has sent: by another name, they would be who they were."""
    sent = _open(studio).filter(invitation__created_by=account).values("invitation")
    Invitation.objects.filter(pk__in=sent).update(revoked_at=at)


def _look_again(studio: Studio) -> None:
    """Have every page and stream of the studio's projects look at who may see it."""
    for project in Project.objects.filter(studio=studio):
        revisions.bump(project)


def _place(spelled: str) -> tuple[int, int]:
    rank, _, last = (text.number(one) for one in spelled.partition("-"))
    require(rank is not None and last is not None, PlaceMalformed, value=spelled[:40])
    assert rank is not None and last is not None
    return rank, last


def _waiting(studio: Studio, at: datetime) -> QuerySet[TeamInvitation]:
    return _open(studio).filter(invitation__expires_at__gt=at)


def _open(studio: Studio) -> QuerySet[TeamInvitation]:
    rows = TeamInvitation.objects.filter(studio=studio, accepted_at=None)
    return rows.filter(invitation__revoked_at=None).select_related("invitation__created_by__voice")
