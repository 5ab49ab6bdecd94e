"""Handles: what a letter carries outside, by which the house knows it when it comes back.

It is signed, so that nobody ends somebody's letters by making one up. It travels in the
Message-ID and, where the host has an address for what comes back, in the envelope's sender.
"""

import re
from email.utils import parseaddr

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from coulisses.mail.models import Letter
from coulisses.people import letters

SALT = "coulisses.mail.handles"
SIGNED = 16  # hex digits
_spelled = re.compile(rf"(?<![a-z0-9])([a-z0-9]{{1,32}})\.([0-9a-f]{{{SIGNED}}})(?![a-z0-9])")


def spell(room: str, handle: str) -> str:
    """Return a handle with the house's signature, fit for the local part of an address."""
    return f"{handle}.{_signature(room, handle)}"


def read(text: str) -> tuple[str, str] | None:
    """Return the room and the handle that are spelled in a text; None where none of ours is."""
    for found in _spelled.finditer(text.lower()):
        for room in letters.correspondences():
            if constant_time_compare(found[2], _signature(room, found[1])):
                return room, found[1]
    return None


def message_id(letter: Letter, handle: str, *, sender: str) -> str:
    """Return the Message-ID of a letter: the same each time, so that one sent twice is one."""
    own = _digest(f"{letter.pk} {letter.made_at.isoformat()}")
    known = f"{spell(letter.written_by, handle)}." if handle else ""
    return f"<{known}{own}@{parseaddr(sender)[1].rpartition('@')[2] or 'localhost'}>"


def return_path(letter: Letter, handle: str, *, sender: str) -> str:
    """Return where a letter goes back to that cannot be delivered."""
    local, _, domain = settings.HOUSE.mail_bounces.rpartition("@")
    if not (handle and local):
        return parseaddr(sender)[1]
    return f"{local}+{spell(letter.written_by, handle)}@{domain}"


def _signature(room: str, handle: str) -> str:
    return _digest(f"{room}:{handle}")[:SIGNED]


def _digest(value: str) -> str:
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()[:32]
