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
    wait = 60
    sentence = _(
        "That was tried too often. Wait a while, then try again: nothing you typed is lost."
    )


def require(name: str, *, most: int, within: timedelta) -> None:
    """Count a try under a name and raise TooOften beyond so many within a time."""
    left = _counted(name, most=most, within=within)
    require_that(not left, TooOften, seconds=left)


def is_calm(name: str, *, most: int, within: timedelta) -> bool:
    """Count a try under a name and return whether it is not beyond so many within a time.

    What is counted under is hashed first, so that a name may be made of an address.
    """
    return not _counted(name, most=most, within=within)


def is_spent(name: str, *, most: int) -> bool:
    """Return whether the tries under a name are used up by now, without counting one."""
    count, until = cache.get(_key(name)) or (0, timezone.now())
    return bool(count >= most and until > timezone.now())


def _counted(name: str, *, most: int, within: timedelta) -> float:
    """Count a try; return 0 where it may be, else in how many seconds there may be another."""
    key, now = _key(name), timezone.now()
    count, until = cache.get(key) or (0, now + within)
    if until <= now:
        count, until = 0, now + within
    # Not `incr`: it would let the count end five minutes after the last try, whatever was asked.
    left = (until - now).total_seconds()
    cache.set(key, (count + 1, until), timeout=math.ceil(left))
    return 0 if count < most else max(1, left)


def _key(name: str) -> str:
    return f"calm:{hashlib.sha256(name.encode()).hexdigest()[:32]}"
