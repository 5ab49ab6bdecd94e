"""What studios and projects hold of somebody: roles, circles, tokens; and who may not leave yet."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import require
from coulisses.people import handles, holding
from coulisses.people.holding import Row
from coulisses.people.models import Account, Voice
from coulisses.projects import revisions, told, withdrawing
from coulisses.projects.models import (
    Address,
    Membership,
    Project,
    Role,
    Studio,
    TeamInvitation,
    Token,
    Viewer,
)
from coulisses.projects.refusals import HandOverFirst

A_READ = 200  # rows read at once
HERE = (told, withdrawing)  # which enrol what they hold as they are imported


holding.keeps(
    "b-told",
    _("What you tell in a project: words, pictures, files, when, and by which voice"),
    why=_("because you show it; the order is signed, so that nothing is slipped in or taken out"),
    how_long=_("as long as the work stands; its owners can shred each entry, words and files"),
)
holding.keeps(
    "b-roles",
    _("Your roles, circles and API tokens; of a token, only a fingerprint"),
    why=_("so that you may do what was entrusted to you"),
    how_long=_("until they end, or you leave"),
)
holding.keeps(
    "b-addresses",
    _("Addresses that your studios and projects have, and had"),
    why=_("so that old links lead on"),
    how_long=_("until you let go of them, or the studio ends"),
)
holding.keeps(
    "b-viewers",
    _("Whom you let watch a rehearsal, as you named them, and when; of the link, a fingerprint"),
    why=_("so that you see who watches, and can end it"),
    how_long=_("as long as the work stands"),
)
holding.keeps(
    "d-streams",
    _("The network address of whoever reads, and of a page that is open live"),
    why=_("so that nobody takes all the seats; it is held in memory and written nowhere"),
    how_long=_("while the page is open"),
)


@holding.shelf("roles", _("Studios and projects"))
def roles(account: Account) -> Iterator[Row]:
    """Yield the studios that somebody works in, each project there, and whether it is theirs."""
    for role in Role.objects.filter(account=account).select_related("studio").order_by("pk"):
        studio = role.studio
        yield {"studio": studio.name, "address": f"/@{studio.slug}/", "role": role.role}
        projects = Project.objects.filter(studio=studio).order_by("pk")
        for project in projects.iterator(chunk_size=A_READ):
            yield {
                "studio": studio.name,
                "project": project.title,
                "address": f"/@{studio.slug}/{project.slug}/",
                "is_owned": role.role == "owner",
                "opened_at": project.opened_at,
                "curtain_raised_at": project.curtain_raised_at,
            }


@holding.shelf("memberships", _("Circles"))
def memberships(account: Account) -> Iterator[Row]:
    """Yield the circles of members that somebody belongs to."""
    rows = Membership.objects.filter(account=account).order_by("pk")
    for one in rows.select_related("tier__project__studio").iterator(chunk_size=A_READ):
        project = one.tier.project
        yield {"circle": one.tier.name, "project": project.title, "address": project.path}


@holding.shelf("tokens", _("API tokens, without their secrets"))
def tokens(account: Account) -> Iterator[Row]:
    """Yield somebody's tokens; a secret is kept nowhere, and not even its digest is told."""
    rows = Token.objects.filter(account=account).order_by("created_at")
    for one in rows.select_related("studio").iterator(chunk_size=A_READ):
        yield {"label": one.label, "studio": one.studio.name, "created_at": one.created_at}


@holding.shelf("watching", _("Whom you let watch, without the links"))
def watching(account: Account) -> Iterator[Row]:
    """Yield whom somebody let watch a rehearsal, in their own words."""
    rows = Viewer.objects.filter(created_by=account).order_by("created_at", "pk")
    for one in rows.select_related("project__studio").iterator(chunk_size=A_READ):
        yield {
            "label": one.label,
            "project": one.project.title,
            "address": one.project.path,
            "created_at": one.created_at,
            "expires_at": one.revoked_at or one.expires_at,
            "used_at": one.last_used_at,
        }


@holding.shelf("joined", _("Invitations into teams that you accepted, without their secrets"))
def joined(account: Account) -> Iterator[Row]:
    """Yield by which words somebody was invited into a team, and when they joined it."""
    rows = TeamInvitation.objects.filter(invitation__used_by=account).order_by("pk")
    for one in rows.select_related("invitation", "studio").iterator(chunk_size=A_READ):
        yield {
            "label": one.invitation.note,
            "studio": one.studio.name,
            "role": one.role,
            "used_at": one.accepted_at,
        }


@holding.shelf("past-addresses", _("Addresses of what you own, those it had too"))
def past_addresses(account: Account) -> Iterator[Row]:
    """Yield every address that leads to a studio of somebody's, or to a project there."""
    owned = Role.objects.filter(account=account, role="owner").values("studio")
    for studio in Studio.objects.filter(pk__in=owned).order_by("pk"):
        for slug in handles.held_by(studio.pk):
            yield {"studio": studio.name, "address": f"/@{slug}/"}
    rows = Address.objects.filter(studio__in=owned).order_by("pk")
    for one in rows.select_related("studio", "project").iterator(chunk_size=A_READ):
        yield {"project": one.project.title, "address": f"/@{one.studio.slug}/{one.slug}/"}


@holding.before_leaving
def require_heirs(account: Account) -> None:
    """Keep in whoever alone owns studios in which others work. Raises HandOverFirst."""
    owned = Role.objects.filter(account=account, role="owner").values("studio")
    others = Role.objects.filter(studio__in=owned).exclude(account=account)
    heirs = others.filter(role="owner", account__is_active=True).values("studio")
    orphans = others.exclude(studio__in=heirs).values_list("studio__name", flat=True)
    names = sorted(set(orphans))
    require(not names, HandOverFirst, studios=", ".join(names))


@holding.at_leaving
def look_again(account: Account, at: datetime) -> None:
    """Keep in whoever became the last owner meanwhile. Raises HandOverFirst.

    The studios' rows are the lock, as they are for whoever parts from a team.
    """
    owned = Role.objects.filter(account=account, role="owner").values("studio")
    list(Studio.objects.select_for_update().filter(pk__in=owned).order_by("pk"))
    require_heirs(account)


@holding.at_erasure
def forget_name(voice: Voice, name: str, logs: list[str]) -> None:
    """Take a name out of the labels of its own tokens; have the pages of its projects made anew."""
    for token in Token.objects.filter(account__voice=voice).exclude(label=""):
        if name and name.casefold() in token.label.casefold():
            Token.objects.filter(pk=token.pk).update(label="")
    revisions.bump_logs(logs)
