"""Laying one sentence over several captures: they stand folded under it, each with its number."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.log.refusals import EntryNotFound
from coulisses.moments import rules
from coulisses.moments.kinds import MomentTold, MomentUnfolded
from coulisses.moments.models import Under
from coulisses.moments.refusals import (
    AlreadyUnder,
    NothingFolded,
    NothingUnder,
    OnlyCapturesGoUnder,
    TooManyUnder,
    UnderDifferentEyes,
)
from coulisses.projects import revisions
from coulisses.projects.models import Project
from coulisses.projects.telling import hold, tell

MOST = 100  # captures under one sentence, as many as a sitting has
CAPTURE = "capture"


@transaction.atomic
def lay(
    project: Project,
    positions: Collection[int],
    *,
    kind: str,
    title: str = "",
    body: str = "",
    by: str,
    at: datetime,
) -> Entry:
    """Tell a moment over captures, in a row or not; whoever may see them may read it.

    Raises NothingUnder, TooManyUnder, EntryNotFound, OnlyCapturesGoUnder, AlreadyUnder,
    UnderDifferentEyes, and what `rules.tell` raises.
    """
    chosen = sorted(set(positions))
    require(chosen, NothingUnder)
    require(len(chosen) <= MOST, TooManyUnder, most=MOST)
    hold(project)
    audience = _audience(project, chosen)
    for position, moment in over(project, chosen).items():
        raise AlreadyUnder(position=position, moment=moment)
    told = rules.tell(
        project,
        kind=kind,
        title=title,
        body=body,
        over=chosen,
        audience=audience,
        by=by,
        happened_at=at,
        told_at=at,
    )
    _put(project, told.position, chosen)
    revisions.bump(project)
    return told


@transaction.atomic
def unfold(project: Project, position: int, *, by: str, at: datetime) -> Entry:
    """Let the captures under a moment stand by themselves again.

    Raises EntryNotFound, NothingFolded.
    """
    entry = ledger.find(project.work, position)
    under = Under.objects.filter(project=project, moment=position)
    require(under.delete()[0], NothingFolded)
    revisions.bump(project)
    fact = MomentUnfolded(about=position)
    return tell(project, fact, by=by, audience=entry.audience, happened_at=at, told_at=at)


def over(project: Project, positions: Collection[int]) -> dict[int, int]:
    """Return, for those of the positions that stand under a moment, the moment's."""
    if not positions:
        return {}
    rows = Under.objects.filter(project=project, position__in=positions).order_by("position")
    return dict(rows.values_list("position", "moment"))


def forget(project: Project, entry: Entry) -> None:
    """Unfold what lies under an entry, or take it out from under another: its words are to go."""
    here = Q(position=entry.position) | Q(moment=entry.position)
    Under.objects.filter(here, project=project).delete()


def replay(project: Project) -> None:
    """Derive anew, from the log as it stands, what stands under which moment."""
    Under.objects.filter(project=project).delete()
    told = Entry.objects.filter(log=project.work_id)
    unfolded = set(told.filter(kind=MomentUnfolded.kind_name).values_list("about", flat=True))
    moments = told.filter(kind=MomentTold.kind_name, sealed__isnull=False)
    for entry in moments.select_related("sealed").order_by("position").iterator(chunk_size=500):
        fact = entry.fact
        if isinstance(fact, MomentTold) and fact.over and entry.position not in unfolded:
            standing = told.filter(position__in=fact.over, sealed__isnull=False)
            _put(project, entry.position, sorted(standing.values_list("position", flat=True)))


def _audience(project: Project, chosen: list[int]) -> str:
    """Return for whom captures are.

    Raises EntryNotFound, OnlyCapturesGoUnder, UnderDifferentEyes.
    """
    found = Entry.objects.filter(log=project.work, position__in=chosen).select_related("sealed")
    entries = list(found.order_by("position"))
    require(len(entries) == len(chosen), EntryNotFound)
    for one in entries:
        is_step = one.topic == CAPTURE and not one.is_shredded
        require(is_step, OnlyCapturesGoUnder, position=one.position)
    audiences = {one.audience for one in entries}
    require(len(audiences) == 1, UnderDifferentEyes)
    return audiences.pop()


def _put(project: Project, moment: int, positions: Collection[int]) -> None:
    Under.objects.bulk_create(
        Under(project=project, position=position, moment=moment) for position in positions
    )
