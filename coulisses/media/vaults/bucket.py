"""A vault that is a bucket of an S3 server, shared by the machines of a house.

Programs that need a file on this machine get a copy in the data folder, which goes after minutes.
"""

import contextlib
import hashlib
import logging
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import obstore
from django.utils.translation import gettext_lazy as _
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from coulisses.lib.refusals import Refusal, require
from coulisses.media.vaults.kept import Kept, Named, Readable

PROBE = "coulisses-probe"
IN_MEMORY = 4 << 20  # bytes; what is longer goes by way of a file that passes
BLOCK = 256 << 10  # bytes read at once
AT_ONCE = 3  # parts of a long file on their way
KEPT_FOR = 1800.0  # seconds that a copy stays after it was last asked for
MOST_COPIED = 2 << 30  # bytes of copies; beyond, those go that nobody asked for in a minute
YOUNG = 60.0  # seconds
TIDIED_EVERY = 10.0  # seconds

_logger = logging.getLogger(__name__)


class FilesAway(Refusal, OSError):
    """The bucket does not answer, or refuses."""

    status = 503
    wait = 30
    sentence = _("The house’s files cannot be reached just now. Try again in a moment.")


class BucketUnusable(Refusal):
    """The bucket that the settings name cannot be used as it is."""

    sentence = _("The bucket of COULISSES_MEDIA cannot be used: %(reason)s.")


class Bucket:
    """Objects below a prefix of a bucket."""

    def __init__(self, objects: "S3Store", *, copies: Path) -> None:
        self._objects, self._copies = objects, copies
        self._tidied_at = 0.0

    @classmethod
    def at(cls, address: str, *, prefix: str, copies: Path) -> "Bucket":
        """Return the vault at `s3://key:secret@host/bucket/folder?region=…&insecure=yes`."""
        parts, said = urlsplit(address), dict(parse_qsl(urlsplit(address).query))
        bucket, _slash, folder = parts.path.strip("/").partition("/")
        is_plain = said.get("insecure") == "yes"
        where = parts.netloc.rpartition("@")[2]
        return cls(
            S3Store(
                bucket,
                prefix=f"{folder}/{prefix}".strip("/"),
                endpoint=f"{'http' if is_plain else 'https'}://{where}",
                region=said.get("region", "us-east-1"),
                access_key_id=unquote(parts.username or ""),
                secret_access_key=unquote(parts.password or ""),
                client_options={
                    "allow_http": is_plain,
                    "connect_timeout": timedelta(seconds=3),
                    "timeout": timedelta(seconds=60),
                },
                retry_config={
                    "max_retries": 8,
                    "retry_timeout": timedelta(seconds=8),
                    "backoff": {
                        "init_backoff": timedelta(seconds=0.1),
                        "max_backoff": timedelta(seconds=2),
                        "base": 2,
                    },
                },
            ),
            copies=copies,
        )

    def prove(self) -> None:
        """Write, read and delete a small object. Raises BucketUnusable, which says why not."""
        try:
            made = obstore.put(self._objects, PROBE, b"probe", use_multipart=False)
            is_read = obstore.get(self._objects, PROBE).bytes() == b"probe"
            obstore.delete(self._objects, PROBE)
        except (BaseError, OSError) as error:
            raise BucketUnusable(reason=type(error).__name__) from error
        require(is_read, BucketUnusable, reason="what is read is not what was written")
        # What is shredded must be gone; from such a bucket a deleted object can be called back.
        is_versioned = made["version"] not in (None, "", "null")
        require(not is_versioned, BucketUnusable, reason="it keeps versions of what is deleted")

    def write(self, name: str, pieces: Iterable[bytes], *, is_new: bool = False) -> None:
        """Keep a file. Raises FileExistsError, FilesAway."""
        mode: Any = "create" if is_new else "overwrite"
        begun, is_long = bytearray(), False
        rest = iter(pieces)
        for piece in rest:
            begun += piece
            if is_long := len(begun) > IN_MEMORY and not is_new:
                break
        try:
            with _reaching():
                if not is_long:
                    obstore.put(self._objects, name, bytes(begun), mode=mode, use_multipart=False)
                    return
                with tempfile.NamedTemporaryFile(dir=self._room()) as whole:
                    whole.writelines(chain([begun], rest))
                    whole.flush()
                    self._send(name, Path(whole.name))
        except AlreadyExistsError:
            raise FileExistsError(name) from None

    def take(self, name: str, made: Path) -> None:
        """Send a file that was made here, and let it go."""
        with _reaching():
            self._send(name, made)
        made.unlink()

    def _send(self, name: str, file: Path) -> None:
        obstore.put(self._objects, name, file, max_concurrency=AT_ONCE)

    def kept(self, name: str) -> Kept:
        """Return a file to be sent or read."""
        return InBucket(self._objects, name)

    def remove(self, name: str) -> None:
        """Delete a file, and this machine's copy of it."""
        self._copy(name).unlink(missing_ok=True)
        with _reaching(), contextlib.suppress(FileNotFoundError):
            obstore.delete(self._objects, name)

    def names(self, under: str = "") -> Iterator[Named]:
        """Yield the files below a folder, in the order of their names."""
        with _reaching():
            for page in obstore.list(self._objects, under or None):
                for one in page:
                    yield Named(one["path"], one["size"], one["last_modified"].timestamp())

    def local(self, name: str) -> Path:
        """Return a copy on this machine, there for minutes after it was last asked for."""
        copy = self._copy(name)
        with contextlib.suppress(FileNotFoundError):
            os.utime(copy)
            return copy
        if time.monotonic() - self._tidied_at > TIDIED_EVERY:
            self._tidied_at = time.monotonic()
            self._tidy()
        with tempfile.NamedTemporaryFile(dir=self._room(), delete=False) as half:
            self._fill(name, half)
        return Path(half.name).replace(copy)

    @contextmanager
    def borrowed(self, name: str) -> Iterator[Path]:
        """Give a copy that goes with the block."""
        with tempfile.NamedTemporaryFile(dir=self._room()) as copy:
            self._fill(name, copy)
            yield Path(copy.name)

    def sweep(self) -> None:
        """Take away copies that nobody asked for in the last minutes."""
        self._tidy()

    def _fill(self, name: str, file: Any) -> None:
        reading = self.kept(name).open()
        while block := reading.read(BLOCK):
            file.write(block)
        file.flush()

    def _room(self) -> Path:
        self._copies.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self._copies

    def _copy(self, name: str) -> Path:
        return self._room() / hashlib.sha256(name.encode()).hexdigest()

    def _tidy(self) -> None:
        now, total = time.time(), 0
        for copy, found in sorted(_aged(self._room()), key=lambda one: -one[1].st_mtime):
            total += found.st_size
            age = now - found.st_mtime
            if age > KEPT_FOR or (total > MOST_COPIED and age > YOUNG):
                copy.unlink(missing_ok=True)


@dataclass(frozen=True)
class InBucket:
    """An object of a bucket."""

    objects: "S3Store"
    name: str

    @property
    def size(self) -> int:
        """Its bytes."""
        with _reaching():
            return int(obstore.head(self.objects, self.name)["size"])

    def open(self, part: range | None = None) -> Readable:
        """Begin to fetch it, or a part; what has not come yet stays where it is."""
        with _reaching():
            asked: Any = {} if part is None else {"range": (part.start, part.stop)}
            found = obstore.get(self.objects, self.name, options=asked)
            return _Coming(iter(found.stream(min_chunk_size=BLOCK)))

    def read(self) -> bytes:
        """Return all of it."""
        with _reaching():
            return obstore.get(self.objects, self.name).bytes().to_bytes()


class _Coming:
    """Bytes on their way from the bucket."""

    def __init__(self, chunks: Iterator[Any]) -> None:
        self._chunks, self._left = chunks, b""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes, `size` at most."""
        with _reaching():
            if not self._left:
                self._left = bytes(next(self._chunks, b""))
            while size < 0 and (more := bytes(next(self._chunks, b""))):
                self._left += more
        cut = len(self._left) if size < 0 else size
        given, self._left = self._left[:cut], self._left[cut:]
        return given

    def close(self) -> None:
        """Fetch no more."""
        self._chunks, self._left = iter(()), b""


@contextmanager
def _reaching() -> Iterator[None]:
    """Raise FilesAway for what the client says of a server that is gone or refuses."""
    try:
        yield
    except (AlreadyExistsError, FileNotFoundError):
        raise
    except BaseError as error:
        # The kind alone: what a client says may hold the key.
        _logger.warning("the bucket cannot be reached: %s", type(error).__name__)
        raise FilesAway from error


def _aged(folder: Path) -> Iterator[tuple[Path, Any]]:
    for copy in folder.iterdir():
        with contextlib.suppress(OSError):
            yield copy, copy.stat()
