"""Silent rounds: what is written unseen is kept, and thrown once its round is over, in its order.

What a table wrote hangs there as the round ends. Of a hall's ideas the first are thrown with it,
and the house throws the others in turns, each in a transaction of its own: between two of them
others throw, vote and begin what comes next. A turn that is broken off is taken again; one that
fails holds up no other brainstorm.
"""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from coulisses.brainstorms import holding
from coulisses.brainstorms.kinds import IdeaThrown
from coulisses.brainstorms.models import Brainstorm, Unheard
from coulisses.brainstorms.refusals import RoundIsFull, WrittenEnough
from coulisses.lib import once
from coulisses.lib.refusals import require
from coulisses.lib.turns import Turns
from coulisses.projects import heard, withdrawing
from coulisses.projects.models import Project

MOST = 40  # ideas of one voice in a silent round
MOST_OF_ALL = 10_000  # ideas of one brainstorm that nobody has seen yet
A_TURN = 30  # ideas thrown in one transaction

_turns = Turns("throwing what was written in silence")


def keep(of: Brainstorm, fact: IdeaThrown, *, by: str, at: datetime) -> None:
    """Keep an idea until the round that is on is over. In a transaction that holds its brainstorm.

    Raises WrittenEnough, RoundIsFull.
    """
    kept = Unheard.objects.filter(project=of.project)
    own = kept.filter(voice=by, pk__gt=of.owed_until)
    require(own.count() < MOST, WrittenEnough, most=MOST)
    require(kept.count() < MOST_OF_ALL, RoundIsFull)
    Unheard.objects.create(project=of.project, voice_id=by, body=fact.spelled(), at=at)
    heard.stir(of.project)


def written(of: Brainstorm) -> QuerySet[Unheard]:
    """Return what was written in the silent round that is on, without what is thrown already."""
    return Unheard.objects.filter(project=of.project, pk__gt=of.owed_until)


def owed(of: Brainstorm) -> QuerySet[Unheard]:
    """Return what was written in a round that is over, and is about to be thrown."""
    return Unheard.objects.filter(project=of.project, pk__lte=of.owed_until)


def end(of: Brainstorm, *, at: datetime) -> None:
    """End a silent round: throw what was written first, and owe the rest.

    In a transaction that holds its brainstorm.
    """
    last = Unheard.objects.filter(project=of.project).order_by("-pk").first()
    if last:
        of.owed_until = last.pk
        _throw_some(of, at)


def throw_owed() -> bool:
    """Throw some of what one brainstorm owes; return whether there may be more. An errand."""
    owing = Brainstorm.objects.filter(owed_until__gt=0).exclude(pk__in=_turns.resting())
    of = owing.order_by("pk").values_list("pk", flat=True).first()
    if of is None:
        return False
    _turns.take(of, partial(_turn, of, at=timezone.now()))
    return True


@transaction.atomic
def _turn(pk: str, *, at: datetime) -> None:
    of = holding.hold(Brainstorm(pk=pk))
    if of.owed_until:  # another process may have thrown them meanwhile
        _throw_some(of, at)


def _throw_some(of: Brainstorm, at: datetime) -> None:
    """Throw the next of what is owed: what is thrown is kept no more, both or neither."""
    some = list(owed(of).order_by("pk")[: A_TURN + 1])
    with once.for_all():
        for one in some[:A_TURN]:
            heard.note(of.project, IdeaThrown(**one.body), by=one.voice_id, at=at)
    Unheard.objects.filter(pk__in=[one.pk for one in some[:A_TURN]]).delete()
    until = of.owed_until if len(some) > A_TURN else 0
    Brainstorm.objects.filter(pk=of.pk).update(owed_until=until)


@withdrawing.also
def forget(project: Project) -> None:
    """Throw nothing any more of what was written in a work that is withdrawn."""
    Unheard.objects.filter(project=project).delete()
