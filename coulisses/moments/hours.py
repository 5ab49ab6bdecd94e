"""Hours as people write them, in the house's time zone, and what they mean."""

from datetime import UTC, datetime

from django.utils import timezone

from coulisses.lib.refusals import require
from coulisses.moments.refusals import TimeUnreadable

YEARS = range(1970, 3000)  # beyond, some zone of the world has no name for an hour


def read(written: str, *, at: datetime) -> datetime:
    """Return the time that `2026-11-25T18:30` stands for in the house's zone.

    An hour that a change of clocks skips is the one after it; one that comes twice is the first,
    or the second where the first is past. Raises TimeUnreadable.
    """
    try:
        plain = datetime.fromisoformat(written.strip())
    except ValueError:
        raise TimeUnreadable from None
    require(plain.year in YEARS, TimeUnreadable)
    if plain.tzinfo is not None:
        return plain
    zone = timezone.get_default_timezone()
    first, second = (plain.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    comes_twice = first < second
    return second if comes_twice and first <= at < second else first


def written(at: datetime) -> str:
    """Return a time as a form writes it, in the house's zone."""
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")
