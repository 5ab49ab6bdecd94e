"""Hours as a maker says them: on the clock of the house."""

from datetime import UTC, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal, require

YEARS = range(1970, 3000)  # beyond, some zone of the world has no name for an hour


class HourMalformed(Refusal):
    """A date and an hour cannot be read."""

    status = 422
    sentence = _("Say on which day, and at which hour.")


class HourSkipped(Refusal):
    """The hour does not exist: on that night clocks are put forward."""

    status = 422
    sentence = _("That hour doesn’t exist: clocks are put forward that night. Choose another.")


def read(day: str, hour: str) -> datetime:
    """Return the time of a day (2026-11-26) and an hour (18:00) in the house's zone.

    An hour that strikes twice, on the night when clocks are put back, is the first of the two.
    Raises HourMalformed, HourSkipped.
    """
    try:
        said = datetime.strptime(f"{day.strip()} {hour.strip()[:5]}", "%Y-%m-%d %H:%M")
    except ValueError:
        raise HourMalformed from None
    require(said.year in YEARS, HourMalformed)
    zone = timezone.get_default_timezone()
    at = said.replace(tzinfo=zone).astimezone(UTC)
    require(at.astimezone(zone).replace(tzinfo=None) == said, HourSkipped)
    return at


def spelled(at: datetime) -> tuple[str, str]:
    """Return a time as day and hour in the house's zone, for a form."""
    local = timezone.localtime(at, timezone.get_default_timezone())
    return local.strftime("%Y-%m-%d"), local.strftime("%H:%M")


def zone() -> str:
    """Return the name of the house's zone: Europe/Paris."""
    return timezone.get_default_timezone_name()
