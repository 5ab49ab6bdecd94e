"""Rings between processes on one machine: datagrams to Unix sockets in the data folder's `run/`."""

import contextlib
import logging
import os
import secrets
import socket
import threading
import time
from pathlib import Path

from django.conf import settings

from coulisses.log.bell.carriers import NO_ENTRY, CallBack

LONGEST_ADDRESS = 100  # a Unix socket's path holds 107 bytes on Linux, 103 elsewhere
SECOND_TRY = 0.02  # seconds before a full ear is tried again
TRIES = 50

_logger = logging.getLogger(__name__)


class Sockets:
    """The carrier of one data folder."""

    def __init__(self, _address: str, call_back: CallBack) -> None:
        self._call_back = call_back
        self._lock = threading.Lock()
        self._late: dict[Path, dict[str, int]] = {}
        self._ear: _Ear | None = None

    @property
    def is_heard(self) -> bool:
        """Whether the socket could be bound, and is."""
        ear = self._ear
        return ear is not None and ear.is_open

    def listen(self) -> None:
        """Bind this process's socket."""
        if self._ear is None:
            self._ear = _Ear.opened(_folder(), self._call_back)

    def unlisten(self) -> None:
        """Take the socket away."""
        ear, self._ear = self._ear, None
        if ear:
            ear.close()

    def ring(self, log_id: str, position: int) -> None:
        """Send to every other socket in the folder; one that is full is tried again for a while."""
        for peer in _peers(self._ear):
            if not _send(peer, log_id, position):
                self._try_later(peer, log_id, position)

    def _try_later(self, peer: Path, log_id: str, position: int) -> None:
        with self._lock:
            is_first = not self._late
            logs = self._late.setdefault(peer, {})
            logs[log_id] = max(position, logs.get(log_id, NO_ENTRY))
        if is_first:
            threading.Thread(target=self._ring_late, name="bell-late", daemon=True).start()

    def _ring_late(self) -> None:
        for _ in range(TRIES):
            time.sleep(SECOND_TRY)
            with self._lock:
                owed = [(peer, *ring) for peer, logs in self._late.items() for ring in logs.items()]
            for peer, log_id, position in owed:
                if _send(peer, log_id, position):
                    self._forget(peer, log_id, position)
            with self._lock:
                if not self._late:
                    return
        with self._lock:  # an ear that stays full for a second belongs to a process that hangs
            self._late.clear()

    def _forget(self, peer: Path, log_id: str, position: int) -> None:
        with self._lock:
            logs = self._late.get(peer, {})
            if logs.get(log_id) == position:
                del logs[log_id]
            if not logs:
                self._late.pop(peer, None)


def _folder() -> Path:
    return Path(settings.DATA) / "run"


def _peers(ear: "_Ear | None") -> list[Path]:
    folder, own = _folder(), ear.path.name if ear else ""
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

    def __init__(self, path: Path, channel: socket.socket | None, call_back: CallBack) -> None:
        self.path = path
        self._call_back = call_back
        self._channel = channel
        if channel:
            threading.Thread(target=self._hear, args=(channel,), name="bell", daemon=True).start()

    @classmethod
    def opened(cls, folder: Path, call_back: CallBack) -> "_Ear":
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
            return cls(path, None, call_back)
        return cls(path, channel, call_back)

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
                self._call_back(log_id, int(position))
