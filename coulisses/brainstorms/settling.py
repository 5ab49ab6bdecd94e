"""Settling: the host says of ideas what becomes of them, and why."""

from datetime import datetime

from django.db import transaction

from coulisses.brainstorms import course, holding, throwing
from coulisses.brainstorms.kinds import IdeaSettled
from coulisses.brainstorms.models import LONGEST_NAME, LONGEST_WHY, Brainstorm
from coulisses.brainstorms.refusals import IdeaUnknown, NotNow
from coulisses.lib import text
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.projects import heard


@transaction.atomic
def settle(
    of: Brainstorm,
    position: int,
    *,
    is_kept: bool,
    words: str = "",
    taken_by: str = "",
    by: str,
    at: datetime,
) -> Entry:
    """Say that an idea is kept, or not, with a reason, and who takes it on; said anew, it holds.

    Raises NotNow, IdeaUnknown.
    """
    of = holding.hold(of)  # what is said as it is closed is told with it, or not at all
    require(of.phase == course.SETTLE, NotNow)
    require(not throwing.require_standing(of, position).into, IdeaUnknown)
    fact = IdeaSettled(
        about=position,
        is_kept=is_kept,
        words=text.shorten(text.clean(words).strip(), LONGEST_WHY),
        taken_by=text.shorten(text.clean_name(taken_by), LONGEST_NAME),
    )
    return heard.note(of.project, fact, by=by, at=at)


@transaction.atomic
def undo(of: Brainstorm, position: int, *, by: str, at: datetime) -> Entry:
    """Take back what was said of an idea: it waits for a word again. Raises NotNow, IdeaUnknown."""
    of = holding.hold(of)
    require(of.phase == course.SETTLE, NotNow)
    require(throwing.require_standing(of, position).settled_position, IdeaUnknown)
    fact = IdeaSettled(about=position, is_kept=False, is_undone=True)
    return heard.note(of.project, fact, by=by, at=at)
