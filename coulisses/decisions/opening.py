"""What a maker types to put a question to the vote, kept as it was typed until it can be told."""

from dataclasses import dataclass, field
from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from coulisses.decisions.choosing import Posted
from coulisses.decisions.kinds import METHODS, SHOWN, WHO
from coulisses.decisions.models import MOST_OPTIONS
from coulisses.decisions.refusals import (
    ChoiceUnknown,
    CloseMalformed,
    MostMalformed,
    QuorumMalformed,
)
from coulisses.decisions.rules import GREATEST_QUORUM, Option, Plan
from coulisses.lib import text
from coulisses.lib.refusals import Refusal, require
from coulisses.log import ledger
from coulisses.projects import seeds

ROWS = 4  # options that an empty form has room for
LONGEST_TYPED = 10_000  # characters of one field that a form gives back


@dataclass(frozen=True)
class Typed:
    """A plan as a form holds it: day (2026-11-26), hour (18:00), numbers as digits."""

    question: str = ""
    words: str = ""
    rows: tuple[Option, ...] = ()
    method: str = "single"
    who: str = "all"
    shown: str = "at_end"
    most: str = ""
    quorum: str = ""
    day: str = ""
    hour: str = ""
    is_changeable: bool = True
    is_binding: bool = True
    code: str = ""
    seed: str = ""
    audience: str = ledger.PUBLIC
    has_more: bool = field(default=False, compare=False)

    @classmethod
    def of(cls, form: Posted) -> "Typed":
        """Return what a form has sent."""

        def said(name: str) -> str:
            return form.get(name, "")[:LONGEST_TYPED]

        shown = form.getlist("picture")[:MOST_OPTIONS]
        words = form.getlist("option")[:MOST_OPTIONS]
        pictures = [*shown, *[""] * (len(words) - len(shown))]
        return cls(
            question=said("question"),
            words=said("words"),
            rows=tuple(
                Option(one[:500], two[:40]) for one, two in zip(words, pictures, strict=False)
            ),
            method=said("method"),
            who=said("who"),
            shown=said("shown"),
            most=said("most"),
            quorum=said("quorum"),
            day=said("day"),
            hour=said("hour"),
            is_changeable=said("is_changeable") != "no",
            is_binding=said("is_binding") != "no",
            code=said("code"),
            seed=said("seed")[: seeds.LONGEST],
            audience=said("audience").replace("\0", "") or ledger.PUBLIC,
            has_more=said("act") == "more",
        )

    @property
    def shown_rows(self) -> list[Option]:
        """The options as the form shows them: empty ones at the end, two more where asked for."""
        more = ROWS if not self.rows else len(self.rows) + 2 * self.has_more
        return [*self.rows, *[Option("")] * (min(more, MOST_OPTIONS) - len(self.rows))]

    def plan(self) -> Plan:
        """Return the plan. Raises CloseMalformed, ChoiceUnknown, MostMalformed, QuorumMalformed."""
        require(self.method in METHODS and self.who in WHO and self.shown in SHOWN, ChoiceUnknown)
        return Plan(
            question=self.question,
            closes_at=_hour(self.day, self.hour),
            options=list(self.rows),
            words=self.words,
            method=self.method,
            who=self.who,
            shown=self.shown,
            most=_number(self.most, MostMalformed, MOST_OPTIONS) if self.method == "several" else 0,
            quorum=_number(self.quorum, QuorumMalformed, GREATEST_QUORUM),
            is_changeable=self.is_changeable,
            is_binding=self.is_binding,
            code=self.code,
            audience=self.audience,
        )


def suggested(at: datetime) -> tuple[str, str]:
    """Return the day and hour that an empty form has: in three days, at eight in the evening."""
    local = timezone.localtime(at, timezone.get_default_timezone())
    day = local.date().toordinal() + 3
    return datetime.fromordinal(day).strftime("%Y-%m-%d"), "20:00"


def _hour(day: str, hour: str) -> datetime:
    """Return the time of a day and an hour on the house's clock. Raises CloseMalformed."""
    field = forms.DateTimeField(input_formats=["%Y-%m-%d %H:%M"])
    try:
        with timezone.override(timezone.get_default_timezone()):
            said: datetime = field.clean(f"{day.strip()[:10]} {hour.strip()[:5]}")
    except (ValidationError, ValueError, OverflowError):
        raise CloseMalformed from None
    require(1971 < said.year < 3000, CloseMalformed)
    return said


def _number(said: str, refusal: type[Refusal], greatest: int) -> int:
    """Return a number, 0 for nothing. Raises the refusal."""
    if not said.strip():
        return 0
    number = text.number(said.strip())
    require(number is not None and 0 <= number <= greatest, refusal)
    return number or 0
