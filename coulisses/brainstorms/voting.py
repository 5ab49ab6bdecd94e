"""Voting by dots: several on one idea, taken back at will, seen by nobody else before the end."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, OuterRef, Subquery, Sum

from coulisses.brainstorms import circle, course, holding, throwing
from coulisses.brainstorms.kinds import DotsCounted
from coulisses.brainstorms.models import Brainstorm, Dots, Idea, Purse
from coulisses.brainstorms.refusals import IdeaUnknown, NoDotsLeft, NoDotThere
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.projects import heard
from coulisses.projects.models import Project


@transaction.atomic
def place(of: Brainstorm, position: int, *, by: str, at: datetime) -> int:
    """Place one dot on an idea; return how many are left in the purse.

    Raises NotNow, StandsStill, TimeIsUp, IdeaUnknown, NoDotsLeft, what `circle.require_in` does.
    """
    now = holding.hold(of)
    throwing.require_phase(now, course.VOTE, at)  # a dot lies before the count, or not
    circle.require_in(now, by)
    require(not throwing.require_standing(of, position).into, IdeaUnknown)
    Purse.objects.get_or_create(project=of.project, voice_id=by, defaults={"most": of.dots})
    purse = Purse.objects.filter(project=of.project, voice=by)
    # One statement decides: two tabs that spend the last dot at once find it spent.
    require(purse.filter(spent__lt=F("most")).update(spent=F("spent") + 1), NoDotsLeft)
    lying = Dots.objects.filter(project=of.project, voice=by, position=position)
    if not lying.update(count=F("count") + 1):
        Dots.objects.create(project=of.project, voice_id=by, position=position, count=1)
    return _left(purse.get())


@transaction.atomic
def take_back(of: Brainstorm, position: int, *, by: str, at: datetime) -> int:
    """Take one dot back from an idea; return how many are in the purse.

    Raises NotNow, StandsStill, TimeIsUp, NoDotThere.
    """
    throwing.require_phase(holding.hold(of), course.VOTE, at)  # a dot lies before the count, or not
    purse = Purse.objects.filter(project=of.project, voice=by)
    require(purse.filter(spent__gt=0).update(spent=F("spent") - 1), NoDotThere)
    lying = Dots.objects.filter(project=of.project, voice=by, position=position)
    if not lying.filter(count__gt=1).update(count=F("count") - 1):
        require(lying.delete()[0], NoDotThere)
    return _left(purse.get())


def give_back(project: Project, position: int) -> None:
    """Put the dots that lie on an idea back into their purses: the idea goes. In a transaction."""
    gone = Dots.objects.filter(project=project, position=position)
    theirs = gone.filter(voice=OuterRef("voice")).values("count")
    purses = Purse.objects.filter(project=project, voice__in=gone.values("voice"))
    purses.update(spent=F("spent") - Subquery(theirs))
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

    Dots on an idea that was merged since count for the one that stands for it.
    """
    lying = Dots.objects.filter(project=of.project)
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
