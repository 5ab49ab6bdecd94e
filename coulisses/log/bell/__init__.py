"""The bell: says that a log has grown, never what there is to read.

It rings after commit, in this process by calling back, and in every other process of the house by
the carrier that `settings.BELL` names: sockets on one machine, a broker between several. A ring may
be lost with the process that owed it, or with a broker that is gone: whoever must not miss an entry
also looks now and then.
"""

import logging
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from coulisses.log.bell import carriers
from coulisses.log.bell.carriers import EVERY_LOG, NO_ENTRY, Carrier

__all__ = ["EVERY_LOG", "NO_ENTRY", "carrier", "is_heard", "listen", "ring", "signal", "unlisten"]

Callback = Callable[[str, int], None]

_logger = logging.getLogger(__name__)
_callbacks: set[Callback] = set()
_lock = threading.Lock()
_owed = threading.local()  # .logs: {(log id, whether it grew): position} of the transaction
_made: dict[str, Carrier] = {}


def ring(log_id: str, position: int) -> None:
    """Tell every process, once the running transaction is committed, that a log has grown.

    Never blocks and never raises into the writer. A transaction rings once for each log, and
    once more where it signals too: followers then forget what they keep.
    """
    if not hasattr(_owed, "logs"):
        _owed.logs = {}
    kept = log_id, position != NO_ENTRY
    _owed.logs[kept] = max(position, _owed.logs.get(kept, NO_ENTRY))
    transaction.on_commit(_ring_owed, robust=True)


def signal(log_id: str) -> None:
    """Tell every process that what is shown beside a log changed, though nothing new was told."""
    ring(log_id, NO_ENTRY)


def listen(callback: Callback) -> None:
    """Have `callback(log_id, position)` called at every ring, in whichever thread heard it.

    `position` is NO_ENTRY for a signal; the log is EVERY_LOG where rings may have been missed.
    A callback must be quick: a writer may be waiting.
    """
    used = _carrier()
    with _lock:
        _callbacks.add(callback)
        used.listen()


def unlisten(callback: Callback) -> None:
    """Stop calling back; with the last one to leave the process stops to hear the others."""
    with _lock:
        _callbacks.discard(callback)
        if not _callbacks:
            for one in _made.values():
                one.unlisten()


def is_heard() -> bool:
    """Return whether rings from other processes reach this one."""
    return _carrier().is_heard


def carrier() -> str:
    """Return what carries the rings: `sockets`, or a broker's scheme."""
    return carriers.scheme(settings.BELL)


def _carrier() -> Carrier:
    address = settings.BELL
    with _lock:
        if address not in _made:
            _made[address] = carriers.make(address, _call_back)
        return _made[address]


def _ring_owed() -> None:
    # Every ring of a transaction asks for this call, so that a rolled back savepoint cannot take
    # the others' ring away; the first call rings for all. A ring too many does no harm.
    owed, _owed.logs = getattr(_owed, "logs", {}), {}
    for (log_id, _has_grown), position in owed.items():
        _call_back(log_id, position)
        _carrier().ring(log_id, position)


def _call_back(log_id: str, position: int) -> None:
    for callback in tuple(_callbacks):
        try:
            callback(log_id, position)
        except Exception:
            _logger.exception("a listener of the bell failed")
