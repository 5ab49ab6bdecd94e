"""Guests by network address: a school behind one may come in and speak, a machine not for ever."""

from typing import Any

from coulisses.lib import lines
from coulisses.lib.pace import Bucket
from coulisses.people.models import Account

HERE = frozenset({"127.0.0.1", "::1"})  # this machine, or a proxy on it that tells no address

newcomers = Bucket(400, each=3.0)  # who come in under a name, from one address
words = Bucket(240, each=1.0)  # of all guests of one address, whatever they are called


def require_few(request: Any) -> None:
    """Count somebody who comes in. Raises TooOften."""
    _require(newcomers, request)


def require_calm(request: Any) -> None:
    """Count words of somebody without an account. Raises TooOften."""
    if not isinstance(request.user, Account):
        _require(words, request)


def _require(bucket: Bucket, request: Any) -> None:
    address = request.META.get("REMOTE_ADDR", "")
    if address not in HERE:
        bucket.require(lines.of(address))
