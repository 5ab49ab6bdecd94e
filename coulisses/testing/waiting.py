"""Whether somebody waits for what a transaction holds: asked, where a test would guess how long."""

import time

from django.db import connection

WAITS = "select 1 from pg_locks where not granted"  # asked anew each time, unlike statistics


def until_somebody_waits(*, within: float = 10.0) -> None:
    """Return once another connection waits for this one's transaction, or after some seconds."""
    until = time.monotonic() + within
    while time.monotonic() < until and not _somebody_waits():
        time.sleep(0.005)


def _somebody_waits() -> bool:
    if connection.vendor == "sqlite":
        return bool(connection.door.waiting)  # type: ignore[attr-defined]
    with connection.cursor() as cursor:
        cursor.execute(WAITS)
        return cursor.fetchone() is not None
