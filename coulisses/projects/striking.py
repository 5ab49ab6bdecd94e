"""Striking: what is taken out of a rehearsal before anybody sees it.

A struck entry is marked, and can come back, until the curtain rises; in the same breath its words
and files are shredded. Its place remains, as of whatever is shredded.
"""

from django.db import transaction

from coulisses.lib.refusals import require
from coulisses.log import kinds, ledger
from coulisses.log.models import Entry
from coulisses.projects.kinds import ProjectOpened
from coulisses.projects.models import Project, Struck
from coulisses.projects.refusals import NothingToStrike, OnlyInRehearsal

REASON = "struck"  # of what was taken out of a rehearsal


@transaction.atomic
def strike(project: Project, position: int) -> None:
    """Mark an entry of a rehearsal to be shredded when the curtain rises; once is enough.

    Raises OnlyInRehearsal, EntryNotFound, NothingToStrike.
    """
    _require_rehearsal(project)
    entry = ledger.find(project.work, position)
    spoken = kinds.of(entry.kind)
    is_aside = spoken is not None and spoken.is_encore
    require(not entry.is_shredded and not is_aside, NothingToStrike)
    require(entry.kind != ProjectOpened.kind_name, NothingToStrike)
    Struck.objects.get_or_create(project=project, position=position)


@transaction.atomic
def spare(project: Project, position: int) -> None:
    """Let a struck entry stay after all. Raises OnlyInRehearsal."""
    _require_rehearsal(project)
    Struck.objects.filter(project=project, position=position).delete()


def doomed(project: Project) -> list[int]:
    """Return the positions that go when the curtain rises: struck, or said of what is struck."""
    struck = Struck.objects.filter(project=project).values("position")
    standing = Entry.objects.filter(log=project.work_id, sealed__isnull=False)
    spoken = standing.filter(about__in=struck).values_list("position", "kind")
    said = {
        position
        for position, kind in spoken
        if (known := kinds.of(kind)) is None or not known.is_encore
    }
    own = standing.filter(position__in=struck).values_list("position", flat=True)
    return sorted({*own, *said})


def _require_rehearsal(project: Project) -> None:
    row = Project.objects.select_for_update().get(pk=project.pk)
    require(not row.is_raised, OnlyInRehearsal)
