"""Notices on devices, as browsers take them (Web Push): what a browser gave, and telling it."""

import hashlib
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F

from coulisses.lib import outbound
from coulisses.lib.outbound import Exchange
from coulisses.lib.refusals import Refusal, require
from coulisses.people import sealing
from coulisses.people.refusals import DeviceMalformed

A_SLICE = 20  # devices that are told at once
PATIENCE = 5.0  # seconds for each
LIVES = 24 * 60 * 60  # seconds for which a browser that is off may be waited for
FAILURES = 10  # in a row, after which a device is forgotten

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Push:
    """Words for one device: where it is told, and the keys that it gave for that.

    A later one of the same `topic` (32 letters at most) takes the place of one not yet shown.
    """

    endpoint: str
    public_key: str
    secret: str
    words: bytes
    topic: str


def require_device(endpoint: str, public_key: str, secret: str) -> None:
    """Raise DeviceMalformed or AddressRefused unless a browser could have said this of itself."""
    outbound.require_public(endpoint)
    require(urlsplit(endpoint).scheme == "https" or settings.REACHES, DeviceMalformed)
    sealing.require_key(public_key, secret)


def digest(endpoint: str) -> str:
    """Return by what a device is known again."""
    return hashlib.sha256(endpoint.encode("utf-8", "replace")).hexdigest()


def send(pushes: Sequence[Push | None]) -> list[bool | None]:
    """Tell some devices, None nothing; return of each whether it was told, None where it is gone.

    All at once: whoever answers slowly, on purpose even, keeps no other device waiting. It touches
    no database.
    """
    with ThreadPoolExecutor(A_SLICE) as pool:
        return list(pool.map(lambda one: _send(one) if one else True, pushes))


def note(device: Any, became: bool | None) -> None:
    """Keep, in the row of a device with its `failures`, what became of telling it.

    Who is gone is forgotten, and who could not be told ten times in a row.
    """
    row = type(device)._default_manager.filter(pk=device.pk)
    if became is None or (not became and device.failures + 1 >= FAILURES):
        row.delete()
    else:
        row.update(failures=0 if became else F("failures") + 1)


def _send(push: Push) -> bool | None:
    headers = {
        "authorization": sealing.signed(push.endpoint),
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "ttl": str(LIVES),
        "topic": push.topic[:32],
        "urgency": "low",
    }
    try:
        sealed = sealing.seal(push.words, public_key=push.public_key, secret=push.secret)
        how = Exchange(seconds=PATIENCE, longest=4096)
        reply = outbound.send("POST", push.endpoint, headers=headers, body=sealed, how=how)
    except Refusal as trouble:
        _logger.info("a device could not be told: %s", type(trouble).__name__)
        return False
    return None if reply.status in (404, 410) else reply.is_well
