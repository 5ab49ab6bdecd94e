"""The house's key: one Ed25519 key in the folder of keys, under which every log is signed.

Whoever keeps checkpoints knows a log by this key: it is backed up with the folder, and several
machines of one house share it.
"""

import contextlib
import logging
import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from coulisses.lib.notes import Signer
from coulisses.log.models import Log
from coulisses.log.refusals import HouseKeyUnreadable

FILE = "proof.key"

_logger = logging.getLogger(__name__)


def signer(log: Log) -> Signer:
    """Return who signs for a log, `coulisses/<log id>`. Raises HouseKeyUnreadable."""
    return Signer(f"coulisses/{log.pk}", _key(_place()))


def is_made() -> bool:
    """Return whether the key is there: it is made when it is first asked for."""
    return _place().exists()


def make_sure() -> None:
    """Make the key now: where several machines share a folder of keys, none may make its own."""
    _key(_place())


def _place() -> Path:
    return Path(settings.KEYS or settings.DATA) / FILE


@lru_cache(maxsize=8)
def _key(path: Path) -> Ed25519PrivateKey:
    try:
        if not path.exists():
            _make(path)
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        _logger.error("the house's key %s cannot be read: %s", path, error)
        raise HouseKeyUnreadable from error
    if not isinstance(key, Ed25519PrivateKey):
        _logger.error("the house's key %s is no Ed25519 key", path)
        raise HouseKeyUnreadable
    return key


def _make(path: Path) -> None:
    """Write a new key, readable by the house alone; where two begin at once, the first stays."""
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{FILE}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
