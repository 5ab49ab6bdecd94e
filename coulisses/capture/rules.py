"""What may happen to captures: verbs."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from coulisses.capture import forms, waiting
from coulisses.capture.models import Waiting
from coulisses.capture.telling import tell_all
from coulisses.log.models import Entry
from coulisses.people.models import Voice
from coulisses.projects import revisions, sight
from coulisses.projects.models import Project
from coulisses.projects.telling import hold


@transaction.atomic
def take(
    project: Project,
    captures: Sequence[forms.Capture],
    *,
    by_owner: str,
    at: datetime,
    is_proposed: bool = False,
) -> list[Entry | Waiting]:
    """Take a batch of saves, all or none: tell what may be shown, and set the rest aside.

    `by_owner` is the voice that speaks for captures whose author is the owner. With `is_proposed`
    (a contributor sends them) all of them wait for a maker. What became of each comes back in the
    captures' order; `entry.is_new` is false where `once` had been told before.
    Raises CaptureTooLong, AudienceUnknown, CurtainHasFallen.
    """
    # Two batches may bring one new author; and a final curtain may have fallen meanwhile.
    project.finished_at = hold(project).finished_at
    sight.require_audiences(project, {capture.audience for capture in captures})
    aside = waiting.set_aside(project, captures, by=by_owner, at=at, is_proposed=is_proposed)
    shown = [capture for capture in captures if capture.once not in aside]
    told = iter(tell_all(project, shown, by_owner=by_owner, at=at))
    return [aside[one.once] if one.once in aside else next(told) for one in captures]


@transaction.atomic
def show_names(project: Project, is_shown: bool) -> None:
    """Show the contributors' names, or take them out again; their entries stay in order."""
    Project.objects.filter(pk=project.pk).update(are_names_shown=is_shown)
    project.are_names_shown = is_shown
    Voice.objects.filter(author__project=project).update(is_named=is_shown)
    revisions.bump(project)
