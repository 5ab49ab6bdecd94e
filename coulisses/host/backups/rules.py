"""What may happen to backups: they are asked for, made, proved, and the oldest let go."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from coulisses.host import secrecy
from coulisses.host.backups import making, manifest, proving, refusals
from coulisses.host.backups.manifest import Manifest
from coulisses.host.models import Backup
from coulisses.lib.refusals import Refusal, require

LEASE = timedelta(minutes=10)  # after which a silent maker counts as dead
AFTER_FAILING = timedelta(hours=1)
PROOF_TAKES = timedelta(hours=2)  # after which another one tries
LONGEST_SENTENCE = 1000
FAILURES_KEPT = 20  # rows of backups that came to nothing


def ask(*, at: datetime) -> Backup:
    """Have a backup made in the folder for backups, and proved; one that waits already is it.

    Raises NoFolderForBackups.
    """
    require(settings.BACKUP_FOLDER, refusals.NoFolderForBackups)
    failed = Backup.objects.filter(state="failed").order_by("-pk").values_list("pk", flat=True)
    Backup.objects.filter(pk__in=list(failed[FAILURES_KEPT:])).delete()
    waiting = Backup.objects.filter(state__in=["asked", "making"]).first()
    place = Path(settings.BACKUP_FOLDER) / f"coulisses-{at:%Y-%m-%dT%H-%M-%SZ}"
    return waiting or Backup.objects.create(asked_at=at, place=str(place), is_to_prove=True)


def ask_for_proof(backup: Backup) -> None:
    """Have a backup proved, again or for the first time."""
    Backup.objects.filter(pk=backup.pk, state="made").update(is_to_prove=True)


def ask_when_due(*, at: datetime) -> None:
    """Ask for the next backup once the last one is so many hours old; soon after a failed one."""
    if not settings.BACKUP_FOLDER or not settings.BACKUP_HOURS:
        return
    since = at - timedelta(hours=settings.BACKUP_HOURS)
    recent = Q(asked_at__gt=since) & ~Q(state="failed")
    if not Backup.objects.filter(recent | Q(asked_at__gt=at - AFTER_FAILING)).exists():
        ask(at=at)


def claim(*, at: datetime) -> Backup | None:
    """Take the next backup to make: asked for, or left by a maker that died. None for none.

    What a maker had made whole when it died is not made again.
    """
    free = Q(state="asked") | Q(state="making", leased_until__lt=at)
    for backup in Backup.objects.filter(free).order_by("asked_at")[:1]:
        mine = Backup.objects.filter(free, pk=backup.pk)
        if mine.update(state="making", leased_until=at + LEASE):
            made = _left_whole(backup)
            if made is None:
                return backup
            _end_well(backup, made, at=at)
    return None


def claim_to_prove(*, at: datetime) -> Backup | None:
    """Take the next backup to prove. None for none."""
    is_free = Q(leased_until=None) | Q(leased_until__lt=at)
    for backup in Backup.objects.filter(is_free, is_to_prove=True, state="made")[:1]:
        if Backup.objects.filter(is_free, pk=backup.pk).update(leased_until=at + PROOF_TAKES):
            return backup
    return None


def make(to: Path, *, at: datetime) -> Backup:
    """Make a backup at once and keep in mind that it was made.

    Raises what `making.make` raises.
    """
    backup = Backup.objects.create(
        asked_at=at, place=str(to.expanduser().absolute()), state="making", leased_until=at + LEASE
    )
    carry_out(backup, at=at)
    return backup


def carry_out(backup: Backup, *, at: datetime) -> None:
    """Make a backup that was claimed; what went wrong is kept, and raised."""
    try:
        made = making.make(
            Path(backup.place), at=at, former=_former(backup), alive=lambda: _hold(backup)
        )
    except (Refusal, OSError) as error:
        _end(backup, at=at, state="failed", sentence=_sentence(error))
        raise
    _end_well(backup, made, at=at)


def prove(backup: Backup, *, at: datetime) -> None:
    """Restore a backup elsewhere, and keep in mind that it did. Raises ProofFailed."""
    mine = Backup.objects.filter(pk=backup.pk)
    try:
        proving.prove(Path(backup.place))
    except Refusal as refusal:
        mine.update(is_to_prove=False, leased_until=None, sentence=_sentence(refusal))
        raise
    mine.update(is_to_prove=False, leased_until=None, proved_at=at, sentence="")
    backup.refresh_from_db()


def let_go() -> None:
    """Delete the oldest backups in the folder for backups, beyond those that are to be kept.

    The last one that was proved stays.
    """
    folder = Path(settings.BACKUP_FOLDER)
    made = Backup.objects.filter(state="made", place__startswith=f"{folder}/coulisses-")
    rows = list(made.order_by("-asked_at", "-pk"))
    proved = next((one.pk for one in rows if one.proved_at), None)
    for old in rows[max(settings.BACKUP_KEEP, 1) :]:
        if old.pk != proved and Path(old.place).parent == folder:
            shutil.rmtree(old.place, ignore_errors=True)
            old.delete()


def forget_unfinished() -> None:
    """Forget what was being made: in a restored house, the very backup that it comes from."""
    Backup.objects.filter(state__in=["asked", "making"]).delete()


def newest() -> Backup | None:
    """Return the newest backup that was made."""
    return Backup.objects.filter(state="made").order_by("-asked_at", "-pk").first()


def _former(backup: Backup) -> Path | None:
    """Return the last backup beside this one, of which files can be shared.

    None after one that did not restore: what is wrong with its files would be passed on.
    """
    folder = Path(backup.place).parent
    made = Backup.objects.filter(state="made", place__startswith=f"{folder}/")
    for one in made.order_by("-asked_at", "-pk")[:1]:
        if Path(one.place).parent == folder and Path(one.place).is_dir() and not one.sentence:
            return Path(one.place)
    return None


def _hold(backup: Backup) -> None:
    now = timezone.now()
    if backup.leased_until is None or backup.leased_until < now + LEASE / 2:
        backup.leased_until = now + LEASE
        Backup.objects.filter(pk=backup.pk).update(leased_until=backup.leased_until)


def _left_whole(backup: Backup) -> Manifest | None:
    """Return what a backup holds that had its name, the last thing it gets, as its maker died."""
    try:
        listed = (Path(backup.place) / manifest.NAME).read_bytes()
        return manifest.read(listed, place=backup.place) if backup.state == "making" else None
    except (OSError, refusals.NoBackupThere):
        return None


def _end_well(backup: Backup, made: Manifest, *, at: datetime) -> None:
    _end(
        backup,
        at=at,
        state="made",
        logs=len(made.logs),
        entries=made.entries,
        files=len(made.files),
        bytes=made.weight,
        sentence="",
    )


def _end(backup: Backup, *, at: datetime, **became: object) -> None:
    Backup.objects.filter(pk=backup.pk).update(ended_at=at, leased_until=None, **became)
    backup.refresh_from_db()


def _sentence(error: Exception) -> str:
    return secrecy.masked(str(error))[:LONGEST_SENTENCE]
