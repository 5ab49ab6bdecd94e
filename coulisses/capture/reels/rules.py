"""What may happen to reels: they are asked for, made, found, and forgotten with what they show."""

from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import F, Q

from coulisses.capture.models import Piece, PieceVersion, Reel
from coulisses.capture.reels import films
from coulisses.capture.refusals import NothingMoves, ReelNotFound, ShapeUnknown
from coulisses.lib import ids
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.media import leaving, vaults
from coulisses.projects import revisions
from coulisses.projects.models import Project
from coulisses.projects.telling import hold

LEASE = timedelta(seconds=60)  # after which a silent maker of a film counts as dead
MOST_TRIES = 3


def ask(project: Project, piece: Piece, *, shape: str, has_numbers: bool, at: datetime) -> Reel:
    """Have a film made of what everybody may see of a file's life; one asked for stands already.

    Raises ShapeUnknown, NothingMoves.
    """
    require(shape in films.SHAPES, ShapeUnknown)
    last = films.last(project, piece)
    require(len(films.versions(project, piece)) > 1, NothingMoves)
    with transaction.atomic():
        hold(project)
        same = Reel.objects.filter(piece=piece, shape=shape, has_numbers=has_numbers)
        known = same.filter(last_position=last).exclude(state="failed").first()
        if known:
            return known
        for old in same:
            _drop(old)
        return Reel.objects.create(
            project=project,
            piece=piece,
            shape=shape,
            has_numbers=has_numbers,
            last_position=last,
            asked_at=at,
        )


def claim(at: datetime) -> Reel | None:
    """Take the next film to make: asked for, or left by a maker that died. None for none."""
    free = Q(state="asked") | Q(state="making", leased_until__lt=at)
    for reel in Reel.objects.filter(free).order_by("asked_at")[:5]:
        tried = Reel.objects.filter(free, pk=reel.pk, tries__lt=MOST_TRIES)
        if tried.update(state="making", leased_until=at + LEASE, done=0, tries=F("tries") + 1):
            return Reel.objects.select_related("project__work", "piece").get(pk=reel.pk)
        Reel.objects.filter(free, pk=reel.pk).update(state="failed")
    return None


def say(reel: Reel, *, done: int, total: int, at: datetime) -> bool:
    """Keep how far a film has come, and the lease; False where nobody wants it any more."""
    mine = Reel.objects.filter(pk=reel.pk, state="making", tries=reel.tries)
    return bool(mine.update(done=done, total=total, leased_until=at + LEASE))


@transaction.atomic
def finish(reel: Reel, made: Path) -> None:
    """Put a film that was made in its place, whole or not at all; nobody wanting it, drop it."""
    mine = Reel.objects.filter(pk=reel.pk, state="making", tries=reel.tries)
    name = f"{reel.project.work_id}/reels/{ids.new()}.mp4"
    if not mine.update(state="ready", path=name, size=made.stat().st_size):
        made.unlink()
        return
    vaults.media().take(name, made)
    revisions.bump(reel.project)


def fail(reel: Reel) -> None:
    """Give a film up for now; it is tried again a few times, then said to have failed."""
    mine = Reel.objects.filter(pk=reel.pk, state="making", tries=reel.tries)
    mine.update(state="failed" if reel.tries >= MOST_TRIES else "asked")


def find(project: Project, reel_id: int) -> Reel:
    """Return a film that is ready. Raises ReelNotFound."""
    reel = Reel.objects.filter(project=project, pk=reel_id, state="ready").first()
    require(reel, ReelNotFound)
    assert reel
    return reel


def kept(reel: Reel) -> vaults.Kept:
    """Return a film's bytes."""
    return vaults.media().kept(reel.path)


def forget(project: Project, entry: Entry) -> None:
    """Drop the films that show anything of an entry about to lose its words."""
    pieces = PieceVersion.objects.filter(project=project, position=entry.position)
    for reel in Reel.objects.filter(piece__in=pieces.values("piece")):
        _drop(reel)


def _drop(reel: Reel) -> None:
    path = reel.path
    reel.delete()
    leaving.owe([path] if path else [])
