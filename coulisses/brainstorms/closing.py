"""Closing: a brainstorm is over, and what it came to is told where all can read it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from coulisses.brainstorms import announcing, course, holding, hosting, queries, silence
from coulisses.brainstorms.kinds import BrainstormConcluded, BrainstormSettled
from coulisses.brainstorms.models import Brainstorm, Idea
from coulisses.brainstorms.refusals import NotNow
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.projects import heard, telling, trail
from coulisses.projects.models import Became, Project

MOST_KEPT = 100  # ideas that one entry tells


@transaction.atomic
def close(of: Brainstorm, *, by: str, at: datetime) -> Entry:
    """End a brainstorm; return the entry of its work log that tells what was kept.

    Who gave a kept idea is on the trail to that entry, who said the same included. The project that
    it is about gets a line that leads there. Closed anew, the new entry holds. Raises NotNow.
    """
    now = holding.hold(of)
    require(now.phase != course.ENDED, NotNow)
    telling.hold(now.project)  # the work's lock before the room's
    hosting.begin(now, course.ENDED, by=by, at=at)
    now.refresh_from_db(fields=["owed_until"])
    ideas = kept(now)
    fact = BrainstormSettled(
        question=now.project.title,
        kept=_spelled(now, ideas),
        **_counts(now),
    )
    told = telling.tell(now.project, fact, by=by, happened_at=at, told_at=at)
    _tie(now, ideas, told, at)
    if not now.is_practice and (parent := announcing.parent_of(now)):
        named: dict[str, Any] = {"title": now.project.title, "slug": now.project.slug}
        line = BrainstormConcluded(**named, about=now.told_position or None, kept=len(ideas))
        telling.tell(parent, line, by=by, happened_at=at, told_at=at)
    return told


def kept(of: Brainstorm) -> list[Idea]:
    """Return the ideas that are kept, those with the most dots first."""
    rows = _standing(of).filter(is_kept=True, into=0).order_by("-dots", "position")
    found = list(rows[:MOST_KEPT])
    hidden = heard.hidden(of.project, [one.position for one in found])
    return [one for one in found if one.position not in hidden]


def authors(project: Project, ideas: list[int]) -> Mapping[int, list[tuple[int, str]]]:
    """Return for each idea who gave it: positions and voices, those who said the same included."""
    rows = Idea.objects.filter(project=project, is_gone=False)
    found = defaultdict[int, list[tuple[int, str]]](list)
    for one in rows.filter(position__in=ideas) | rows.filter(into__in=ideas):
        found[one.into or one.position].append((one.position, one.voice))
    return found


def told_before(project: Project, entry: Entry) -> set[int]:
    """Return the ideas of which an earlier entry told that they are kept."""
    earlier = Entry.objects.filter(log=project.work_id, kind=BrainstormSettled.kind_name)
    earlier = earlier.filter(position__lt=entry.position, sealed__isnull=False)
    return {
        int(one["idea"])
        for told in earlier.select_related("sealed")
        for one in getattr(told.fact, "kept", ())
    }


def _spelled(of: Brainstorm, ideas: list[Idea]) -> list[dict[str, Any]]:
    places = [place for one in ideas for place in (one.position, one.settled_position)]
    said = Entry.objects.filter(log=of.project.room_id, position__in=places)
    facts: dict[int, Any] = {one.position: one.fact for one in said.select_related("sealed")}
    return [
        {
            "idea": one.position,
            "words": facts[one.position].words,
            "why": facts[one.settled_position].words,
            "taken_by": facts[one.settled_position].taken_by,
            "dots": one.dots,
        }
        for one in ideas
    ]


def _counts(of: Brainstorm) -> dict[str, int]:
    """Return how many ideas all may read, or are about to, and of how many voices."""
    there, owed = queries.shown(of.project), silence.owed(of)
    voices = set(there.order_by().values_list("voice", flat=True).distinct())
    voices |= set(owed.values_list("voice", flat=True))
    return {"ideas": there.count() + owed.count(), "voices": len(voices)}


def _tie(of: Brainstorm, ideas: list[Idea], told: Entry, at: datetime) -> None:
    """Tie what was given to what was told; what an earlier closing tied leads here now."""
    gave = authors(of.project, [one.position for one in ideas])
    places = [place for some in gave.values() for place, _voice in some]
    earlier = Entry.objects.filter(log=of.project.work_id, kind=told.kind)
    for was in earlier.filter(position__lt=told.position).values_list("position", flat=True):
        trail.move(of.project, gave=places, was=was, became=told.position, how="kept")
        Became.objects.filter(project=of.project, became=was, how="kept").delete()
    steps = [step for some in gave.values() for step in some]
    trail.tie_all(of.project, steps, became=told.position, how="kept", at=at)


def _standing(of: Brainstorm) -> Any:
    return Idea.objects.filter(project=of.project, is_gone=False)
