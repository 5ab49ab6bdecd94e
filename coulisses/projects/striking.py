"""Striking: what is taken out of a rehearsal before anybody sees it.

A struck entry is marked, and can come back, until the curtain rises; in the same breath its words
and files are shredded. Its place remains, as of whatever is shredded.
"""

from django.db import transaction

from coulisses.lib.refusals import require
from coulisses.log import kinds, ledger
from coulisses.log.models import Entry
from coulisses.projects.face_refusals import NothingToStrike, OnlyInRehearsal
from coulisses.projects.kinds import EntryShredded, ProjectOpened
from coulisses.projects.models import Project, Struck
from coulisses.projects.telling import hold

REASON = "struck"  # of what was taken out of a rehearsal
KEPT = {ProjectOpened.kind_name, EntryShredded.kind_name}


@transaction.atomic
def strike(project: Project, position: int) -> None:
    """Mark an entry of a rehearsal to be shredded when the curtain rises; once is enough.

    Raises OnlyInRehearsal, EntryNotFound, NothingToStrike.
    """
    _require_rehearsal(project)
    require(may_go(ledger.find(project.work, position)), NothingToStrike)
    Struck.objects.get_or_create(project=project, position=position)


@transaction.atomic
def spare(project: Project, position: int) -> None:
    """Let a struck entry stay after all. Raises OnlyInRehearsal."""
    _require_rehearsal(project)
    Struck.objects.filter(project=project, position=position).delete()


def may_go(entry: Entry) -> bool:
    """Return whether an entry can be struck: it still says something, and is no rehearsal's own."""
    return entry.kind not in KEPT and any(map(_is_said, entry.fact.spelled().values()))


def doomed(project: Project) -> list[int]:
    """Return the positions that go when the curtain rises: struck, or said of what is struck."""
    struck = Struck.objects.filter(project=project).values("position")
    standing = Entry.objects.filter(log=project.work_id).select_related("sealed")
    own = [one.position for one in standing.filter(position__in=struck) if may_go(one)]
    said = standing.filter(about__in=struck)
    # What only helps to read, a title over a sitting say, is not about the entry it begins with.
    also = [one.position for one in said if may_go(one) and not _is_encore(one)]
    return sorted({*own, *also})


def _is_said(value: object) -> bool:
    return isinstance(value, str | list) and bool(value)


def _is_encore(entry: Entry) -> bool:
    spoken = kinds.of(entry.kind)
    return spoken is not None and spoken.is_encore


def _require_rehearsal(project: Project) -> None:
    require(not hold(project).is_raised, OnlyInRehearsal)
