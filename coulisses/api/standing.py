"""Who asks: the bearer of a token, or a passer-by; and which project they ask about."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from ninja.security import HttpBearer

from coulisses.api import limits
from coulisses.api.refusals import StudioNotYours
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.log.refusals import EntryNotFound
from coulisses.people import handles
from coulisses.people.models import Account
from coulisses.projects import rules, scopes, sight
from coulisses.projects.models import Project, Studio, Token
from coulisses.projects.refusals import TokenExpired, TokenUnknown
from coulisses.projects.sight import Sight
from coulisses.ui import addresses
from coulisses.ui.scene import Scene


def known(request: HttpRequest, secret: str) -> Token:
    """Return the token of a secret, and count the request. Of none, its address is counted.

    Raises TokenUnknown, TokenExpired, RequestsTooMany.
    """
    try:
        bearer = rules.bearer(secret, at=timezone.now())
    except (TokenUnknown, TokenExpired):
        limits.spend_from(request, limits.of_address(request))
        raise
    limits.spend_from(request, limits.of_token(bearer))
    return bearer


class Bearer(HttpBearer):
    """A studio's token with one scope, as `coulisses token` prints it."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        """Return the token. Raises TokenUnknown, TokenExpired, RequestsTooMany, ScopeMissing."""
        bearer = known(request, token)
        scopes.require_scope(bearer.scopes.split(), self.scope)
        rules.note_use(bearer, at=timezone.now())
        return bearer


class BearerOrNot(Bearer):
    """A studio's token that reads, or nothing: then the answer is what everybody may know."""

    def __init__(self) -> None:
        super().__init__(scopes.READ)

    def __call__(self, request: HttpRequest) -> Token | str:
        """Return the token, or a word for nobody. Raises what `authenticate` does."""
        return super().__call__(request) or "passer-by"


TELLS, WORKS, MANAGES = Bearer(scopes.TELL), Bearer(scopes.DESK), Bearer(scopes.MANAGE)
RAISES, READS, ANYBODY = Bearer(scopes.CURTAIN), Bearer(scopes.READ), BearerOrNot()


@dataclass(frozen=True)
class Standing:
    """A project as an asker sees it. `base` is the house's address, without a slash at the end."""

    project: Project
    sight: Sight
    base: str

    @property
    def scene(self) -> Scene:
        """The project as whoever asks sees it now: what is asked of it as pages ask."""
        return Scene(self.project, self.sight, None, timezone.now(), get_language() or "en")

    @property
    def is_proposed(self) -> bool:
        """Whether what the asker sends waits for a maker."""
        return not self.sight.is_maker

    def entry(self, position: int) -> Entry:
        """Return an entry of the work that the asker may read. Raises EntryNotFound."""
        eyes, at = self.sight.audiences, timezone.now()
        known = ledger.read(self.project.work, audiences=eyes, at=at, positions=[position])
        found = next((one for one in known if isinstance(one, Entry)), None)
        require(found, EntryNotFound)
        assert found
        return found

    def url(self, position: int | str = "") -> str:
        """Return the absolute address of the project, or of one of its entries."""
        return f"{self.base}{self.project.path}{position}"


def token_of(request: HttpRequest, studio: str) -> Token:
    """Return the asker's token. Raises StudioNotYours when it was issued for another studio.

    An address that the studio had is as good as the one that it has: programs keep them for long.
    """
    token: Token = request.auth  # type: ignore[attr-defined]
    require(is_of(token.studio, studio), StudioNotYours, studio=studio)
    return token


def is_of(studio: Studio, slug: str) -> bool:
    """Return whether an address is, or was, a studio's."""
    return studio.slug == slug or handles.holder_of(slug) == studio.pk


def owner(request: HttpRequest, studio: str, project: str) -> tuple[Standing, Account]:
    """Return where the bearer stands, an owner of the project's studio, and who it is.

    Raises StudioNotYours, ProjectNotFound, OnlyTheOwner.
    """
    stand, account = teammate(request, studio, project)
    stand.sight.require_owner()
    return stand, account


def at_studio(request: HttpRequest, studio: str) -> tuple[Studio, Sight, Account]:
    """Return the bearer's studio, what they are there, and who it is.

    Raises StudioNotYours, StudioNotFound.
    """
    token = token_of(request, studio)
    found, seen = sight.studio_at_desk(token.account, token.studio.slug)
    return found, seen, token.account


def maker(request: HttpRequest, studio: str, project: str) -> tuple[Standing, Account]:
    """Return where the bearer stands, one of the project's makers, and who it is.

    Raises StudioNotYours, ProjectNotFound, NotOfTheTeam, OnlyMakers.
    """
    stand, account = teammate(request, studio, project)
    stand.sight.require_maker()
    return stand, account


def teammate(request: HttpRequest, studio: str, project: str) -> tuple[Standing, Account]:
    """Return where the bearer stands, of the team (what a contributor tells waits), and who it is.

    Raises StudioNotYours, ProjectNotFound, NotOfTheTeam.
    """
    token = token_of(request, studio)
    found, seen = sight.followed(token.account, studio, project)
    seen.require_team()
    return Standing(found, seen, addresses.base(request)), token.account


def reader(request: HttpRequest, studio: str, project: str) -> Standing:
    """Return where anybody stands. Raises StudioNotYours, ProjectNotFound."""
    has_token = isinstance(request.auth, Token)  # type: ignore[attr-defined]
    account = token_of(request, studio).account if has_token else None
    return Standing(*sight.followed(account, studio, project), addresses.base(request))
