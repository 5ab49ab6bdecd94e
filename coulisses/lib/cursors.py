"""Cursors: opaque names for a place in a log, as streams and pages hand them out."""

import base64
import binascii
import hashlib

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal, require

CHECK = 4  # bytes that tie a cursor to its log, so that another log's cursor is refused
LONGEST = 32  # characters
GREATEST = 2**63 - 1


class CursorMalformed(Refusal):
    """What was given as a cursor is none, or belongs to another log."""

    status = 400
    sentence = _("That is no cursor of this stream. Leave it out to begin with what comes now.")


def spell(log_id: str, position: int) -> str:
    """Return the cursor after a position, as lowercase base32."""
    place = position.to_bytes((position.bit_length() + 7) // 8 or 1)
    return base64.b32encode(_check(log_id, place) + place).decode().rstrip("=").lower()


def read(log_id: str, cursor: str) -> int:
    """Return the position a cursor stands after. Raises CursorMalformed."""
    require(0 < len(cursor) <= LONGEST and cursor.isascii(), CursorMalformed)
    padded = cursor.upper() + "=" * (-len(cursor) % 8)
    try:
        raw = base64.b32decode(padded)
    except binascii.Error as error:
        raise CursorMalformed from error
    check, place = raw[:CHECK], raw[CHECK:]
    require(place and check == _check(log_id, place), CursorMalformed)
    position = int.from_bytes(place)
    require(position <= GREATEST, CursorMalformed)
    return position


def _check(log_id: str, place: bytes) -> bytes:
    return hashlib.blake2s(log_id.encode() + b":" + place, digest_size=CHECK).digest()
