"""Who looks at which project, from where in its log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from coulisses.lib import places
from coulisses.lib.places import GREATEST
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.ledger import Curtained
from coulisses.log.models import Entry
from coulisses.log.refusals import EntryNotFound
from coulisses.people import acting
from coulisses.people.acting import NOBODY, Actor
from coulisses.people.models import Account
from coulisses.projects import sight, viewers
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight
from coulisses.ui import slots
from coulisses.ui.slots import OnStage, Reader


@dataclass(frozen=True)
class Scene:
    """A project as one reader sees it now."""

    project: Project
    sight: Sight
    account: Account | None
    at: datetime
    language: str
    actor: Actor = NOBODY

    def under(self, items: Iterable[Any], *, is_full: bool = False) -> dict[int, SafeString]:
        """Return what rooms put under the cards of a page, by position."""
        told = [one.entry for one in items if one.entry is not None]
        return slots.fill_under(self.project, told, self._reader(is_full))

    def beside(self) -> dict[str, list[SafeString]]:
        """Return what rooms put beside the log of a stage."""
        return slots.fill_beside(self.project, self._reader(is_full=False))

    def on_poster(self) -> OnStage:
        """Return what a room puts on the poster and in the middle of a stage."""
        return slots.fill_on_poster(self.project, self._reader(is_full=False))

    def _reader(self, is_full: bool) -> Reader:
        return Reader(self.sight, self.language, self.at, self.actor, is_full)

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

    def horizon(self) -> int:
        """Return how many entries this reader may know of."""
        if self.project.state and self.sight.audiences is ledger.EVERYTHING:
            return self.project.state.told
        return ledger.horizon(self.project.work, audiences=self.sight.audiences, at=self.at)


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
    spoken = get_language() or "en"
    return Scene(found, seen, who(request), now, spoken, acting.of(request))


def place(request: HttpRequest, name: str) -> int | None:
    """Return a position from the query string, None where none is. Raises PlaceMalformed."""
    return places.position(request.GET.get(name))
