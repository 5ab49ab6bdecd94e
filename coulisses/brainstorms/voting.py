"""Voting by dots: several on one idea, taken back at will, seen by nobody else before the end."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery, Sum

from coulisses.brainstorms import circle, course, holding, rows, throwing
from coulisses.brainstorms.kinds import DotsCounted
from coulisses.brainstorms.models import Brainstorm, Dots, Idea, Purse
from coulisses.brainstorms.refusals import IdeaUnknown, NoDotsLeft, NoDotThere
from coulisses.lib.refusals import Refusal, require
from coulisses.log.models import Entry
from coulisses.projects import heard
from coulisses.projects.models import Project


@dataclass(frozen=True)
class Move:
    """A dot on its way to an idea, or back from it."""

    position: int
    by: str
    is_back: bool = False


@dataclass(frozen=True)
class Moved:
    """What is in a purse after a dot was moved, and how many of its owner lie on the idea."""

    left: int
    here: int


def place(of: Brainstorm, position: int, *, by: str, at: datetime) -> int:
    """Place one dot on an idea; return how many are left in the purse.

    Raises NotNow, StandsStill, TimeIsUp, IdeaUnknown, NoDotsLeft, what `circle.require_in` does.
    """
    return _alone(of, Move(position, by), at)


def take_back(of: Brainstorm, position: int, *, by: str, at: datetime) -> int:
    """Take one dot back from an idea; return how many are in the purse.

    Raises NotNow, StandsStill, TimeIsUp, NoDotThere.
    """
    return _alone(of, Move(position, by, is_back=True), at)


@transaction.atomic
def move_all(of: Brainstorm, moves: list[Move], *, at: datetime) -> list[Moved | Refusal]:
    """Move the dots of many at once; return what came of each, refusals too.

    A dot lies before the count, or not at all: the phase is held to the end of the transaction.
    Raises NotNow, StandsStill, TimeIsUp.
    """
    now = holding.hold(of)
    throwing.require_phase(now, course.VOTE, at)
    standing = rows.standing(now.project_id, {one.position for one in moves if not one.is_back})
    # In one order, whoever does the same in another process.
    order = sorted(range(len(moves)), key=lambda one: (moves[one].by, one))
    done = {number: _tried(now, moves[number], standing) for number in order}
    return [done[number] for number in range(len(moves))]


def _alone(of: Brainstorm, move: Move, at: datetime) -> int:
    [done] = move_all(of, [move], at=at)
    if isinstance(done, Refusal):
        raise done
    return done.left


def _tried(of: Brainstorm, move: Move, standing: set[int]) -> Moved | Refusal:
    try:
        return _take_back(of, move) if move.is_back else _place(of, move, standing)
    except Refusal as refusal:
        return refusal


def _place(of: Brainstorm, move: Move, standing: set[int]) -> Moved:
    circle.require_in(of, move.by)
    require(move.position in standing, IdeaUnknown)
    left = rows.spend(of.project_id, move.by, most=of.dots)
    require(left is not None, NoDotsLeft)
    return Moved(left or 0, rows.lay(of.project_id, move.by, move.position))


def _take_back(of: Brainstorm, move: Move) -> Moved:
    # The purse first, as by whoever places, or takes an idea away: none waits for the other.
    left = rows.put_back(of.project_id, move.by)
    here = rows.lift(of.project_id, move.by, move.position)
    if left is not None and here is None:
        rows.spend(of.project_id, move.by, most=of.dots)
    require(here is not None, NoDotThere)
    return Moved(left or 0, here or 0)


def give_back(project: Project, position: int) -> None:
    """Put the dots that lie on an idea back into their purses: the idea goes. In a transaction."""
    gone = Dots.objects.filter(project=project, position=position)
    theirs = gone.filter(voice=OuterRef("voice")).values("count")
    purses = Purse.objects.filter(project=project, voice__in=gone.values("voice"))
    # In the order in which dots are placed; what lies there is read once nobody moves it.
    held = list(purses.select_for_update().order_by("voice").values_list("pk", flat=True))
    purses.filter(pk__in=held).update(spent=F("spent") - Subquery(theirs))
    gone.delete()


def lying(of: Brainstorm, voice: str) -> dict[int, int]:
    """Return how many dots a voice has placed on which ideas."""
    rows = Dots.objects.filter(project=of.project, voice=voice)
    return dict(rows.values_list("position", "count"))


def left(of: Brainstorm, voice: str) -> int:
    """Return how many dots are in a voice's purse."""
    purse = Purse.objects.filter(project=of.project, voice=voice).first() if voice else None
    return _left(purse) if purse else of.dots


def count(of: Brainstorm, *, by: str, at: datetime) -> Entry:
    """Count all dots that lie, and tell it. In the transaction that ends the vote.

    Dots on an idea that was merged since count for the one that stands for it; one that was taken
    back has none.
    """
    gone = Idea.objects.filter(project=of.project, is_gone=True).values("position")
    lying = Dots.objects.filter(project=of.project).exclude(position__in=gone)
    merged = Idea.objects.filter(project=of.project, into__gt=0)
    stands = dict(merged.values_list("position", "into"))
    totals = Counter[str]()
    for one in lying.values("position").annotate(dots=Sum("count")).order_by("position"):
        totals[str(stands.get(one["position"], one["position"]))] += one["dots"]
    voices = lying.aggregate(voices=Count("voice", distinct=True))["voices"]
    fact = DotsCounted(totals=dict(totals), voices=voices)
    return heard.note(of.project, fact, by=by, at=at)


def _left(purse: Purse) -> int:
    return purse.most - purse.spent
