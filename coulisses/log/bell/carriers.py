"""What carries a ring from one process to the others: sockets by default, or a broker."""

import hashlib
from collections.abc import Callable
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

NO_ENTRY = 0  # the position of a signal: something changed, nothing was told
EVERY_LOG = ""  # the log of a ring that says: some may have been missed
SOCKETS = "sockets"

CallBack = Callable[[str, int], None]


class Carrier(Protocol):
    """Carries rings to other processes, and theirs to this one."""

    @property
    def is_heard(self) -> bool:
        """Whether rings from other processes reach this one, as far as is known."""

    def ring(self, log_id: str, position: int) -> None:
        """Tell the others. Never blocks, never raises."""

    def listen(self) -> None:
        """Hear the others from now on; once is enough."""

    def unlisten(self) -> None:
        """Stop hearing them."""


Make = Callable[[str, CallBack], Carrier]
_known: dict[str, str] = {}


def register(made_by: str, *schemes: str) -> None:
    """Have what stands at a dotted path carry rings where the setting begins with one of these.

    It is called with the address and what to call back, and imported only then: a house that uses
    no broker has no room for the clients of three.
    """
    for one in schemes:
        _known[one] = made_by


def scheme(address: str) -> str:
    """Return what an address begins with; nothing but that may be shown, it may hold a password."""
    return address.partition(":")[0] or SOCKETS


def make(address: str, call_back: CallBack) -> Carrier:
    """Return a new carrier. Raises KeyError for a scheme that nobody carries."""
    made: Make = import_string(_known[scheme(address)])
    return made(address, call_back)


def channel() -> str:
    """Return this house's name at a broker that others may use too; it tells them nothing."""
    digest = hashlib.sha256(f"bell {settings.SECRET_KEY}".encode()).hexdigest()
    return f"coulisses_{digest[:20]}"
