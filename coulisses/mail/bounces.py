"""What comes back: reports of mail servers that could not deliver (RFC 3464), read as hostile.

A mail server's pipe posts them to the house, see `docs/guide/following.md`.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from itertools import islice

from django.utils.crypto import constant_time_compare, salted_hmac

from coulisses.mail import handles
from coulisses.people import letters

LONGEST = 128 * 1024  # bytes that are read: the report itself stands before what it returns
PARTS = 40
ADDRESSED = ("To", "Delivered-To", "X-Original-To", "Original-Recipient")
_status = re.compile(r"5\.\d{1,3}\.\d{1,3}")


def secret() -> str:
    """Return the last part of the address at which the house takes reports."""
    return salted_hmac("coulisses.mail.bounces", "in", algorithm="sha256").hexdigest()[:40]


def is_secret(said: str) -> bool:
    """Return whether somebody knows the secret."""
    return constant_time_compare(said.encode("utf-8", "replace"), secret().encode())


def take(raw: bytes, *, at: datetime) -> bool:
    """Read a report, and tell the room whose letter came back; return whether it was one of ours.

    What is no report of a lasting failure, or of no letter of this house, is let go.
    """
    try:
        parts = list(islice(message_from_bytes(raw[:LONGEST]).walk(), PARTS))
        status, ours = _lasting(parts), _ours(parts)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError):
        return False  # made to be stumbled on
    if not (status and ours):
        return False
    tell(*ours, status, at=at)
    return True


def tell(room: str, handle: str, status: str, *, at: datetime) -> None:
    """Tell a room that a letter of its came back."""
    how = letters.correspondences().get(room)
    if how and handle:
        how.came_back(handle, status, at)


def _lasting(parts: list[Message]) -> str:
    """Return the status of a failure that lasts; empty where there is none."""
    for part in parts:
        said = str(part.get("Action", "")).strip().lower()
        found = _status.match(str(part.get("Status", "")).strip())
        if said == "failed" and found:
            return found[0]
    return ""


def _ours(parts: list[Message]) -> tuple[str, str] | None:
    for words in _spoken(parts):
        if known := handles.read(words):
            return known
    return None


def _spoken(parts: list[Message]) -> Iterator[str]:
    """Yield where a handle may stand: whom it came to, and the letter that it gives back."""
    for part in parts:
        yield from (str(one) for name in ADDRESSED for one in part.get_all(name, [])[:5])
        yield str(part.get("Message-ID", ""))
        if part.get_content_type() == "text/rfc822-headers":
            held = part.get_payload(decode=True)
            given = message_from_bytes(held if isinstance(held, bytes) else b"")
            yield str(given.get("Message-ID", ""))
