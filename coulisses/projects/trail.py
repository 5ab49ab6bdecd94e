"""The trail of influence: from what a voice gave to the entry in which it shows."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects import revisions
from coulisses.projects.models import Became, Project


def tie(project: Project, *, voice: str, gave: int, became: int, how: str, at: datetime) -> Became:
    """Note that what a voice gave (a position in the room; 0: no entry) became an entry.

    `how` is one of `voiced.WAYS`. Tied twice, it is one step. Whoever gave it is told, once.
    """
    step, is_new = Became.objects.get_or_create(
        project=project, voice_id=voice, gave=gave, became=became, how=how, defaults={"at": at}
    )
    if is_new:
        revisions.bump(project)
    return step


def tie_many(
    project: Project, *, voices: Collection[str], became: int, how: str, at: datetime
) -> None:
    """Note that what many gave, which is no entry, became one: a few hundred in one statement."""
    steps = [
        Became(project=project, voice_id=voice, gave=0, became=became, how=how, at=at)
        for voice in voices
    ]
    Became.objects.bulk_create(steps, ignore_conflicts=True)
    revisions.bump(project)


def tie_all(
    project: Project,
    gave: Collection[tuple[int, str]],
    *,
    became: int,
    how: str,
    at: datetime,
) -> None:
    """Note that what voices gave, each a position in the room, became one entry, as `tie` does."""
    steps = [
        Became(project=project, voice_id=voice, gave=place, became=became, how=how, at=at)
        for place, voice in gave
    ]
    Became.objects.bulk_create(steps, ignore_conflicts=True)
    if steps:
        revisions.bump(project)


def untie(project: Project, *, gave: int, became: int) -> None:
    """Take a step back that was noted by mistake."""
    Became.objects.filter(project=project, gave=gave, became=became).delete()
    revisions.bump(project)


def move(project: Project, *, gave: Collection[int], was: int, became: int, how: str) -> None:
    """Lead what was given to another entry, in which it shows better; nobody is told again."""
    steps = Became.objects.filter(project=project, gave__in=gave, how=how)
    known = steps.filter(became=became).values_list("gave", flat=True)
    steps.filter(became=was, gave__in=list(known)).delete()
    if steps.filter(became=was).update(became=became):
        revisions.bump(project)


def came_from(project: Project, positions: Collection[int]) -> dict[int, list[Became]]:
    """Return, by entry of the work log, what it came from; oldest first, in one query."""
    found = defaultdict[int, list[Became]](list)
    rows = Became.objects.filter(project=project, became__in=positions).select_related("voice")
    for one in rows.order_by("became", "id"):  # as its index has them
        found[one.became].append(one)
    return dict(found)


def became(project: Project, positions: Collection[int]) -> dict[int, list[Became]]:
    """Return, by entry of the room log, what it became; oldest first, in one query."""
    found = defaultdict[int, list[Became]](list)
    for one in Became.objects.filter(project=project, gave__in=positions).order_by("gave", "id"):
        found[one.gave].append(one)
    return dict(found)


def seen(
    project: Project, positions: Collection[int], *, audiences: frozenset[str]
) -> dict[int, dict[int, str]]:
    """Return, by entry of the room, which entries of the work it became, and how (of WAYS).

    Only those that a reader with these audiences may read; two queries at most.
    """
    steps = became(project, positions) if positions else {}
    shown = Entry.objects.filter(
        log=project.work_id, position__in={one.became for some in steps.values() for one in some}
    )
    if audiences is not ledger.EVERYTHING:
        shown = shown.filter(audience__in=audiences)
    there = set(shown.values_list("position", flat=True)) if steps else set()
    return {
        gave: {one.became: one.how for one in some if one.became in there}
        for gave, some in steps.items()
    }
