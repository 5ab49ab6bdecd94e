"""What may happen to exports at the desk: asked for, packed, taken home, let go of."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.media import rooms, vaults
from coulisses.media.models import Room
from coulisses.people import letters
from coulisses.people.exports import KEPT_FOR, LEASE, MOST_TRIES, STALE
from coulisses.people.models import Account
from coulisses.projects import practice, room, telling
from coulisses.projects.models import Hidden, Project
from coulisses.transfers.models import Parcel
from coulisses.transfers.refusals import ParcelNotReady, PracticeStays, StillRehearsed

A_TURN = 20


@transaction.atomic
def ask(project: Project, *, is_whole: bool, by: Account, language: str, at: datetime) -> Parcel:
    """Have a project packed; what is asked for or being made stands already, an older one goes.

    Raises PracticeStays, StillRehearsed, StudioFull.
    """
    require(not practice.is_one(project), PracticeStays)
    require(is_whole or project.is_raised, StillRehearsed)
    telling.hold(project)  # before a parcel's row, as whoever shreds does
    known = Parcel.objects.filter(project=project, is_whole=is_whole).first()
    if known and known.state in ("asked", "making"):
        return known
    if known:
        drop(known)
    room.require_room(project.work, _about(project))
    told = {"language": language, "asked_at": at, "account": by}
    return Parcel.objects.create(project=project, is_whole=is_whole, **told)


def claim(at: datetime) -> Parcel | None:
    """Take the next one to pack: asked for, or left by a maker that died. None for none."""
    free = Q(state="asked") | Q(state="making", leased_until__lt=at)
    for parcel in Parcel.objects.filter(free).order_by("asked_at")[:5]:
        tried = Parcel.objects.filter(free, pk=parcel.pk, tries__lt=MOST_TRIES)
        if tried.update(state="making", leased_until=at + LEASE, tries=F("tries") + 1):
            rows = Parcel.objects.select_related("project__studio", "project__work", "account")
            return rows.get(pk=parcel.pk)
        Parcel.objects.filter(free, pk=parcel.pk).update(state="failed")
    return None


def keep_alive(parcel: Parcel, *, at: datetime) -> bool:
    """Renew the lease; False where nobody wants it any more, or another maker has it."""
    return bool(_mine(parcel).update(leased_until=at + LEASE))


def finish(parcel: Parcel, made: Path, *, base: str, at: datetime) -> None:
    """Put what was packed where every machine of the house reads it, and say so to whoever asked.

    Where nobody wants it any more, the file goes.
    """
    size = made.stat().st_size
    if not _mine(parcel).exists():
        made.unlink()
        return
    vaults.parcels().take(parcel.file, made)
    if not _said_ready(parcel, size, base, at) and not Parcel.objects.filter(pk=parcel.pk).exists():
        vaults.parcels().remove(parcel.file)


@transaction.atomic
def _said_ready(parcel: Parcel, size: int, base: str, at: datetime) -> bool:
    if not _mine(parcel).update(state="ready", size=size, expires_at=at + KEPT_FOR):
        return False
    rooms.grow(parcel.project.work_id, previews=size)
    if parcel.account and parcel.account.email:
        said = {"project": parcel.project, "base": base, "days": KEPT_FOR.days}
        letters.write(parcel.account.email, "project_packed", said, language=parcel.language)
    return True


def fail(parcel: Parcel) -> None:
    """Give it up for now; it is tried again a few times, then said to have failed."""
    _mine(parcel).update(state="failed" if parcel.tries >= MOST_TRIES else "asked")


def known(project: Project, pk: str, *, at: datetime) -> Parcel:
    """Return a parcel of a project, ready or not. Raises ParcelNotReady where there is none."""
    found = next((one for one in of(project, at=at).values() if one.pk == pk), None)
    require(found, ParcelNotReady)
    assert found
    return found


def find(project: Project, pk: str, *, at: datetime) -> Parcel:
    """Return what is ready of a project to take home. Raises ParcelNotReady."""
    rows = Parcel.objects.filter(project=project, pk=pk, state="ready", expires_at__gt=at)
    found = rows.first()
    require(found and stands(found) and not tells_hidden(found), ParcelNotReady)
    assert found
    return found


@transaction.atomic
def drop(parcel: Parcel) -> None:
    """Forget a parcel, ready or not, and its file; its maker finds out and stops."""
    gone = Parcel.objects.select_for_update().filter(pk=parcel.pk).select_related("project").first()
    if gone is None:
        return
    gone.delete()
    rooms.grow(gone.project.work_id, previews=-gone.size)
    transaction.on_commit(lambda: vaults.parcels().remove(parcel.file), robust=True)


def drop_all(project: Project, entry: Entry | None = None) -> None:
    """Forget every parcel of a project: words went that may be in them."""
    for parcel in Parcel.objects.filter(project=project):
        drop(parcel)


def of(project: Project, *, at: datetime) -> dict[str, Parcel]:
    """Return the parcels of a project, "public" and "whole", that are not past their time."""
    known = Parcel.objects.filter(project=project).exclude(expires_at__lte=at)
    rows = [one for one in known if one.state != "ready" or (stands(one) and not tells_hidden(one))]
    return {"whole" if one.is_whole else "public": one for one in rows}


def sweep() -> bool:
    """Forget what nobody may take home any longer; return whether there may be more."""
    at = timezone.now()
    old = list(Parcel.objects.filter(expires_at__lte=at)[:A_TURN])
    for parcel in old:
        drop(parcel)
    oldest = at.timestamp() - STALE
    for one in vaults.parcels().names():
        if one.at < oldest and not Parcel.objects.filter(pk=Path(one.name).stem).exists():
            vaults.parcels().remove(one.name)
    for path in workshop().glob("*.zip"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
    return len(old) == A_TURN


def stands(parcel: Parcel) -> bool:
    """Return whether the file of a parcel is there: a house that was restored has only the row."""
    try:
        return kept(parcel).size >= 0
    except FileNotFoundError:
        return False


def tells_hidden(parcel: Parcel) -> bool:
    """Return whether what everybody may have may hold words that were hidden since."""
    unheard = Hidden.objects.filter(project=parcel.project_id, at__gte=parcel.asked_at)
    return not parcel.is_whole and unheard.exists()


def kept(parcel: Parcel) -> vaults.Kept:
    """Return the file of a parcel that is ready."""
    return vaults.parcels().kept(parcel.file)


def workshop() -> Path:
    """Return where parcels are made on this machine: no page shows it."""
    made = Path(settings.DATA) / "packing"
    made.mkdir(parents=True, exist_ok=True, mode=0o700)
    return made


def _about(project: Project) -> int:
    """Return how many bytes a parcel may take: about as many as stand beside both logs."""
    held = Room.objects.filter(log__in=[project.work_id, project.room_id])
    return sum(sum(both) for both in held.values_list("previews", "originals"))


def _mine(parcel: Parcel) -> QuerySet[Parcel]:
    return Parcel.objects.filter(pk=parcel.pk, state="making", tries=parcel.tries)
