"""Packs the projects that were asked for."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.utils import timezone

from coulisses.lib.refusals import Refusal
from coulisses.transfers import making, rules
from coulisses.transfers.form import Sent
from coulisses.transfers.models import Parcel

SAID_EVERY = 2.0  # seconds between two words that a maker lives

_logger = logging.getLogger(__name__)


class Unwanted(Exception):
    """Nobody wants it any more, or another maker has taken it over."""


def make_next() -> bool:
    """Pack what was asked for; return whether there was anything."""
    parcel = rules.claim(timezone.now())
    if parcel is None:
        return False
    sent = Sent(parcel.project, parcel.is_whole, timezone.now())
    to, base = rules.workshop() / parcel.file, settings.PUBLIC_URL
    to.unlink(missing_ok=True)
    try:
        making.make(sent, to, base=base, alive=_alive(parcel))
        rules.finish(parcel, to, base=base, at=timezone.now())
    except Unwanted:
        pass
    except (Refusal, OSError):
        _logger.exception("a project could not be packed")
        rules.fail(parcel)
    return True


def _alive(parcel: Parcel) -> Callable[[], None]:
    said_at = time.monotonic()

    def say() -> None:
        nonlocal said_at
        if time.monotonic() - said_at >= SAID_EVERY:
            if not rules.keep_alive(parcel, at=timezone.now()):
                raise Unwanted
            said_at = time.monotonic()

    return say
