"""Who looks at which project, from where in its log."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from coulisses.lib import places
from coulisses.lib.places import GREATEST
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.ledger import Curtained
from coulisses.log.models import Entry
from coulisses.log.refusals import EntryNotFound
from coulisses.people.models import Account
from coulisses.projects import sight, viewers
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight


@dataclass(frozen=True)
class Scene:
    """A project as one reader sees it now."""

    project: Project
    sight: Sight
    account: Account | None
    at: datetime
    language: str

    def entry(self, position: int) -> Entry | Curtained:
        """Return what the reader may know of at a position. Raises EntryNotFound."""
        require(position <= GREATEST, EntryNotFound)
        found = self.read(positions=[position])
        require(found, EntryNotFound)
        return found[0]

    def read(self, **between: object) -> list[Entry | Curtained]:
        """Read the log as this reader may; the keywords are those of `ledger.read`."""
        return ledger.read(
            self.project.work,
            audiences=self.sight.audiences,
            at=self.at,
            **between,  # type: ignore[arg-type]
        )


def who(request: HttpRequest) -> Account | None:
    """Return the account that asks, None for a passer-by."""
    return request.user if isinstance(request.user, Account) else None


def find(request: HttpRequest, studio: str, project: str) -> Scene:
    """Return the project at an address as the asker sees it.

    Raises ProjectNotFound, ProjectMoved.
    """
    found, seen = sight.asked(request.user, studio, project)
    now = timezone.now()
    if seen.viewer:
        viewers.note(seen.viewer, at=now)
    return Scene(found, seen, who(request), now, get_language() or "en")


def place(request: HttpRequest, name: str) -> int | None:
    """Return a position from the query string, None where none is. Raises PlaceMalformed."""
    return places.position(request.GET.get(name))
