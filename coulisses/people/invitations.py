"""Invitations: secrets that let somebody make an account. Whoever invites builds on one of them."""

import secrets
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal, require
from coulisses.people.models import Account, Invitation
from coulisses.people.rules import digest

LIVES = timedelta(days=14)


class InvitationNoLongerOpens(Refusal):
    """An invitation was used by somebody else, taken back, has expired, or never was."""

    status = 410
    sentence = _(
        "This invitation has been used or taken back, or it is too old. "
        "Ask whoever sent it for a new one."
    )


def issue(
    *, kind: str, by: Account, at: datetime, note: str = "", lives: timedelta = LIVES
) -> tuple[Invitation, str]:
    """Invite one person; return the invitation and its secret, which is shown now and never again.

    The secret is URL-safe and 43 characters long.
    """
    secret = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        digest=digest(secret),
        kind=kind,
        note=note,
        created_by=by,
        created_at=at,
        expires_at=at + lives,
    )
    return made, secret


def find(secret: str, *, at: datetime, by: Account | None = None) -> Invitation:
    """Return the invitation that a secret opens, or that this account has opened by it already.

    Raises InvitationNoLongerOpens.
    """
    found = _open(at, by).filter(digest=digest(secret)).select_related("created_by__voice").first()
    require(found, InvitationNoLongerOpens)
    assert found
    return found


def use(invitation: Invitation, *, by: Account, at: datetime) -> None:
    """Use an invitation up. The same account may come again: it signs up, then joins a team.

    Raises InvitationNoLongerOpens.
    """
    is_open = _open(at, by).filter(pk=invitation.pk)
    require(is_open.update(used_at=at, used_by=by), InvitationNoLongerOpens)


def revoke(invitation: Invitation, *, at: datetime) -> None:
    """Take an invitation back: from now on it opens nothing, not even for who has used it."""
    Invitation.objects.filter(pk=invitation.pk, revoked_at=None).update(revoked_at=at)


def revoke_all(*, kind: str, by: Account, at: datetime) -> None:
    """Take back those invitations of a kind that somebody has sent and nobody has used."""
    sent = Invitation.objects.filter(kind=kind, created_by=by, used_at=None, revoked_at=None)
    sent.update(revoked_at=at)


def _open(at: datetime, by: Account | None) -> QuerySet[Invitation]:
    is_free = Q(used_at=None, expires_at__gt=at)
    mine = is_free | Q(used_by=by) if by else is_free
    # Whoever is let in no more lets nobody else in, nor themselves by another name.
    return Invitation.objects.filter(mine, revoked_at=None, created_by__is_active=True)
