"""Who asks for a stream, and what they may see: answered by the database, in a thread."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth import SESSION_KEY

from coulisses.log import ledger
from coulisses.people import acting, rows
from coulisses.people import kept as sessions_kept
from coulisses.people.models import Account
from coulisses.projects import closed, sight, viewers
from coulisses.projects.closed import Asker
from coulisses.projects.models import Project
from coulisses.projects.refusals import ProjectMoved, ProjectNotFound

SEE_MORE = {SESSION_KEY, viewers.KEPT}  # what a session keeps of whoever may
sessions: Any = import_module(settings.SESSION_ENGINE)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a session (empty: a passer-by) may read of a project."""

    project: Project
    audiences: frozenset[str]
    session: str = ""

    @property
    def is_outside(self) -> bool:
        """Whether this is what anybody sees; such a standing never ends."""
        return self.audiences is not ledger.EVERYTHING and self.audiences == ledger.OUTSIDE


def find(studio: str, slug: str, session: str) -> Standing:
    """Return what a session may read of a project. Raises ProjectNotFound, ProjectMoved."""
    asker = _asker(session)
    project, seen = sight.asked(asker, studio, slug)
    return Standing(project, seen.audiences, session if asker else "")


def find_guests(studio: str, slug: str, given: Iterable[str]) -> dict[str, Standing]:
    """Return what guests may read of a project, of those sessions that are guests' alone.

    A hall of them is asked in as many queries as one. All others are left out, and so is everybody
    where a passer-by finds nothing: each of them is found by themselves.
    """
    try:
        project, seen = sight.asked(None, studio, slug)
    except (ProjectNotFound, ProjectMoved):
        return {}
    known = _guests(given)
    inside = _guests_inside(project, known) if project.is_room_closed else set()
    audiences = {True: seen.audiences | {closed.INSIDE}, False: seen.audiences}
    return {one: Standing(project, audiences[one in inside], one) for one in known}


def ended(project_id: str, audiences: frozenset[str], given: Iterable[str]) -> set[str]:
    """Return the sessions of those given that no longer see these audiences of a project."""
    project, asked = Project.objects.select_related("studio").get(pk=project_id), set(given)
    asked -= _inside(project, audiences, asked)
    return {one for one in asked if not _stands(project, audiences, one)}


def _inside(project: Project, audiences: frozenset[str], asked: set[str]) -> set[str]:
    """Return the sessions of guests who are inside a closed room: a hall of them is asked at once.

    Of all others each is asked.
    """
    if not project.is_room_closed or audiences != ledger.OUTSIDE | {closed.INSIDE}:
        return set()
    return _guests_inside(project, _guests(asked))


def _guests(asked: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """Return what sessions keep of those whom no account and no link lets see more."""
    kept = sessions_kept.read(set(asked))
    return {key: one for key, one in kept.items() if one and not one.keys() & SEE_MORE}


def _guests_inside(project: Project, kept: Mapping[str, Mapping[str, Any]]) -> set[str]:
    guests = rows.guests({one[acting.KEPT] for one in kept.values() if one.get(acting.KEPT)})
    askers = [
        Asker(guest=known.voice_id if known else "", session=one)
        for one in kept.values()
        for known in [guests.get(one.get(acting.KEPT, ""))]
    ]
    are_inside = closed.are_inside(project, askers)
    return {key for key, is_inside in zip(kept, are_inside, strict=True) if is_inside}


def _stands(project: Project, audiences: frozenset[str], session: str) -> bool:
    try:
        seen = sight.of(_asker(session), project)
    except ProjectNotFound:
        return False
    return (seen.audiences is ledger.EVERYTHING) == (
        audiences is ledger.EVERYTHING
    ) and seen.audiences >= audiences


def _asker(session: str) -> Any:
    """Return an account, or a guest by what their session keeps, as pages see them; else None."""
    if not session:
        return None
    asking: Any = SimpleNamespace(session=sessions.SessionStore(session), META={})
    user = viewers.recall(auth.get_user(asking), asking.session)
    return user if isinstance(user, Account) or asking.session.keys() else None
