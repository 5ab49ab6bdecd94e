"""A hall shares one network address: two thousand may come, throw and vote from it, a machine not.

What one voice may say in a minute is asked by the gates; this is about addresses alone, and far
wider than elsewhere: behind a theatre's wireless network everybody is one address.
"""

from django.http import HttpRequest

from coulisses.lib import lines
from coulisses.lib.pace import Bucket
from coulisses.people.crowds import HERE

newcomers = Bucket(3_000, each=0.5)  # who take part for the first time, from one address
ideas = Bucket(3_000, each=0.1)
gestures = Bucket(60, each=1.0)  # at a table that is lent, of one voice
taken = Bucket(90, each=4.0)  # forms taken home by whoever is no maker, at one address


def require_calm(request: HttpRequest, *, is_new: bool) -> None:
    """Count an idea or a dot of whoever asks. Raises TooOften."""
    require_calm_from(_address(request))
    if is_new:
        require_few(request)


def require_few(request: HttpRequest) -> None:
    """Count somebody who takes part for the first time. Raises TooOften."""
    _count(newcomers, _address(request))


def require_calm_from(address: str) -> None:
    """Count an idea or a dot from a network address. Raises TooOften."""
    _count(ideas, address)


def require_calm_hand(voice: str) -> None:
    """Count a gesture at a table that is lent: each is an entry for good. Raises TooOften."""
    gestures.require(voice)


def require_few_taken(request: HttpRequest) -> None:
    """Count a form that is taken home: each reads all ideas. Raises TooOften."""
    _count(taken, _address(request))


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _count(bucket: Bucket, address: str) -> None:
    if address not in HERE:
        bucket.require(lines.of(address))
