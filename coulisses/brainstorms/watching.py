"""Watching with a veto: by a link, a client or a lawyer reads a page and takes down ideas."""

from datetime import datetime

from django.db import transaction

from coulisses.brainstorms import throwing
from coulisses.brainstorms.models import Brainstorm, Watcher
from coulisses.lib.refusals import require
from coulisses.people.models import Account, Voice
from coulisses.projects import keeping, viewers
from coulisses.projects.models import Viewer
from coulisses.projects.refusals import WatchLinkClosed


@transaction.atomic
def let_watch(
    of: Brainstorm, *, label: str, by: Account, at: datetime, until: datetime | None
) -> tuple[Watcher, str]:
    """Let somebody watch and veto; return who, and the link's secret, which is shown only now.

    Raises NeedsName, TooManyViewers.
    """
    viewer, secret = viewers.let_watch(
        of.project, label=label, by=by, at=at, until=until, may_be_raised=True
    )
    voice = Voice.objects.create(name=viewer.label, is_named=True)
    return Watcher.objects.create(viewer=viewer, voice=voice), secret


def watchers(of: Brainstorm, *, at: datetime) -> list[Viewer]:
    """Return who may watch now, the newest first."""
    listed, _older = viewers.page(of.project, at=at)
    known = set(Watcher.objects.filter(viewer__in=listed).values_list("viewer", flat=True))
    return [one for one in listed if one.pk in known]


def require_watcher(of: Brainstorm, viewer: Viewer | None) -> Watcher:
    """Return who watches a brainstorm by a link. Raises WatchLinkClosed."""
    known = Watcher.objects.filter(viewer=viewer, viewer__project=of.project) if viewer else None
    found = known.select_related("viewer").first() if known is not None else None
    require(found, WatchLinkClosed)
    assert found
    return found


def veto(of: Brainstorm, watcher: Watcher, position: int, *, reason: str, at: datetime) -> None:
    """Take an idea down, with a reason, by the name of who watches; once, and nothing but ideas.

    Raises IdeaUnknown, and as `Hands.hide`.
    """
    throwing.require_standing(of, position)
    hands = keeping.hands()
    hands.hide(of.project, position, reason=reason, by=watcher.voice_id, at=at)


@viewers.fronts
def front(viewer: Viewer, to: str) -> str:
    """Return where somebody who may veto arrives; a source over a stream, at the big screen."""
    if not Watcher.objects.filter(viewer=viewer).exists():
        return ""
    project = viewer.project
    return f"{project.path}wall/screen/" if to == "screen" else f"{project.desk}wall/watch/"
