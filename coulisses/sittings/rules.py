"""What may happen to sittings: verbs."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from coulisses.lib.refusals import require
from coulisses.lib.text import clean_line
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects import revisions
from coulisses.projects.models import Project, Sitting
from coulisses.projects.telling import tell
from coulisses.sittings.kinds import SittingTitled
from coulisses.sittings.refusals import SittingNotFound, SittingTitleTooLong

LONGEST = 200  # characters


@transaction.atomic
def title(project: Project, first: int, title: str, *, by: str, at: datetime) -> Entry:
    """Put a sentence over the sitting that begins at `first`; an empty one takes it off.

    Raises SittingNotFound, SittingTitleTooLong.
    """
    words = clean_line(title)
    require(len(words) <= LONGEST, SittingTitleTooLong, most=LONGEST)
    sitting = Sitting.objects.filter(project=project, first_position=first).first()
    require(sitting, SittingNotFound)
    assert sitting
    # Of a sitting without anything public, not even the title is.
    audience = ledger.PUBLIC if sitting.count else ledger.find(project.work, first).audience
    told = tell(
        project,
        SittingTitled(about=first, title=words),
        by=by,
        audience=audience,
        happened_at=at,
        told_at=at,
    )
    Sitting.objects.filter(pk=sitting.pk).update(title=words)
    revisions.bump(project)
    return told


def forget(project: Project, entry: Entry) -> None:
    """Take off a title whose words are about to go; the one before it holds again."""
    if isinstance(entry.fact, SittingTitled):
        before = _titles(project).filter(about=entry.about).exclude(pk=entry.pk).last()
        _set(project, entry.about, before)


def replay(project: Project) -> None:
    """Derive the titles anew from the log as it stands."""
    Sitting.objects.filter(project=project).update(title="")
    for entry in _titles(project):
        _set(project, entry.about, entry)


def _titles(project: Project) -> QuerySet[Entry]:
    """The titles whose words still stand, in the order of the log."""
    told = Entry.objects.filter(log=project.work, kind=SittingTitled.kind_name)
    return told.filter(sealed__isnull=False).select_related("sealed").order_by("position")


def _set(project: Project, first: int | None, entry: Entry | None) -> None:
    said = entry.fact if entry else None
    words = said.title if isinstance(said, SittingTitled) else ""
    Sitting.objects.filter(project=project, first_position=first or 0).update(title=words)
