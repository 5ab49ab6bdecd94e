"""When a commit happened: its author's clock, unless that clock is plainly wrong."""

from datetime import UTC, datetime, timedelta, timezone

_WIDEST_ZONE = 14 * 60  # minutes
_LEEWAY = 600  # seconds by which an honest clock may be ahead


def happened(at: tuple[int, int], committed: tuple[int, int], *, now: float) -> tuple[str, bool]:
    """Return an ISO date with its zone, and whether it had to be corrected.

    A date before 1970 or in the future gives way to the committer's, or else to the nearest that
    is possible. `now` is in seconds since 1970.
    """
    seconds, minutes = at
    is_absurd = not 0 < seconds <= now + _LEEWAY
    if is_absurd and 0 < committed[0] <= now + _LEEWAY:
        seconds, minutes = committed
    seconds = int(max(1, min(seconds, now)))
    zone = timezone(timedelta(minutes=minutes)) if abs(minutes) <= _WIDEST_ZONE else UTC
    return datetime.fromtimestamp(seconds, zone).isoformat(), is_absurd
