"""A brainstorm as iCalendar (RFC 5545): its hour in UTC, the same event for ever."""

from datetime import UTC

from icalendar import Calendar, Event, vText
from icalendar.prop import vUri

from coulisses.brainstorms.models import Brainstorm


def write(of: Brainstorm, *, base: str) -> bytes:
    """Return a calendar of one event; `base` is the house's address.

    What was called off is in it, as cancelled: calendars then take it out.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Coulisses//Brainstorms//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(of, base))
    return calendar.to_ical()


def uid(of: Brainstorm) -> str:
    """Return what an event is known by: it stays when hours, words and addresses change."""
    return f"brainstorm.{of.project_id}@coulisses"


def _event(of: Brainstorm, base: str) -> Event:
    assert of.starts_at and of.ends_around
    changed = (of.changed_at or of.project.opened_at).astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", uid(of))
    event.add("sequence", of.sequence)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", of.starts_at.astimezone(UTC))
    event.add("dtend", of.ends_around.astimezone(UTC))
    event.add("summary", of.project.title)
    event.add("status", "CANCELLED" if of.is_called_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # to come for a moment is no appointment
    address = f"{base}{of.project.path}"
    words = [of.called_off_because, of.project.line, of.context, address]
    event.add("description", "\n\n".join(one for one in words if one))
    event.add("url", vUri(address))
    event.add("location", vText(address))
    return event
