"""How a project rests, goes on, ends and is reopened: verbs.

A pause is a sign on the door: whoever works may go on telling. A final curtain ends the telling,
for the agent as for the page, until the owner reopens; only encores follow it.
"""

from datetime import date, datetime

from django.db import transaction

from coulisses.lib.refusals import require
from coulisses.lib.text import clean, clean_line
from coulisses.log.models import Entry
from coulisses.projects import revisions
from coulisses.projects.face_refusals import AlreadyPaused, NotFinished, NotPaused, WordsTooMany
from coulisses.projects.kinds import (
    CurtainFallen,
    ProjectPaused,
    ProjectReopened,
    ProjectResumed,
)
from coulisses.projects.models import Project
from coulisses.projects.refusals import CurtainStillDown
from coulisses.projects.telling import tell

LONGEST_WHY = 300  # characters
LONGEST_LAST = 5_000
COURSE = {
    *(ProjectPaused.kind_name, ProjectResumed.kind_name),
    *(CurtainFallen.kind_name, ProjectReopened.kind_name),
}


@transaction.atomic
def pause(
    project: Project, *, words: str = "", back_on: date | None = None, by: str, at: datetime
) -> Entry:
    """Say that the work rests, why, and when it goes on if that is known.

    Raises AlreadyPaused, WordsTooMany, CurtainHasFallen.
    """
    words = clean_line(words)
    require(len(words) <= LONGEST_WHY, WordsTooMany, most=LONGEST_WHY)
    fact = ProjectPaused(words=words, back_on=back_on.isoformat() if back_on else "")
    told = tell(project, fact, by=by, happened_at=at, told_at=at)
    resting = Project.objects.filter(pk=project.pk, paused_at=None)
    paused = resting.update(paused_at=at, pause_words=words, back_on=back_on)
    require(paused, AlreadyPaused)
    revisions.bump(project)
    return told


@transaction.atomic
def resume(project: Project, *, by: str, at: datetime) -> Entry:
    """Say that the work goes on. Raises NotPaused, CurtainHasFallen."""
    told = tell(project, ProjectResumed(), by=by, happened_at=at, told_at=at)
    resting = Project.objects.filter(pk=project.pk, paused_at__isnull=False)
    require(resting.update(paused_at=None, pause_words="", back_on=None), NotPaused)
    revisions.bump(project)
    return told


@transaction.atomic
def finish(project: Project, *, words: str = "", by: str, at: datetime) -> Entry:
    """Let the final curtain fall, with the last words (markdown).

    Raises CurtainStillDown, WordsTooMany, CurtainHasFallen.
    """
    require(project.is_raised, CurtainStillDown)
    words = clean(words).strip()
    require(len(words) <= LONGEST_LAST, WordsTooMany, most=LONGEST_LAST)
    told = tell(project, CurtainFallen(words=words), by=by, happened_at=at, told_at=at)
    Project.objects.filter(pk=project.pk).update(
        finished_at=at, last_words=words, paused_at=None, pause_words="", back_on=None
    )
    revisions.bump(project)
    return told


@transaction.atomic
def reopen(project: Project, *, by: str, at: datetime) -> Entry:
    """Raise the final curtain again: from now on the project is told as before. NotFinished."""
    told = tell(project, ProjectReopened(), by=by, happened_at=at, told_at=at)
    finished = Project.objects.filter(pk=project.pk, finished_at__isnull=False)
    require(finished.update(finished_at=None, last_words=""), NotFinished)
    revisions.bump(project)
    return told


def forget(project: Project, entry: Entry) -> None:
    """Take the words of a pause or of an end from the stage, that are about to go."""
    mine = Project.objects.filter(pk=project.pk)
    if isinstance(entry.fact, CurtainFallen):
        mine.filter(finished_at=entry.told_at).update(last_words="")
    elif isinstance(entry.fact, ProjectPaused):
        mine.filter(paused_at=entry.told_at).update(pause_words="")


def replay(project: Project) -> None:
    """Derive anew from the log whether a project rests or is finished, and with which words."""
    told = Entry.objects.filter(log=project.work_id, kind__in=COURSE)
    last = told.select_related("sealed").order_by("position").last()
    stands: dict[str, object] = dict.fromkeys(("paused_at", "back_on", "finished_at"))
    stands |= {"pause_words": "", "last_words": ""}
    if last and last.kind == ProjectPaused.kind_name:
        said = last.fact if isinstance(last.fact, ProjectPaused) else ProjectPaused()
        day = date.fromisoformat(said.back_on) if said.back_on else None
        stands |= {"paused_at": last.told_at, "pause_words": said.words, "back_on": day}
    elif last and last.kind == CurtainFallen.kind_name:
        words = last.fact.words if isinstance(last.fact, CurtainFallen) else ""
        stands |= {"finished_at": last.told_at, "last_words": words}
    Project.objects.filter(pk=project.pk).update(**stands)
