"""What a maker types to announce a session, kept as it was typed until it can be read."""

from collections.abc import Mapping
from dataclasses import dataclass

from coulisses.lib import text
from coulisses.projects import hours
from coulisses.sessions.announcing import Plan
from coulisses.sessions.models import Session


@dataclass(frozen=True)
class Typed:
    """A plan as a form holds it: day (2026-11-26), hour (18:00), minutes, title, words."""

    day: str = ""
    hour: str = ""
    minutes: str = "60"
    title: str = ""
    about: str = ""

    @classmethod
    def of(cls, form: Mapping[str, str]) -> "Typed":
        """Return what a form has sent."""
        names = ("day", "hour", "minutes", "title", "about")
        return cls(**{name: form.get(name, "") for name in names})

    @classmethod
    def from_session(cls, session: Session) -> "Typed":
        """Return an announced session as a form holds it."""
        day, hour = hours.spelled(session.planned_at) if session.planned_at else ("", "")
        return cls(day, hour, str(session.minutes), session.title, session.about)

    def plan(self) -> Plan:
        """Return the plan. Raises HourMalformed, HourSkipped; a length that is none becomes 0."""
        length = text.number(self.minutes.strip()) or 0
        return Plan(hours.read(self.day, self.hour), length, self.title, self.about)
