"""Announced sessions as iCalendar (RFC 5545): hours in UTC, the same event for ever."""

from collections.abc import Sequence
from datetime import UTC, timedelta

from icalendar import Calendar, Event, vText
from icalendar.prop import vDuration, vUri

from coulisses.projects.models import Project
from coulisses.sessions.models import Session

REACHES_BACK = timedelta(days=60)  # of what a subscribed calendar still holds
MOST = 200  # events of one calendar
ANEW = timedelta(hours=1)  # after which a subscribed calendar is best read again


def write(project: Project, sessions: Sequence[Session], *, base: str) -> bytes:
    """Return a calendar of announced sessions; `base` is the house's address.

    What was called off is in it, as cancelled: calendars then take it out.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Coulisses//Sessions//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", project.title)
    calendar.add("x-wr-calname", project.title)
    calendar.add("refresh-interval", vDuration(ANEW), parameters={"value": "DURATION"})
    for one in sessions:
        calendar.add_component(_event(one, base))
    return calendar.to_ical()


def uid(session: Session) -> str:
    """Return what an event is known by: it stays when hours, words and addresses change."""
    return f"session-{session.number}.{session.project_id}@coulisses"


def _event(session: Session, base: str) -> Event:
    assert session.planned_at and session.planned_until
    event = Event()
    event.add("uid", uid(session))
    event.add("sequence", session.sequence)
    event.add("dtstamp", session.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", session.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", session.planned_at.astimezone(UTC))
    event.add("dtend", session.planned_until.astimezone(UTC))
    event.add("summary", f"{session.title or session.project.title} · {session.project.title}")
    event.add("status", "CANCELLED" if session.is_called_off else "CONFIRMED")
    event.add("transp", "TRANSPARENT")  # to watch is no appointment
    address = f"{base}{session.path}"
    words = [session.called_off_because, session.about, address]
    event.add("description", "\n\n".join(one for one in words if one))
    event.add("url", vUri(address))
    event.add("location", vText(address))
    return event
