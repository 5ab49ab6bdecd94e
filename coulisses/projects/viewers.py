"""Viewers: a client or a friend watches a rehearsal by a link, reads, and does nothing."""

import secrets
from collections.abc import Callable, MutableMapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from coulisses.lib import places, text
from coulisses.lib.refusals import require
from coulisses.log import bell
from coulisses.people.models import Account
from coulisses.people.rules import digest
from coulisses.projects.models import Project, Studio, Viewer
from coulisses.projects.refusals import (
    CurtainAlreadyRaised,
    NeedsName,
    TooManyViewers,
    WatchLinkClosed,
)

MOST = 50  # links of one project that open at once
MOST_KEPT = 20  # of which one session keeps so many, the latest
NOTED_EACH = timedelta(minutes=5)  # how fine "last used" is: not every page writes
KEPT = "watches"  # where a session keeps them

Front = Callable[[Viewer, str], str]

_fronts: list[Front] = []


def fronts(say: Front) -> Front:
    """Have `say(viewer, to)` give the path at which somebody who watches arrives; empty: not there.

    `to` is which of its pages the link's address asks for, in a word; empty, or none: the usual.
    """
    if say not in _fronts:
        _fronts.append(say)
    return say


def front(viewer: Viewer, to: str = "") -> str:
    """Return the path at which somebody who watches arrives; empty: at the stage, in rehearsal."""
    return next((path for say in _fronts if (path := say(viewer, to))), "")


@transaction.atomic
def let_watch(
    project: Project,
    *,
    label: str,
    by: Account,
    at: datetime,
    until: datetime | None = None,
    may_be_raised: bool = False,
) -> tuple[Viewer, str]:
    """Let somebody watch a rehearsal; return who, and the link's secret, which is shown only now.

    It is URL-safe and 43 characters long. A room that has a place for those who watch lets them
    when the curtain is up, too. Raises CurtainAlreadyRaised, NeedsName, TooManyViewers.
    """
    standing = Project.objects.select_for_update().get(pk=project.pk)
    require(may_be_raised or not standing.is_raised, CurtainAlreadyRaised)
    label = text.shorten(text.clean_line(label), 100)
    require(label, NeedsName)
    require(_open(at).filter(project=project).count() < MOST, TooManyViewers, count=MOST)
    secret = secrets.token_urlsafe(32)
    made = Viewer.objects.create(
        digest=digest(secret),
        project=project,
        label=label,
        created_by=by,
        created_at=at,
        expires_at=until,
    )
    return made, secret


def find(secret: str, *, at: datetime) -> Viewer:
    """Return whom a link lets watch. Raises WatchLinkClosed."""
    found = _open(at).filter(digest=digest(secret)).select_related("project__studio").first()
    require(found, WatchLinkClosed)
    assert found
    return found


def revoke(project: Project, viewer_id: str, *, at: datetime) -> None:
    """Close a link: its pages are gone at once, its streams end within seconds.

    Raises WatchLinkClosed.
    """
    theirs = Viewer.objects.filter(project=project, pk=viewer_id, revoked_at=None)
    with transaction.atomic():
        require(theirs.update(revoked_at=at), WatchLinkClosed)
        bell.signal(project.work_id)


def revoke_all(studio: Studio, *, by: Account, at: datetime) -> None:
    """Close the links that somebody made, in all of a studio's projects."""
    made = Viewer.objects.filter(project__studio=studio, created_by=by, revoked_at=None)
    made.update(revoked_at=at)


def keep(session: MutableMapping[str, Any], viewer: Viewer) -> None:
    """Have a session keep what its reader may watch, beside what it kept before."""
    others = [one for one in session.get(KEPT, []) if one != viewer.pk]
    session[KEPT] = [*others, viewer.pk][-MOST_KEPT:]


def recall(user: Any, session: MutableMapping[str, Any]) -> Any:
    """Return a request's user, who from now on knows their session and what it may watch."""
    user.session, user.watches = session, tuple(session.get(KEPT, ()))
    return user


def watching(user: Any, project: Project) -> Viewer | None:
    """Return by which link a request's user watches a project now, None where by none."""
    watches = getattr(user, "watches", ())
    if not watches:
        return None
    return _open(timezone.now()).filter(project=project, pk__in=watches).first()


def watched(user: Any, projects: QuerySet[Project]) -> QuerySet[Project]:
    """Return those projects, still in rehearsal, that a request's user may watch by a link."""
    links = _open(timezone.now()).filter(pk__in=getattr(user, "watches", ()))
    return projects.filter(curtain_raised_at=None, pk__in=links.values("project"))


def note(viewer: Viewer, *, at: datetime) -> None:
    """Note that a link was used, to the nearest few minutes."""
    if viewer.last_used_at is None or at - viewer.last_used_at > NOTED_EACH:
        Viewer.objects.filter(pk=viewer.pk).update(last_used_at=at)


def page(
    project: Project, *, at: datetime, after: str = "", limit: int = MOST
) -> tuple[list[Viewer], str]:
    """Return a page of whom a project lets watch now, the newest first, and the place after it.

    Those that expired are left out. Raises PlaceMalformed.
    """
    rows = _open(at).filter(project=project)
    return places.page(rows, "created_at", after=after, limit=limit)


def _open(at: datetime) -> QuerySet[Viewer]:
    lives = Q(expires_at=None) | Q(expires_at__gt=at)
    # Whoever is let in no more, or has left the house, lets nobody watch, nor themselves.
    return Viewer.objects.filter(lives, revoked_at=None, created_by__is_active=True)
