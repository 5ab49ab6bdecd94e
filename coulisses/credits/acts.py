"""Who told the work, and whose gifts the trail leads from: what credits know by themselves."""

from collections.abc import Collection, Iterator

from django.db.models import Min

from coulisses.log.models import Entry, Log
from coulisses.projects import credited, heard
from coulisses.projects.credited import Act
from coulisses.projects.models import Became, Project

ROLE_OF = {"kept": "lead", "decided": "vote", "corrected": "correction", "shaped": "seed"}
PUBLIC = "public"
A_READ = 500


@credited.by
def makers(project: Project) -> Iterator[Act]:
    """Yield whoever told something of the work, since when."""
    told = Entry.objects.filter(log=project.work_id).exclude(by="").values("by", "audience")
    for one in told.annotate(first=Min("position"), since=Min("told_at")).order_by("first"):
        yield Act(one["by"], "maker", one["since"], str(one["first"]), one["audience"])


@credited.by
def influenced(project: Project) -> Iterator[Act]:
    """Yield whose words, leads and votes became an entry, each voice once in a role and circle.

    Whoever may not read both what was given and what it became is not told of it; whose gift is
    hidden is not named.
    """
    known: set[tuple[str, str, str]] = set()
    turn: list[Became] = []
    for step in Became.objects.filter(project=project).order_by("id").iterator(chunk_size=A_READ):
        turn.append(step)
        if len(turn) == A_READ:
            yield from _acts(project, turn, known)
            turn = []
    yield from _acts(project, turn, known)


def _acts(
    project: Project, steps: Collection[Became], known: set[tuple[str, str, str]]
) -> Iterator[Act]:
    work = _audiences(project.work, {one.became for one in steps})
    room = _audiences(project.room, {one.gave for one in steps if one.gave})
    unheard = heard.hidden(project, room)
    for one in steps:
        if one.gave in unheard:
            continue
        became, gave = work.get(one.became, ""), room.get(one.gave, PUBLIC)
        audience = became if gave in (PUBLIC, became) else gave if became == PUBLIC else ""
        key = one.voice_id, ROLE_OF[one.how], audience
        if audience and key not in known:
            known.add(key)
            yield Act(*key[:2], at=one.at, place=str(one.became), audience=audience)


def _audiences(log: Log, positions: Collection[int]) -> dict[int, str]:
    rows = (
        Entry.objects.filter(log=log, position__in=positions) if positions else Entry.objects.none()
    )
    return dict(rows.values_list("position", "audience"))
