"""The bell: says that a log has grown, never what there is to read.

It rings after commit, in this process by calling back, and in every other process of the same
data folder by a datagram `<log id> <position>` to its Unix socket in `run/`. A ring may be lost
with the process that owed it: whoever must not miss an entry also looks now and then.
"""

import contextlib
import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction

Callback = Callable[[str, int], None]

NO_ENTRY = 0  # the position that `signal` rings: something changed, nothing was told
LONGEST_ADDRESS = 100  # a Unix socket's path holds 107 bytes on Linux, 103 elsewhere
SECOND_TRY = 0.02  # seconds before a full ear is tried again
TRIES = 50

_logger = logging.getLogger(__name__)
_callbacks: set[Callback] = set()
_lock = threading.Lock()
_owed = threading.local()  # .logs: {(log id, whether it grew): position} of the transaction
_late: dict[Path, dict[str, int]] = {}
_ear: "_Ear | None" = None


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

    `position` is NO_ENTRY for a signal. A callback must be quick: a writer may be waiting.
    """
    global _ear
    with _lock:
        _callbacks.add(callback)
        if _ear is None:
            _ear = _Ear.opened(_folder())


def unlisten(callback: Callback) -> None:
    """Stop calling back; the last one to leave takes the process's socket away."""
    global _ear
    with _lock:
        _callbacks.discard(callback)
        if _callbacks or _ear is None:
            return
        ear, _ear = _ear, None
    ear.close()


def is_heard() -> bool:
    """Return whether rings from other processes reach this one."""
    return _ear is not None and _ear.is_open


def _ring_owed() -> None:
    # Every ring of a transaction asks for this call, so that a rolled back savepoint cannot take
    # the others' ring away; the first call rings for all. A ring too many does no harm.
    owed, _owed.logs = getattr(_owed, "logs", {}), {}
    for (log_id, _has_grown), position in owed.items():
        _call_back(log_id, position)
        for peer in _peers():
            if not _send(peer, log_id, position):
                _try_later(peer, log_id, position)


def _call_back(log_id: str, position: int) -> None:
    for callback in tuple(_callbacks):
        try:
            callback(log_id, position)
        except Exception:
            _logger.exception("a listener of the bell failed")


def _folder() -> Path:
    return Path(settings.DATA) / "run"


def _peers() -> list[Path]:
    folder, own = _folder(), _ear.path.name if _ear else ""
    try:
        found = [one for one in os.listdir(folder) if one.startswith("bell-") and one != own]
        return [folder / one for one in found if one.endswith(".sock")]
    except OSError:
        return []


def _send(peer: Path, log_id: str, position: int) -> bool:
    """Return False only when the other's queue is full and it is worth another try."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender, _address(peer) as address:
        sender.setblocking(False)
        try:
            sender.sendto(f"{log_id} {position}".encode(), address)
        except BlockingIOError:
            return False
        except ConnectionRefusedError:  # its process is gone
            peer.unlink(missing_ok=True)
        except OSError:
            _logger.debug("no way to ring %s", peer, exc_info=True)
    return True


def _try_later(peer: Path, log_id: str, position: int) -> None:
    with _lock:
        is_first = not _late
        logs = _late.setdefault(peer, {})
        logs[log_id] = max(position, logs.get(log_id, NO_ENTRY))
    if is_first:
        threading.Thread(target=_ring_late, name="bell-late", daemon=True).start()


def _ring_late() -> None:
    for _ in range(TRIES):
        time.sleep(SECOND_TRY)
        with _lock:
            owed = [(peer, *ring) for peer, logs in _late.items() for ring in logs.items()]
        for peer, log_id, position in owed:
            if _send(peer, log_id, position):
                _forget(peer, log_id, position)
        with _lock:
            if not _late:
                return
    with _lock:  # an ear that stays full for a second belongs to a process that hangs
        _late.clear()


def _forget(peer: Path, log_id: str, position: int) -> None:
    with _lock:
        logs = _late.get(peer, {})
        if logs.get(log_id) == position:
            del logs[log_id]
        if not logs:
            _late.pop(peer, None)


@contextlib.contextmanager
def _address(path: Path):  # type: ignore[no-untyped-def]
    """Yield an address short enough for a socket: Linux can name a folder by its descriptor."""
    if len(os.fsencode(path)) <= LONGEST_ADDRESS or not Path("/proc/self/fd").exists():
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


class _Ear:
    """This process's socket, and the thread that listens at it."""

    def __init__(self, path: Path, channel: socket.socket | None) -> None:
        self.path = path
        self._channel = channel
        if channel:
            threading.Thread(target=self._hear, args=(channel,), name="bell", daemon=True).start()

    @classmethod
    def opened(cls, folder: Path) -> "_Ear":
        """Bind a socket in the folder; where that fails the ear is deaf, and says so once."""
        path = folder / f"bell-{os.getpid()}-{secrets.token_hex(4)}.sock"
        channel = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _address(path) as address:
                channel.bind(address)
        except OSError:
            _logger.warning("other processes cannot ring this one: %s", path, exc_info=True)
            channel.close()
            return cls(path, None)
        return cls(path, channel)

    @property
    def is_open(self) -> bool:
        """Whether other processes can ring."""
        return self._channel is not None

    def close(self) -> None:
        """Take the socket away and end the thread."""
        channel, self._channel = self._channel, None
        self.path.unlink(missing_ok=True)
        if channel:
            with contextlib.suppress(OSError):
                channel.shutdown(socket.SHUT_RDWR)  # wakes the thread; close alone would not
            channel.close()

    def _hear(self, channel: socket.socket) -> None:
        while self._channel is not None:
            try:
                log_id, _, position = channel.recv(128).decode().partition(" ")
            except OSError:
                return
            except UnicodeDecodeError:
                continue
            if log_id and position.isdecimal():
                _call_back(log_id, int(position))
