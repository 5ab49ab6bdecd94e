"""Making a backup while the house is open: first the rows as of one moment, then their files.

Files are written once, under names of chance, and stand before the rows that name them: whatever
the copied rows name was there when they were copied. What was let go of since is listed as gone.
"""

import contextlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings

from coulisses.host import health
from coulisses.host.backups import rows, targets
from coulisses.host.backups.manifest import Manifest
from coulisses.host.backups.refusals import PlaceInside, PlaceUnusable
from coulisses.host.backups.targets import Target
from coulisses.lib.refusals import require
from coulisses.media import vaults

KEYS = ("secret.key", "proof.key")
PASSING = ("arriving", "reel-")  # what is on its way, and what is being made


def make(
    to: Path,
    *,
    at: datetime,
    former: Path | None = None,
    alive: Callable[[], None] = lambda: None,
) -> Manifest:
    """Write a backup of this house, whole or not at all; return what it holds.

    `to` is a folder to be made, or a file that ends in .tar.zst. `alive` is called before each
    file. Raises ToolMissing, DatabaseFailed, BackupExists, PlaceInside, PlaceUnusable.
    """
    to = to.expanduser().absolute()
    data = Path(settings.DATA).resolve()
    require(not to.resolve().is_relative_to(data), PlaceInside, place=to)
    try:
        to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        target = targets.begin(to, former=former)
        try:
            return _fill(target, data, at, alive)
        except BaseException:
            targets.abandon(target)
            raise
    except OSError as error:
        raise PlaceUnusable(place=to, reason=error.strerror or str(error)) from error


def _fill(target: Target, data: Path, at: datetime, alive: Callable[[], None]) -> Manifest:
    made = Manifest(version=health.version(), made_at=at.isoformat(timespec="seconds"))
    copied = rows.copy(target.room)
    made.files[copied.name] = target.add(copied.name, target.room / copied.name)
    made.logs, named = copied.logs, copied.named
    copied_at = (target.room / copied.name).stat().st_mtime
    keys = Path(settings.KEYS or data)
    for name in KEYS:
        if (keys / name).exists():
            made.files[name] = target.add(name, keys / name)
    vault = vaults.media()
    for one in vault.names():
        alive()
        if one.name.startswith(PASSING) or (one.at > copied_at and one.name not in named):
            continue
        with contextlib.suppress(FileNotFoundError), vault.borrowed(one.name) as path:
            made.files[f"media/{one.name}"] = target.add(f"media/{one.name}", path)
    made.gone = sorted(one for one in named if f"media/{one}" not in made.files)
    target.end(made.spell())
    return made
