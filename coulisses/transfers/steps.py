"""The trail travels: what voices gave in the room, and the entry that it became.

Votes are in no log, and nobody learns elsewhere who cast one: that a vote became an answer is read
from the log again, and stands under one voice for all who voted, which has no name.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field

from coulisses.decisions.models import Decision
from coulisses.lib import canonical
from coulisses.log import ledger
from coulisses.people.models import Voice
from coulisses.projects import carried, trail
from coulisses.projects.carried import Eyes, Load, Moment, Position, Row
from coulisses.projects.models import Became, Project


class Step(Row):
    """What stands at `gave` in the room became the entry at `became` of the work."""

    gave: Position
    became: Position
    how: Annotated[str, Field(pattern=r"^(?:kept|corrected|shaped)$")]
    at: Moment


def pack(project: Project, eyes: Eyes) -> Iterator[Step]:
    """Yield the steps whose both ends go along, the oldest first."""
    rows = Became.objects.filter(project=project, gave__gt=0, gave__lte=eyes.room)
    rows = rows.filter(became__lte=eyes.work).exclude(how="decided")
    for one in rows.order_by("pk").iterator() if eyes.is_whole else ():
        at = canonical.moment(one.at)
        yield Step(gave=one.gave, became=one.became, how=one.how, at=at)


def unpack(project: Project, rows: Sequence[Step]) -> None:
    """Lead from what was given to what it became; whoever gave it was told there.

    Raises ValueError for a step from nowhere, or to nowhere.
    """
    gave = carried.there(project.room, [one.gave for one in rows])
    carried.there(project.work, [one.became for one in rows])
    Became.objects.bulk_create(
        Became(
            project=project,
            voice_id=gave[one.gave].by,
            gave=one.gave,
            became=one.became,
            how=one.how,
            at=carried.hour(one.at),
            told_at=carried.hour(one.at),
        )
        for one in rows
    )


def tie_votes(project: Project, *, at: datetime) -> None:
    """Have answers that follow a vote come from it, as they did where it was cast."""
    answered = Decision.objects.filter(project=project, answered_at__isnull=False, turnout__gt=0)
    followed = [
        one.answered_position
        for one in answered.order_by("position")
        if getattr(ledger.find(project.work, one.answered_position).fact, "is_followed", False)
    ]
    stands = Voice.objects.create() if followed else None
    for position in followed:
        assert stands
        trail.tie(project, voice=stands.pk, gave=0, became=position, how="decided", at=at)
    Became.objects.filter(project=project, how="decided").update(told_at=at)


LOAD = Load("trail", Step, pack, unpack)
