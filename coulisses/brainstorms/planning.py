"""What a maker types to call a brainstorm, kept as it was typed until it can be read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from coulisses.brainstorms import calling
from coulisses.brainstorms.calling import Plan
from coulisses.brainstorms.calling_refusals import (
    KeepsMalformed,
)
from coulisses.brainstorms.models import Brainstorm
from coulisses.lib import text
from coulisses.lib.refusals import require
from coulisses.projects import hours
from coulisses.projects.models import Project, Studio

LONGEST_TYPED = 10_000  # characters of one field that a form gives back
A_DAY = 24 * 60  # minutes


@dataclass(frozen=True)
class Typed:
    """A plan as a form holds it: day (2026-11-26), hour (18:00), lengths and ages as digits.

    It lasts `lasts` minutes, hours or days, as `unit` says; `of` is the id of the project.
    """

    question: str = ""
    line: str = ""
    context: str = ""
    language: str = ""
    of: str = ""
    who: str = "all"
    names: str = "asked"
    dots: str = "10"
    day: str = ""
    hour: str = ""
    lasts: str = "1"
    unit: str = "hours"
    is_silent_first: str = ""
    game: str = "here"
    game_words: str = ""
    keeps_until: str = ""
    youngest: str = "0"
    looks: str = "first"
    who_gathers: str = "makers"
    who_looks: str = ""

    @classmethod
    def read(cls, form: Mapping[str, str]) -> "Typed":
        """Return what a form has sent."""
        return cls(
            **{name: form.get(name, "")[:LONGEST_TYPED] for name in cls.__dataclass_fields__}
        )

    @classmethod
    def from_brainstorm(cls, of: Brainstorm) -> "Typed":
        """Return how a brainstorm is planned, as a form holds it."""
        plan = calling.plan_of(of)
        day, hour = hours.spelled(plan.starts_at) if plan.starts_at else ("", "")
        lasts, unit = _length(plan.minutes)
        return cls(
            *(plan.question, plan.line, plan.context, plan.language, of.of_id or ""),
            *(plan.who, plan.names, str(plan.dots), day, hour, lasts, unit),
            "yes" if plan.is_silent_first else "",
            *(plan.game, plan.game_words),
            plan.keeps_until.isoformat() if plan.keeps_until else "",
            str(plan.youngest),
            "first" if plan.looks_first else "after",
            plan.who_gathers,
            plan.who_looks if plan.who != "all" else "",
        )

    def plan(self, studio: Studio) -> Plan:
        """Return the plan; lengths and numbers that are none become 0, which no rule takes.

        Raises HourMalformed, HourSkipped, KeepsMalformed.
        """
        is_timed = self.day.strip() or self.hour.strip()
        times = {"minutes": 1, "hours": 60, "days": A_DAY}.get(self.unit, 0)
        return Plan(
            question=self.question,
            line=self.line,
            context=self.context,
            language=self.language.strip(),
            of=_project(studio, self.of),
            who=self.who,
            names=self.names,
            dots=_number(self.dots),
            starts_at=hours.read(self.day, self.hour) if is_timed else None,
            minutes=_number(self.lasts) * times,
            is_silent_first=self.is_silent_first == "yes",
            game=self.game,
            game_words=self.game_words,
            keeps_until=_day(self.keeps_until),
            youngest=_number(self.youngest, otherwise=-1),
            looks_first=self.looks != "after",
            who_gathers="all" if self.who_gathers == "all" else "makers",
            who_looks=self.who_looks,
        )


def template(name: str, *, at: datetime, language: str = "", of: str = "") -> Typed:
    """Return a form filled in: a `week` on the web from tomorrow, or else 20 minutes at a table."""
    today = timezone.localtime(at, timezone.get_default_timezone()).date()
    empty = Typed(language=language, of=of, keeps_until=(today + timedelta(days=182)).isoformat())
    if name == "week":
        day = (today + timedelta(days=1)).isoformat()
        return replace(empty, day=day, hour="09:00", lasts="7", unit="days")
    return replace(empty, dots="5", lasts="20", unit="minutes", is_silent_first="yes")


def copied(of: Brainstorm, *, at: datetime) -> Typed:
    """Return a form with the settings of a past brainstorm; hours and days are to be said anew."""
    fresh = template("now", at=at)
    known = Typed.from_brainstorm(of)
    return replace(known, day="", hour="", keeps_until=fresh.keeps_until)


def _length(minutes: int) -> tuple[str, str]:
    for unit, times in (("days", A_DAY), ("hours", 60)):
        if minutes and minutes % times == 0:
            return str(minutes // times), unit
    return str(minutes), "minutes"


def _number(said: str, otherwise: int = 0) -> int:
    number = text.number(said.strip())
    return otherwise if number is None or number > LONGEST_TYPED else number


def _day(said: str) -> date | None:
    """Return a day; None for nothing. Raises KeepsMalformed."""
    if not said.strip():
        return None
    try:
        return date.fromisoformat(said.strip())
    except ValueError:
        require(False, KeepsMalformed)
    return None


def _project(studio: Studio, key: str) -> Project | None:
    """Return a project of the studio by its id; none for what is none of them."""
    key = key.replace("\0", "")  # PostgreSQL has no such text to compare with
    return Project.objects.filter(studio=studio, pk=key).first() if key else None
