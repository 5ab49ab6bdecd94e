"""When a notice is due: at once or bundled, never in quiet hours on its reader's own clocks."""

from datetime import datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone

from coulisses.notices.models import Choice, Mail

A_BREATH = timedelta(minutes=1)  # in which what is told may be taken back
BUNDLES = timedelta(minutes=5)  # for what comes together to be one letter
AN_HOUR = timedelta(hours=1)
MORNING = time(7)


def zones() -> frozenset[str]:
    """Return the names of the zones there are."""
    return frozenset(available_timezones())


def zone_of(choice: Choice) -> tzinfo:
    """Return somebody's zone; the house's where they have said none."""
    return ZoneInfo(choice.zone) if choice.zone else timezone.get_default_timezone()


def awake(choice: Choice, at: datetime) -> datetime:
    """Return this time, or when the quiet hours end that it falls into."""
    begins, ends = choice.quiet_from, choice.quiet_until
    if begins is None or ends is None or begins == ends:
        return at
    local = at.astimezone(zone_of(choice))
    now = local.time()
    is_over_night = begins > ends
    is_quiet = (now >= begins or now < ends) if is_over_night else begins <= now < ends
    if not is_quiet:
        return at
    day = local.date() + timedelta(days=1 if is_over_night and now >= begins else 0)
    return datetime.combine(day, ends, tzinfo=zone_of(choice))


def mail_due(choice: Choice, at: datetime, *, until: datetime | None = None) -> datetime | None:
    """Return when a letter is due; None for whoever wants none.

    What would come too late, `until` having passed, is due at once.
    """
    if choice.mail == Mail.NONE:
        return None
    due = awake(choice, _rhythm(choice, at))
    return due if until is None or due < until else at


def push_due(choice: Choice, at: datetime, *, until: datetime | None = None) -> datetime | None:
    """Return when a device is told; None where it would be too late for it."""
    due = awake(choice, at)
    return due if until is None or due < until else None


def _rhythm(choice: Choice, at: datetime) -> datetime:
    if choice.mail == Mail.AT_ONCE:
        return at + A_BREATH
    if choice.mail == Mail.BUNDLED:
        rested = choice.written_at + AN_HOUR if choice.written_at else at
        return max(at + BUNDLES, rested)
    local = at.astimezone(zone_of(choice))
    day = local.date() + timedelta(days=0 if local.time() < MORNING else 1)
    return datetime.combine(day, MORNING, tzinfo=zone_of(choice))
