"""What may happen to studios and projects: verbs."""

import re
import secrets
from collections.abc import Collection
from datetime import UTC, datetime

from django.db import IntegrityError, transaction

from coulisses.lib import places, slugs, text
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.people import handles
from coulisses.people.models import Account
from coulisses.people.rules import digest
from coulisses.projects import (
    addresses,
    arranged,
    face,
    practice,
    revisions,
    rows,
    scopes,
    shredding,
    striking,
)
from coulisses.projects.kinds import CurtainRaised, EntryShredded, ProjectOpened
from coulisses.projects.models import (
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
    NeedsName,
    OnlyPractised,
    TokenAlreadyExpired,
    TokenExpired,
    TokenNotFound,
    TokenUnknown,
    TooManyTokens,
)
from coulisses.projects.telling import hold, lighten, tell

MOST_TOKENS = 50  # of one account in one studio


@transaction.atomic
def open_studio(*, slug: str, name: str, owner: Account) -> Studio:
    """Make a studio with its first owner. Raises SlugMalformed, SlugReserved, SlugTaken."""
    studio = Studio(slug=slug, name=_name(name))
    handles.claim(slug, holder=studio.pk)
    studio.save(force_insert=True)
    Role.objects.create(studio=studio, account=owner, role="owner")
    return studio


def describe_studio(studio: Studio, *, name: str, line: str) -> None:
    """Give a studio another name and one line about itself. Raises NeedsName."""
    studio.name, studio.line = _name(name), text.shorten(text.clean_line(line), 300)
    studio.save(update_fields=["name", "line"])
    for project in Project.objects.filter(studio=studio):
        revisions.bump(project)


@transaction.atomic
def shift(studio: Studio, project_id: str, *, by: int) -> None:
    """Put one of a studio's projects so many places further down, or up where it is negative."""
    Studio.objects.select_for_update().get(pk=studio.pk)
    rows = list(Project.objects.filter(studio=studio).order_by(*arranged.ORDER))
    at = next((place for place, one in enumerate(rows) if one.pk == project_id), None)
    if at is None:
        return
    rows.insert(max(0, at + by), rows.pop(at))
    for place, project in enumerate(rows, start=1):
        Project.objects.filter(pk=project.pk).exclude(place=place).update(place=place)
    revisions.bump(rows[0])


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
    """Open a project, in rehearsal. Raises SlugMalformed, SlugReserved, SlugTaken."""
    handles.require_good(slug, slugs.NO_PROJECT)
    try:
        with transaction.atomic():
            project = Project.objects.create(
                studio=studio,
                slug=slug,
                title=_name(title),
                line=line,
                craft=craft,
                language=language,
                work=ledger.open_log(),
                room=ledger.open_log(),
                opened_at=at,
                stirred_at=at,
            )
            addresses.claim(project, slug)
    except IntegrityError:
        raise addresses.taken(studio, slug) from None
    fact = ProjectOpened(title=project.title, line=line)
    tell(project, fact, by=by, happened_at=at, told_at=at)
    return project


@transaction.atomic
def raise_curtain(project: Project, *, by: str, at: datetime) -> Entry:
    """Let everybody watch, from now on and for good; what was struck is shredded before.

    Raises CurtainAlreadyRaised, OnlyPractised.
    """
    require(not practice.is_one(project), OnlyPractised)
    hold(project)
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


def issue_token(
    studio: Studio,
    account: Account,
    *,
    label: str,
    at: datetime,
    can: Collection[str] = scopes.DEFAULT,
    until: datetime | None = None,
) -> str:
    """Return a new API token for a studio (URL-safe, `co_` and 43 characters), shown only now.

    `can` are its scopes. Raises TooManyTokens, ScopeUnknown, TokenAlreadyExpired.
    """
    spelled = scopes.spell(can)
    require(until is None or until > at, TokenAlreadyExpired)
    theirs = Token.objects.filter(studio=studio, account=account).count()
    require(theirs < MOST_TOKENS, TooManyTokens, count=MOST_TOKENS)
    secret = "co_" + secrets.token_urlsafe(32)
    Token.objects.create(
        digest=digest(secret),
        studio=studio,
        account=account,
        label=label,
        scopes=spelled,
        created_at=at,
        expires_at=until,
    )
    return secret


def bearer(secret: str, *, at: datetime) -> Token:
    """Return the token that a secret stands for. Raises TokenUnknown, TokenExpired."""
    token = rows.bearer(digest(secret))
    if token is None:
        raise TokenUnknown
    require(token.expires_at is None or token.expires_at > at, TokenExpired)
    return token


def note_use(token: Token, *, at: datetime) -> None:
    """Note the day on which a token was last used; once a day that is written down."""
    today = at.astimezone(UTC).date()
    if token.used_on != today:
        Token.objects.filter(pk=token.pk).update(used_on=today)


def tokens(
    studio: Studio, *, of: Account | None, after: str = "", limit: int
) -> tuple[list[Token], str]:
    """Return a page of a studio's tokens, the newest first, and the place after it.

    With `of`, only of that account's. Raises PlaceMalformed.
    """
    rows = Token.objects.filter(studio=studio).select_related("account__voice")
    rows = rows.filter(account=of) if of else rows
    return places.page(rows, "created_at", after=after, limit=limit)


def revoke_token(studio: Studio, digest: str, *, of: Account | None) -> None:
    """End a token of a studio: with `of`, only of that account's. Raises TokenNotFound."""
    require(re.fullmatch("[0-9a-f]{64}", digest), TokenNotFound)
    theirs = Token.objects.filter(studio=studio, digest=digest)
    gone, _ = (theirs.filter(account=of) if of else theirs).delete()
    require(gone, TokenNotFound)


def _name(said: str) -> str:
    name = text.shorten(text.clean_line(said), 200)
    require(name, NeedsName)
    return name
