"""Makes a house ready before it is served: folder, key, database, guards, owner, project."""

import contextlib
import errno
import os
import pkgutil
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coulisses.lib.refusals import require
from coulisses.site.refusals import DataFolderUnusable, DiskFull

THE_MIGRATIONS = 0x636F756C  # a number that no other lock of the database has
LEAST_ROOM = 32 * 1024 * 1024  # bytes without which a house doesn't begin


def folder(path: Path) -> Path:
    """Return the data folder, made for its owner alone. Raises DataFolderUnusable, DiskFull."""
    path = path.expanduser().absolute()
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        (path / "run").mkdir(exist_ok=True, mode=0o700)
        probe = path / "run" / f"probe-{os.getpid()}"
        probe.write_bytes(bytes(4096))
        probe.unlink()
        room = shutil.disk_usage(path).free
    except OSError as error:
        require(error.errno != errno.ENOSPC, DiskFull, path=path)
        raise DataFolderUnusable(path=path, reason=error.strerror or str(error)) from error
    require(room > LEAST_ROOM, DiskFull, path=path)
    return path


def house(data: Path, *, public_url: str = "") -> None:
    """Set Django up for a data folder and bring its database up to date.

    Raises DataFolderUnusable, DiskFull and SettingMalformed.
    """
    os.umask(0o077)  # what a house writes is its keeper's alone
    os.environ["COULISSES_DATA"] = str(folder(data))
    if public_url:
        os.environ["COULISSES_PUBLIC_URL"] = public_url
    _set_up()
    from django.core.management import call_command
    from django.db import Error, connection

    from coulisses.lib import founding
    from coulisses.log import guards

    try:
        with _alone(connection):
            if connection.vendor == "sqlite" and founding.is_empty(connection):
                founding.found(connection)
            elif _is_behind(connection):
                call_command("migrate", verbosity=0, interactive=False)
        guards.assert_armed()
        _prove_what_is_shared()
    except Error as error:
        raise DataFolderUnusable(path=data, reason=str(error)) from error
    finally:
        connection.close()


def _prove_what_is_shared() -> None:
    """Make the keys that machines share; raise BucketUnusable where files cannot be kept."""
    from django.conf import settings

    from coulisses.log import keys

    if settings.KEYS:
        keys.make_sure()
    if settings.MEDIA_BUCKET:
        from coulisses.media import vaults

        vaults.media_bucket().prove()


@contextlib.contextmanager
def _alone(connection: Any) -> Iterator[None]:
    """Wait until no other machine of this house brings the database up to date."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [THE_MIGRATIONS])
    try:
        yield
    finally:
        connection.close()  # lets go of it, whatever became of the transaction


def _is_behind(connection: Any) -> bool:
    """Whether there are migrations to run; by their files' names, since reading them takes long."""
    from django.apps import apps
    from django.db.migrations.recorder import MigrationRecorder

    done = MigrationRecorder(connection).applied_migrations()
    return any(
        (app.label, one.name) not in done
        for app in apps.get_app_configs()
        for one in pkgutil.iter_modules([str(Path(app.path) / "migrations")])
    )


def existing_house(data: Path) -> None:
    """Set Django up for a data folder that `house` has prepared in another process."""
    os.environ["COULISSES_DATA"] = str(data)
    _set_up()


def _set_up() -> None:
    # Models can only be imported after this, which is why those who serve import them late.
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coulisses.site.settings")
    django.setup()
