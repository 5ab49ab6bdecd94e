"""What may happen to studios and projects: verbs."""

import re
import secrets
from datetime import UTC, datetime

from django.db import transaction

from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.people.models import Account
from coulisses.people.rules import digest
from coulisses.projects import face, revisions, rows, shredding, striking
from coulisses.projects.kinds import CurtainRaised, EntryShredded, ProjectOpened
from coulisses.projects.models import (
    SLUG,
    Membership,
    Originals,
    Project,
    Role,
    Struck,
    Studio,
    Tier,
    Token,
)
from coulisses.projects.refusals import (
    AlreadyShredded,
    CurtainAlreadyRaised,
    SlugMalformed,
    TokenUnknown,
)
from coulisses.projects.telling import lighten, tell


@transaction.atomic
def open_studio(*, slug: str, name: str, owner: Account) -> Studio:
    """Make a studio with its first owner. Raises SlugMalformed."""
    require(re.fullmatch(SLUG, slug), SlugMalformed, slug=slug)
    studio = Studio.objects.create(slug=slug, name=name)
    Role.objects.create(studio=studio, account=owner, role="owner")
    return studio


def join(studio: Studio, account: Account, *, role: str = "maker") -> Role:
    """Give an account a role in a studio, or change the one it has."""
    standing, _created = Role.objects.update_or_create(
        studio=studio, account=account, defaults={"role": role}
    )
    return standing


@transaction.atomic
def open_project(
    studio: Studio,
    *,
    slug: str,
    title: str,
    by: str,
    at: datetime,
    line: str = "",
    craft: str = "",
    language: str = "",
) -> Project:
    """Open a project, in rehearsal. Raises SlugMalformed."""
    require(re.fullmatch(SLUG, slug), SlugMalformed, slug=slug)
    project = Project.objects.create(
        studio=studio,
        slug=slug,
        title=title,
        line=line,
        craft=craft,
        language=language,
        work=ledger.open_log(),
        opened_at=at,
        stirred_at=at,
    )
    tell(project, ProjectOpened(title=title, line=line), by=by, happened_at=at, told_at=at)
    return project


@transaction.atomic
def raise_curtain(project: Project, *, by: str, at: datetime) -> Entry:
    """Let everybody watch, from now on and for good; what was struck is shredded before.

    Raises CurtainAlreadyRaised.
    """
    raised = Project.objects.filter(pk=project.pk, curtain_raised_at=None)
    require(raised.update(curtain_raised_at=at), CurtainAlreadyRaised)
    for position in striking.doomed(project):
        shred(project, position, reason=striking.REASON, by=by, at=at)
    Struck.objects.filter(project=project).delete()
    project.curtain_raised_at = at
    revisions.bump(project)
    return tell(project, CurtainRaised(), by=by, happened_at=at, told_at=at)


@transaction.atomic
def shred(project: Project, position: int, *, reason: str, by: str, at: datetime) -> Entry:
    """Take an entry's words and files out for good; its place, the reason and the hand remain.

    Raises EntryNotFound, AlreadyShredded.
    """
    entry = ledger.find(project.work, position)
    require(not entry.is_shredded, AlreadyShredded)
    words = EntryShredded(about=position, reason=reason)
    told = tell(project, words, by=by, happened_at=at, told_at=at, audience=entry.audience)
    files = entry.fact.shows()
    face.forget(project, files)
    lighten(project, entry)
    shredding.carry_out(project, entry)
    ledger.unseal(project.work, position)
    store.shred(project.work, files)
    revisions.bump(project)
    return told


def choose_originals(project: Project, choice: Originals) -> None:
    """Decide what becomes of the files themselves, from now on."""
    Project.objects.filter(pk=project.pk).update(originals=choice)
    project.originals = choice
    revisions.bump(project)


def open_tier(project: Project, *, name: str) -> Tier:
    """Make a circle of members."""
    return Tier.objects.create(project=project, name=name)


def admit(tier: Tier, account: Account) -> Membership:
    """Let an account into a tier; once in, nothing changes."""
    membership, _created = Membership.objects.get_or_create(tier=tier, account=account)
    return membership


def dismiss(tier: Tier, account: Account) -> None:
    """End an account's membership of a tier."""
    Membership.objects.filter(tier=tier, account=account).delete()
    revisions.bump(tier.project)


def issue_token(studio: Studio, account: Account, *, label: str, at: datetime) -> str:
    """Return a new API token for a studio (URL-safe, `co_` and 43 characters), shown only now."""
    secret = "co_" + secrets.token_urlsafe(32)
    Token.objects.create(
        digest=digest(secret), studio=studio, account=account, label=label, created_at=at
    )
    return secret


def bearer(secret: str) -> Token:
    """Return the token that a secret stands for. Raises TokenUnknown."""
    token = rows.bearer(digest(secret))
    if token is None:
        raise TokenUnknown
    return token


def note_use(token: Token, *, at: datetime) -> None:
    """Note the day on which a token was last used; once a day that is written down."""
    today = at.astimezone(UTC).date()
    if token.used_on != today:
        Token.objects.filter(pk=token.pk).update(used_on=today)
