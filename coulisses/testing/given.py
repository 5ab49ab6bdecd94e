"""Projects and people at hand: `given.project()` builds, with plain defaults."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.test import Client

from coulisses.people import acting
from coulisses.people import rules as people
from coulisses.people.models import Account, Guest, Voice
from coulisses.projects import rules, viewers
from coulisses.projects.models import Project, Studio, Tier, Viewer

NOON = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)


def minutes(count: float) -> datetime:
    """Return noon plus so many minutes: a test's clock."""
    return NOON + timedelta(minutes=count)


def account(name: str) -> Account:
    """Return somebody of the cast, made on first call."""
    email = f"{name.lower()}@cast.test"
    known = Account.objects.select_related("voice").filter(email=email).first()
    return known or people.welcome(name=name, email=email, at=NOON)


def ana() -> Account:
    """Ana, the maker: she owns the studio."""
    return account("Ana")


def bo() -> Account:
    """Bo, of her team."""
    return account("Bo")


def cleo() -> Account:
    """Cleo, a member of the wings."""
    return account("Cleo")


def eve() -> Account:
    """Eve, who must not: she has an account and a studio of her own."""
    return account("Eve")


def fay(of: Studio) -> Account:
    """Fay, a contributor: what she tells in this studio waits for a maker."""
    made = account("Fay")
    rules.join(of, made, role="contributor")
    return made


def guest(name: str = "Gus") -> Guest:
    """Gus, who has no account: he gave a name, and his browser remembers him."""
    voice = Voice.objects.create(name=name, is_named=True)
    return Guest.objects.create(voice=voice, created_at=NOON)


def come_in(client: Client, who: Account | Guest) -> Client:
    """Let a test's client act as somebody: signed in, or as the guest whom its session knows."""
    if isinstance(who, Account):
        client.force_login(who)
        return client
    session = client.session
    session[acting.KEPT] = who.pk
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return client


def host() -> Account:
    """Hal, who keeps the house and makes nothing in it."""
    hal = account("Hal")
    Account.objects.filter(pk=hal.pk).update(is_host=True)
    hal.is_host = True
    return hal


def studio(slug: str = "atelier", *, owner: Account | None = None) -> Studio:
    """Return a studio; Ana owns it, Bo is of its team."""
    known = Studio.objects.filter(slug=slug).first()
    if known:
        return known
    made = rules.open_studio(slug=slug, name=slug.title(), owner=owner or ana())
    rules.join(made, bo())
    return made


def project(
    slug: str = "boat", *, house: Studio | None = None, is_raised: bool = True, title: str = ""
) -> Project:
    """Return a new project of Ana's, curtain up unless said otherwise.

    Its log begins with `project.opened` (1) and, when raised, `curtain.raised` (2).
    """
    opened = rules.open_project(
        house or studio(),
        slug=slug,
        title=title or slug.title(),
        by=ana().voice_id,
        at=NOON,
    )
    if is_raised:
        rules.raise_curtain(opened, by=ana().voice_id, at=NOON)
    return opened


def viewer(of: Project, *, label: str = "Mr Dupont, the client") -> Viewer:
    """Return somebody who may watch a rehearsal by a link."""
    made, _secret = viewers.let_watch(of, label=label, by=ana(), at=NOON)
    return made


def watch_link(of: Project, *, label: str = "Mr Dupont, the client") -> str:
    """Return the address of a link by which somebody watches a rehearsal."""
    _made, secret = viewers.let_watch(of, label=label, by=ana(), at=NOON)
    return f"/watch/{secret}"


def tier(of: Project, *members: Account, name: str = "The wings") -> Tier:
    """Return a tier of a project with these members."""
    made = rules.open_tier(of, name=name)
    for member in members:
        rules.admit(made, member)
    return made
