"""Rounds: those of one rhythm are told of what is new, a slice of them at a time.

A round begins when something is to be told and the time has come. Each slice is one transaction:
its letters are addressed, its followers' bookmarks move and so does the round's; a process that
dies in between leaves all three where they were.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from coulisses.following import correspondence
from coulisses.following.models import NOTICES, Follower, Rhythm, Round
from coulisses.projects import announced
from coulisses.projects.models import Project

A_LOOK = 50  # rounds that are looked at in one turn
A_SLICE = 100  # followers of one transaction
READS = 20  # times a hundred entries that are looked at for one round
PAUSES = {Rhythm.EACH: timedelta(hours=1), NOTICES: timedelta(minutes=15)}
LOOK_AGAIN = timedelta(seconds=30)
MORNING = 7  # o'clock in the house's zone


def prepare(project: Project, rhythm: str, *, at: datetime) -> None:
    """See to it that those of a rhythm have a round; it begins after what was told by now."""
    due_at = at if rhythm in PAUSES else morning(rhythm, after=at)
    Round.objects.get_or_create(
        project=project,
        rhythm=rhythm,
        defaults={"position": announced.end_of(project), "due_at": due_at},
    )


def write() -> bool:
    """Begin rounds that are due, and go on with those under way; return whether there is more."""
    now = timezone.now()
    begin(now)
    rows = Round.objects.filter(upto__isnull=False).exclude(rhythm=NOTICES)
    under_way = list(rows.select_related("project").order_by("due_at")[:A_LOOK])
    for one in under_way:
        _address(one, now)
    return bool(under_way)


def begin(now: datetime) -> None:
    """Have rounds begin for which there is something to tell and whose time has come."""
    ripe = Round.objects.filter(
        upto=None, due_at__lte=now, project__work__size__gt=F("position")
    ).select_related("project__work", "project__studio")
    for one in ripe.order_by("due_at")[:A_LOOK]:
        _begin(one, now)


def next_due(rhythm: str, *, after: datetime) -> datetime:
    """Return when those of a rhythm may be told again."""
    pause = PAUSES.get(rhythm)
    return after + pause if pause else morning(rhythm, after=after)


def morning(rhythm: str, *, after: datetime) -> datetime:
    """Return the next morning, or Monday's, on the clock of the house."""
    local = timezone.localtime(after, timezone.get_default_timezone())
    at = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    while at <= local or (rhythm == Rhythm.WEEKLY and at.weekday() != 0):
        at += timedelta(days=1)
    return at


def close(one: Round, now: datetime) -> None:
    """End a round: everybody has heard."""
    due_at = next_due(one.rhythm, after=now)
    still = Round.objects.filter(pk=one.pk, upto=one.upto)
    still.update(position=one.upto, upto=None, reached="", due_at=due_at)


def _begin(one: Round, now: datetime) -> None:
    upto, is_something = one.position, False
    for _ in range(READS):
        found = announced.ready(one.project, after=upto, at=now)
        upto, is_something = found.upto, is_something or bool(found.entries)
        if found.is_all:
            break
    still = Round.objects.filter(pk=one.pk, position=one.position, upto=None)
    if is_something:
        still.update(upto=upto, reached="")
    else:
        # Whoever has nothing to tell goes to the end of the line.
        due_at = max(now + LOOK_AGAIN, one.due_at) if one.rhythm in PAUSES else None
        still.update(position=upto, due_at=due_at or morning(one.rhythm, after=now))


@transaction.atomic
def _address(one: Round, now: datetime) -> None:
    """Address the letters of the next slice. Two processes never address the same."""
    rows = Follower.objects.filter(
        project=one.project_id,
        rhythm=one.rhythm,
        confirmed_at__isnull=False,
        ended_at=None,
        pk__gt=one.reached,
    )
    slice_ = list(rows.order_by("pk")[:A_SLICE])
    last = slice_[-1].pk if slice_ else one.reached
    mine = Round.objects.filter(pk=one.pk, upto=one.upto, reached=one.reached)
    if not mine.update(reached=last):
        return
    assert one.upto is not None
    behind = [follower for follower in slice_ if follower.position < one.upto]
    correspondence.tell(behind, upto=one.upto)
    Follower.objects.filter(pk__in=[follower.pk for follower in behind]).update(position=one.upto)
    if len(slice_) < A_SLICE:
        close(one, now)
