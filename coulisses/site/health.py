"""Whether the house is well, for whoever watches over it."""

import shutil
from importlib import metadata
from typing import Any

from django.conf import settings
from django.db import Error, connection, transaction

from coulisses.log import bell
from coulisses.log.models import Log

LEAST_ROOM = 32 * 1024 * 1024  # bytes on the disk below which nothing more should be told


def examine() -> tuple[int, dict[str, Any]]:
    """Return an HTTP status, 200 or 503, and what was found."""
    found = {
        "database": "writable" if _is_writable() else "not writable",
        "disk": "has room" if shutil.disk_usage(settings.DATA).free > LEAST_ROOM else "full",
    }
    is_well = found == {"database": "writable", "disk": "has room"}
    heard = "heard" if bell.is_heard() else "not heard"
    status = "ok" if is_well else "failing"
    return 200 if is_well else 503, {
        "status": status,
        **found,
        "bell": heard,
        "version": version(),
    }


def version() -> str:
    """Return the version of the installed package."""
    try:
        return metadata.version("coulisses")
    except metadata.PackageNotFoundError:
        return "unreleased"


def _is_writable() -> bool:
    try:
        with transaction.atomic():  # takes SQLite's write lock; changes nothing
            Log.objects.filter(pk="").update(size=0)
    except Error:
        connection.close()
        return False
    return True
