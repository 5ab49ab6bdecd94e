"""Sweeping: what was deleted from the database leaves its files too.

SQLite's settings overwrite deleted rows in the database file (`secure_delete`); the log of its
latest writes still holds them, until it is copied home and cut.
"""

import logging
import time

from django.db import connection

TRIES = 20
PAUSE = 0.05  # seconds between tries: somebody who reads holds the log of writes for a moment

_logger = logging.getLogger(__name__)


def sweep() -> None:
    """Copy SQLite's latest writes home and cut their log; nothing to do on another database.

    Call it outside of transactions. Where readers hold the log for too long, it goes with the
    next sweep, or when the house closes.
    """
    if connection.vendor != "sqlite":
        return
    for _ in range(TRIES):
        if _is_cut():
            return
        time.sleep(PAUSE)
    _logger.warning("what was shredded stays in the log of writes until the next sweep")


def _is_cut() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("pragma busy_timeout")
        (patience,) = cursor.fetchone()
        cursor.execute("pragma busy_timeout = 0")
        try:
            cursor.execute("pragma wal_checkpoint(truncate)")
            is_busy, *_ = cursor.fetchone()
        finally:
            cursor.execute(f"pragma busy_timeout = {int(patience)}")
    return not is_busy
