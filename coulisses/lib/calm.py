"""Calm: how often something may be tried, counted in Django's cache for all processes."""

import hashlib
import math
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal
from coulisses.lib.refusals import require as require_that


class TooOften(Refusal):
    """Something was tried more often than a person would."""

    status = 429
    sentence = _(
        "That was tried too often. Wait a while, then try again: nothing you typed is lost."
    )


def require(name: str, *, most: int, within: timedelta) -> None:
    """Count a try under a name and raise TooOften beyond so many within a time."""
    require_that(is_calm(name, most=most, within=within), TooOften)


def is_calm(name: str, *, most: int, within: timedelta) -> bool:
    """Count a try under a name and return whether it is not beyond so many within a time.

    What is counted under is hashed first, so that a name may be made of an address.
    """
    key, now = _key(name), timezone.now()
    count, until = cache.get(key) or (0, now + within)
    if until <= now:
        count, until = 0, now + within
    # Not `incr`: it would let the count end five minutes after the last try, whatever was asked.
    cache.set(key, (count + 1, until), timeout=math.ceil((until - now).total_seconds()))
    return bool(count < most)


def is_left(name: str, *, most: int) -> bool:
    """Return whether another try under a name would still be calm, and count none."""
    count, until = cache.get(_key(name)) or (0, timezone.now())
    return bool(count < most or until <= timezone.now())


def _key(name: str) -> str:
    return f"calm:{hashlib.sha256(name.encode()).hexdigest()[:32]}"
