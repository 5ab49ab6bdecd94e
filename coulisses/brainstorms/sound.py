"""What can be said of a brainstorm beforehand, and what can't."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from coulisses.brainstorms.called import LONGEST_CONTEXT
from coulisses.brainstorms.calling_refusals import (
    DotsMalformed,
    KeepsLonger,
    KeepsMalformed,
    LastsMalformed,
    QuestionTooLong,
    SettingUnknown,
    StartHasPassed,
)
from coulisses.brainstorms.models import MOST_DOTS, NAMES, WHO, WHO_GATHERS, WHO_LOOKS, YOUNGEST
from coulisses.lib import text
from coulisses.lib.refusals import require
from coulisses.projects import giving
from coulisses.projects.models import Studio
from coulisses.projects.refusals import NeedsName

if TYPE_CHECKING:
    from coulisses.brainstorms.calling import Plan

LONGEST_QUESTION = 200  # characters
LONGEST_LINE = 300
SHORTEST, LONGEST = 5, 31 * 24 * 60  # minutes that one lasts
FARTHEST = timedelta(days=731)
LONGEST_KEPT = timedelta(days=10 * 366)


def checked(plan: Plan, studio: Studio, at: datetime, was: Plan | None = None) -> Plan:
    """Return a plan with its words cleaned. What stands as it `was` may stay, though it is over.

    Raises NeedsName, QuestionTooLong, SettingUnknown, DotsMalformed, LastsMalformed,
    StartHasPassed, KeepsMalformed.
    """
    plan = _cleaned(plan)
    _require_words(plan)
    known = plan.who in WHO and plan.names in NAMES and plan.youngest in YOUNGEST
    known = known and plan.who_gathers in WHO_GATHERS and plan.who_looks in WHO_LOOKS
    games = (*giving.FOR_A_QUESTION, giving.OWN, *([was.game] if was else ()))
    require(known and plan.game in games, SettingUnknown)
    require(plan.of is None or plan.of.studio_id == studio.pk, SettingUnknown)
    require(1 <= plan.dots <= MOST_DOTS, DotsMalformed, most=MOST_DOTS)
    lasts = SHORTEST <= plan.minutes <= LONGEST
    require(lasts, LastsMalformed, least=SHORTEST, most=LONGEST // (24 * 60))
    if was is None or plan.starts_at != was.starts_at:
        require_to_come(plan.starts_at, at)
    if was is None or plan.keeps_until != was.keeps_until:
        _require_kept(plan, at)
    return plan


def require_to_come(starts_at: datetime | None, at: datetime) -> None:
    """Raise StartHasPassed for an hour that has passed, or is too far away."""
    require(starts_at is None or at < starts_at < at + FARTHEST, StartHasPassed)


def require_sooner(until: date | None, promised: date | None) -> None:
    """Raise KeepsLonger where something would be kept beyond the day that was promised."""
    require(promised is None or (until and until <= promised), KeepsLonger)


def _cleaned(plan: Plan) -> Plan:
    starts_at = plan.starts_at and plan.starts_at.replace(second=0, microsecond=0)
    return replace(
        plan,
        question=text.clean_line(plan.question),
        line=text.clean_line(plan.line),
        context=text.clean(plan.context).strip(),
        starts_at=starts_at,
        game_words=text.clean_line(plan.game_words) if plan.game == giving.OWN else "",
        who_looks=_who_looks(plan),
    )


def _who_looks(plan: Plan) -> str:
    """Return who looks: where nothing was chosen, those who were asked in by name or code alone.

    Where all may come, all look.
    """
    proposed = plan.who_looks or ("within" if plan.who in ("members", "code") else "all")
    return "all" if plan.who == "all" and proposed in WHO_LOOKS else proposed


def _require_words(plan: Plan) -> None:
    require(text.is_seen(plan.question), NeedsName)
    is_short = len(plan.question) <= LONGEST_QUESTION and len(plan.line) <= LONGEST_LINE
    most = {"question": LONGEST_QUESTION, "context": LONGEST_CONTEXT}
    require(is_short and len(plan.context) <= LONGEST_CONTEXT, QuestionTooLong, **most)


def _require_kept(plan: Plan, at: datetime) -> None:
    """Raise KeepsMalformed for a day on which it is not over yet, or that is years away."""
    over = (plan.starts_at or at) + timedelta(minutes=plan.minutes)
    zone = timezone.get_default_timezone()
    first, last = (one.astimezone(zone).date() for one in (over, at + LONGEST_KEPT))
    require(plan.keeps_until is None or first <= plan.keeps_until <= last, KeepsMalformed)
