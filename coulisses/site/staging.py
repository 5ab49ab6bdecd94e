"""What `open` finds or makes in a house before the work is told: owner, studio, project."""

import contextlib
from datetime import datetime

from django.db import DatabaseError, transaction

from coulisses.people import hosting
from coulisses.people import rules as people
from coulisses.people.models import Account
from coulisses.projects import addresses, rules
from coulisses.projects.models import Project, Role, Studio, Token
from coulisses.site.wishes import Wish

LENT = "open"  # what the token of a child that tells is called


@transaction.atomic
def stage(wish: Wish, *, at: datetime) -> tuple[Project, Account]:
    """Return the project and an owner of its studio, made where missing. Raises SlugMalformed.

    Either is found by an address that it had, too. A curtain that is up stays up, whatever is
    wished. Whoever opens a house keeps it.
    """
    studio, owner = _studio(wish, at)
    hosting.appoint(owner)
    project = addresses.project_at(studio.slug, wish.project)
    if project is None:
        project = rules.open_project(
            studio,
            slug=wish.project,
            title=wish.title,
            line=wish.line,
            craft=wish.craft,
            language=wish.language,
            by=owner.voice_id,
            at=at,
        )
    if wish.is_raised and not project.is_raised:
        rules.raise_curtain(project, by=owner.voice_id, at=at)
    return project, owner


def _studio(wish: Wish, at: datetime) -> tuple[Studio, Account]:
    studio = Studio.objects.filter(slug=wish.studio).first() or addresses.studio_at(wish.studio)
    if studio is None:
        owner = _account(wish, at)
        return rules.open_studio(
            slug=wish.studio, name=wish.called or wish.owner, owner=owner
        ), owner
    role = Role.objects.select_related("account").filter(studio=studio, role="owner").first()
    if role is not None and wish.email in (None, role.account.email):
        return studio, role.account
    owner = _account(wish, at)
    rules.join(studio, owner, role="owner")
    return studio, owner


def _account(wish: Wish, at: datetime) -> Account:
    known = Account.objects.filter(email=wish.email).first() if wish.email else None
    return known or people.welcome(name=wish.owner, email=wish.email, at=at)


def lend_token(project: Project, owner: Account, *, at: datetime) -> str:
    """Return a token for a child that tells; `take_token` ends it, or the next one lent."""
    Token.objects.filter(studio=project.studio, label=LENT).delete()
    return rules.issue_token(project.studio, owner, label=LENT, at=at)


def take_token(secret: str) -> None:
    """End a token that was lent; where the disk is full, the next start does."""
    with contextlib.suppress(DatabaseError):
        Token.objects.filter(digest=people.digest(secret)).delete()
