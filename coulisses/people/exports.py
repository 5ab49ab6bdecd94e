"""What may happen to all that is somebody's: asked for, put together, taken home, swept."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from coulisses.lib import ids
from coulisses.lib.refusals import require
from coulisses.media import vaults
from coulisses.people.models import Account, Export
from coulisses.people.refusals import ExportNotReady

KEPT_FOR = timedelta(days=7)
LEASE = timedelta(seconds=60)  # after which a silent maker counts as dead, and it is begun anew
MOST_TRIES = 3
A_TURN = 20
STALE = 24 * 3600.0  # seconds after which a file that no row knows was left by a dead maker


def ask(account: Account, *, language: str, at: datetime) -> Export:
    """Have all that is somebody's put together; what is asked for or being made stands already.

    An older one, ready or failed, goes.
    """
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        known = Export.objects.filter(account=account).first()
        if known and known.state in ("asked", "making"):
            return known
        if known:
            drop(known)
        return Export.objects.create(account=account, language=language, asked_at=at)


def claim(at: datetime) -> Export | None:
    """Take the next one to put together: asked for, or left by a maker that died. None for none."""
    free = Q(state="asked") | Q(state="making", leased_until__lt=at)
    for export in Export.objects.filter(free).order_by("asked_at")[:5]:
        tried = Export.objects.filter(free, pk=export.pk, tries__lt=MOST_TRIES)
        if tried.update(state="making", leased_until=at + LEASE, done=0, tries=F("tries") + 1):
            return Export.objects.select_related("account__voice").get(pk=export.pk)
        Export.objects.filter(free, pk=export.pk).update(state="failed")
    return None


def say(export: Export, *, done: int, at: datetime) -> bool:
    """Keep how far it has come, and the lease; False where nobody wants it any more."""
    return bool(_mine(export).update(done=done, leased_until=at + LEASE))


def finish(export: Export, made: Path, *, at: datetime) -> None:
    """Put what was made in its place, whole or not at all; nobody wanting it, drop it."""
    name = f"{ids.new()}.zip"
    size = made.stat().st_size
    vaults.exports().take(name, made)
    ready = {"state": "ready", "path": name, "size": size, "expires_at": at + KEPT_FOR}
    if not _mine(export).update(**ready):
        vaults.exports().remove(name)


def fail(export: Export) -> None:
    """Give it up for now; it is tried again a few times, then said to have failed."""
    _mine(export).update(state="failed" if export.tries >= MOST_TRIES else "asked")


def find(account: Account, export_id: str, *, at: datetime) -> Export:
    """Return what is ready for this account to take home. Raises ExportNotReady."""
    rows = Export.objects.filter(account=account, pk=export_id, state="ready", expires_at__gt=at)
    found = rows.first()
    require(found and _stands(found), ExportNotReady)
    assert found
    return found


def drop(export: Export) -> None:
    """Forget what was put together, and its file."""
    path = export.path
    export.delete()
    if path:
        transaction.on_commit(lambda: vaults.exports().remove(path), robust=True)


def sweep() -> bool:
    """Forget what nobody may take home any longer; return whether there may be more."""
    at = timezone.now()
    old = list(Export.objects.filter(expires_at__lte=at)[:A_TURN])
    for export in old:
        drop(export)
    oldest = at.timestamp() - STALE
    for path in folder().iterdir():
        if path.is_dir() and path.stat().st_mtime < oldest:
            shutil.rmtree(path, ignore_errors=True)
    for one in vaults.exports().names():
        is_whole = "/" not in one.name
        if is_whole and one.at < oldest and not Export.objects.filter(path=one.name).exists():
            vaults.exports().remove(one.name)
    return len(old) == A_TURN


def folder() -> Path:
    """Return where they are put together on this machine: no page shows it."""
    made = Path(settings.DATA) / "exports"
    made.mkdir(parents=True, exist_ok=True, mode=0o700)
    return made


def kept(export: Export) -> vaults.Kept:
    """Return the file of one that is ready."""
    return vaults.exports().kept(export.path)


def _stands(export: Export) -> bool:
    """Return whether its file is there: a house restored from a backup has only the row."""
    try:
        return kept(export).size >= 0
    except FileNotFoundError:
        return False


def _mine(export: Export) -> QuerySet[Export]:
    return Export.objects.filter(pk=export.pk, state="making", tries=export.tries)
