"""Places in a list by time: where its next page goes on, as addresses carry it."""

from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal, require

GREATEST = 2**63 - 1  # position in a log
LONGEST_KEY = 64  # characters; of a number, far fewer than Python refuses to read
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class PlaceMalformed(Refusal):
    """A page's `before`, `after` or `at` is no place in a log or a list."""

    status = 400
    sentence = _("“%(value)s” is no place in this log. Take it out of the address.")


def position(value: str | None) -> int | None:
    """Return a position that an address carries, None where it has none. Raises PlaceMalformed."""
    if value is None:
        return None
    is_place = value.isascii() and value.isdecimal() and int(value[:20]) <= GREATEST
    require(is_place and len(value) < 20, PlaceMalformed, value=value[:40])
    return int(value)


def spell(at: datetime, pk: object) -> str:
    """Return the place of a row by its time and key (letters and digits)."""
    return f"{(at - EPOCH) // timedelta(microseconds=1)}-{pk}"


def read(place: str) -> tuple[datetime, str]:
    """Return the time and key that a place was spelled from. Raises PlaceMalformed."""
    microseconds, _, last = place.partition("-")
    is_place = microseconds.isascii() and microseconds.isdecimal() and len(microseconds) < 18
    is_key = last.isalnum() and last.isascii() and len(last) <= LONGEST_KEY
    require(is_place and is_key, PlaceMalformed, value=place[:40])
    return EPOCH + timedelta(microseconds=int(microseconds)), last
