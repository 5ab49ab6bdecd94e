"""Who is here, of those who wish to be seen: names for a minute, and nothing afterwards."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from coulisses.cheers import rows
from coulisses.cheers.models import Gathering, Here, Wish
from coulisses.cheers.refusals import ComeInToBeSeen
from coulisses.lib.refusals import require
from coulisses.people.acting import Actor
from coulisses.people.models import Voice
from coulisses.projects import gates, heard
from coulisses.projects.models import Project

STAYS = timedelta(seconds=45)  # after the last sign; swept so often that nobody stays a minute
MOST_NAMES = 24
A_TURN = 200


def may_be_seen(actor: Actor) -> bool:
    """Return whether the house knows somebody: a stranger's name is whatever they type."""
    is_known = actor.account or (actor.guest and actor.guest.verified_at)
    return bool(is_known and actor.name)


def wishes(actor: Actor) -> bool:
    """Return whether somebody wishes to be seen where they are."""
    return bool(actor.voice) and rows.has_wish(actor.voice)


@transaction.atomic
def show(project: Project, actor: Actor, *, at: datetime) -> None:
    """Have somebody be seen from now on, wherever they are.

    Raises ComeInToBeSeen, what gates of acts raise.
    """
    require(may_be_seen(actor), ComeInToBeSeen)
    Wish.objects.get_or_create(voice_id=actor.voice, defaults={"at": at})
    stay(project, actor, at=at)


@transaction.atomic
def hide(actor: Actor, *, at: datetime) -> None:
    """Have somebody be seen nowhere any more."""
    if actor.voice:
        Wish.objects.filter(voice=actor.voice).delete()
        _take_out(list(Here.objects.filter(voice=actor.voice)), at)


@transaction.atomic
def stay(project: Project, actor: Actor, *, at: datetime) -> None:
    """Note that somebody who wishes to be seen is here; of others nothing is noted.

    Raises what gates of acts raise.
    """
    if not (may_be_seen(actor) and wishes(actor)):
        return
    gates.may_take_part(project, actor.voice, at=at)
    mine = Here.objects.filter(project=project, voice=actor.voice)
    if mine.update(seen_at=at):
        return
    Here.objects.bulk_create(
        [Here(project=project, voice_id=actor.voice, came_at=at, seen_at=at)],
        ignore_conflicts=True,
    )
    _gather({project.pk}, at)


def names(project: Project, *, at: datetime) -> list[str]:
    """Return the names of those who are here, in the order in which they came."""
    seen = Here.objects.filter(project=project, seen_at__gt=at - STAYS, voice__is_named=True)
    told = seen.order_by("came_at", "pk").values_list("voice__name", flat=True)
    return list(told[:MOST_NAMES])


def moved(project: Project, audiences: frozenset[str], since: datetime) -> dict[str, Any]:
    """Return who is here, where somebody came or went since a time."""
    has_moved = Gathering.objects.filter(project=project, moved_at__gt=since).exists()
    return {"names": names(project, at=timezone.now())} if has_moved else {}


def sweep() -> bool:
    """Let those go who gave no sign; return whether there may be more."""
    at = timezone.now()
    gone = list(Here.objects.filter(seen_at__lte=at - STAYS).order_by("seen_at")[:A_TURN])
    with transaction.atomic():
        _take_out(gone, at)
    return len(gone) == A_TURN


def forget(voice: Voice) -> None:
    """Let a voice whose name goes be seen nowhere."""
    Wish.objects.filter(voice=voice).delete()
    Here.objects.filter(voice=voice).delete()


def merge(voice: Voice, into: Voice, at: datetime) -> None:
    """Let a guest who made an account wish what they wished before."""
    if Wish.objects.filter(voice=voice).exists():
        Wish.objects.get_or_create(voice=into, defaults={"at": at})
    forget(voice)


def _take_out(gone: list[Here], at: datetime) -> None:
    # One who gave a sign meanwhile stays.
    for one in gone:
        Here.objects.filter(pk=one.pk, seen_at=one.seen_at).delete()
    _gather({one.project_id for one in gone}, at)


def _gather(projects: set[str], at: datetime) -> None:
    """Say that somebody came or went."""
    for project in Project.objects.filter(pk__in=projects):
        Gathering.objects.update_or_create(project=project, defaults={"moved_at": at})
        heard.stir(project)
