"""Places in a list by time: where its next page goes on, as addresses carry it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
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


def page(
    rows: QuerySet[Any], field: str, *, after: str, limit: int, is_newest_first: bool = True
) -> tuple[list[Any], str]:
    """Return a page of rows in the order of a time of theirs, and the place after it.

    The place is "" at the end. Rows of one time stand in the order of their keys. `after`
    is the place that the page before gave. Raises PlaceMalformed.
    """
    if after:
        at, last = read(after)
        beyond = Q(**{f"{field}__{'lt' if is_newest_first else 'gt'}": at})
        rows = rows.filter(beyond | Q(**{field: at, "pk__gt": last}))
    found = list(rows.order_by(f"-{field}" if is_newest_first else field, "pk")[: limit + 1])
    shown = found[:limit]
    return shown, spell(getattr(shown[-1], field), shown[-1].pk) if len(found) > limit else ""
