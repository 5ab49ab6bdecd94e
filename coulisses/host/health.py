"""Whether the house is well, for whoever watches over it."""

import shutil
import threading
import time
from importlib import metadata
from typing import Any

from django.conf import settings
from django.db import Error, connection, transaction

from coulisses.log import bell
from coulisses.log.models import Log

LASTS = 3.0  # seconds for which a try to write speaks
LEAST_ROOM = 32 * 1024 * 1024  # bytes on the disk below which nothing more should be told


def examine() -> tuple[int, dict[str, Any]]:
    """Return an HTTP status, 200 or 503, and what was found."""
    found = {
        "database": "writable" if _probe.is_writable() else "not writable",
        "disk": "has room" if shutil.disk_usage(settings.DATA).free > LEAST_ROOM else "full",
    }
    is_well = found == {"database": "writable", "disk": "has room"}
    status = "ok" if is_well else "failing"
    return 200 if is_well else 503, {
        "status": status,
        **found,
        **of_the_bell(),
        "version": version(),
    }


def of_the_bell() -> dict[str, str]:
    """Return whether rings reach this process, and what carries them."""
    return {"bell": "heard" if bell.is_heard() else "not heard", "carrier": bell.carrier()}


def version() -> str:
    """Return the version of the installed package."""
    try:
        return metadata.version("coulisses")
    except metadata.PackageNotFoundError:
        return "unreleased"


class _Probe:
    """Whether the database can be written to, tried at most once in a while.

    Trying takes the one lock that every teller waits for: whoever asks for health every
    millisecond must not stand in their way.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tried_at = -LASTS
        self._was_writable = False

    def is_writable(self) -> bool:
        """Return what the last try said, where it was not long ago; else try."""
        with self._lock:
            if time.monotonic() - self._tried_at >= LASTS:
                self._was_writable = _is_writable()
                self._tried_at = time.monotonic()
            return self._was_writable


_probe = _Probe()


def _is_writable() -> bool:
    try:
        with transaction.atomic():  # takes SQLite's write lock; changes nothing
            Log.objects.filter(pk="").update(size=0)
    except Error:
        connection.close()
        return False
    return True
