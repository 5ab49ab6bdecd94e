"""Making a backup while the house is open: first the rows as of one moment, then their files.

Files are written once, under names of chance, and stand before the rows that name them: whatever
the copied rows name was there when they were copied. What was let go of since is listed as gone.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from importlib import metadata
from pathlib import Path

from django.conf import settings
from django.db import connection

from coulisses.host.backups import targets
from coulisses.host.backups.manifest import Head, Manifest
from coulisses.host.backups.refusals import OtherDatabase, PlaceInside, PlaceUnusable
from coulisses.host.backups.targets import Target
from coulisses.lib.refusals import require
from coulisses.lib.tree import Frontier

DATABASE = "house.sqlite3"
KEYS = ("secret.key", "proof.key")
PASSING = ("arriving", "reel-")  # what is on its way, and what is being made
NAMED = """
    select path from media_preview union all select path from capture_reel where path <> ''"""


def make(
    to: Path,
    *,
    at: datetime,
    former: Path | None = None,
    alive: Callable[[], None] = lambda: None,
) -> Manifest:
    """Write a backup of this house, whole or not at all; return what it holds.

    `to` is a folder to be made, or a file that ends in .tar.zst. `alive` is called before each
    file. Raises OtherDatabase, BackupExists, PlaceInside, PlaceUnusable.
    """
    require(connection.vendor == "sqlite", OtherDatabase)
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
    made = Manifest(version=_version(), made_at=at.isoformat(timespec="seconds"))
    rows = target.room / DATABASE
    _copy(Path(connection.settings_dict["NAME"]), rows)
    made.files[DATABASE] = target.add(DATABASE, rows)
    made.logs, named = _said(rows)
    copied_at = rows.stat().st_mtime
    for name in KEYS:
        if (data / name).exists():
            made.files[name] = target.add(name, data / name)
    media = Path(settings.MEDIA_ROOT)
    for path in _files(media):
        alive()
        name = f"media/{path.relative_to(media).as_posix()}"
        try:
            if path.stat().st_mtime <= copied_at or path.relative_to(media).as_posix() in named:
                made.files[name] = target.add(name, path)
        except FileNotFoundError:
            continue
    made.gone = sorted(one for one in named if f"media/{one}" not in made.files)
    target.end(made.spell())
    return made


def _copy(source: Path, target: Path) -> None:
    """Copy the rows as they are at one moment; whoever tells meanwhile is not kept waiting."""
    target.touch(mode=0o600)
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.execute("pragma query_only = on")
        live.execute("pragma busy_timeout = 20000")
        live.backup(copy)
        copy.execute("pragma journal_mode = delete")


def _said(rows: Path) -> tuple[dict[str, Head], set[str]]:
    """Return from a copy how far each log had come, and the files that are named."""
    with closing(sqlite3.connect(rows)) as copy:
        heads = copy.execute("select id, size, frontier from log_log")
        logs = {
            key: Head(size, Frontier.from_bytes(size, frontier).root().hex())
            for key, size, frontier in heads
        }
        return logs, {path for (path,) in copy.execute(NAMED)}


def _files(media: Path) -> Iterator[Path]:
    """Yield the files that are kept: all of them, whichever room's rows name them."""
    for folder, inner, names in os.walk(media):
        if Path(folder) == media:
            inner[:] = [one for one in inner if not one.startswith(PASSING)]
        for name in names:
            path = Path(folder) / name
            if path.suffix != ".part" and not path.is_symlink():
                yield path


def _version() -> str:
    try:
        return metadata.version("coulisses")
    except metadata.PackageNotFoundError:
        return "unreleased"
