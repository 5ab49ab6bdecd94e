"""What a host may do to the course of a brainstorm: verbs."""

from datetime import datetime, timedelta

from django.db import transaction

from coulisses.brainstorms import announcing, course, holding, silence, voting
from coulisses.brainstorms.course import Clock
from coulisses.brainstorms.kinds import PhaseBegun, PhaseTimed
from coulisses.brainstorms.models import Brainstorm
from coulisses.brainstorms.refusals import CalledOff, NotNow, PhaseUnknown
from coulisses.lib import canonical
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.projects import heard


@transaction.atomic
def begin(
    of: Brainstorm,
    phase: str,
    *,
    by: str,
    at: datetime,
    minutes: float | None = None,
    is_silent: bool = False,
) -> Entry:
    """Begin a phase, the next, a later or an earlier one, with a clock or without.

    What was written in silence is thrown as that round ends, or soon after it. A vote is counted
    when what comes after it begins. Gone back from, or begun anew, it is not over: its dots lie
    where they are, unseen, and the voters find them there when it goes on. Gone back to after it
    was counted, it is counted anew when it ends, and that count holds. The screen follows the
    course again. The work that it is about is told as it begins. What was given is let go only
    once: nothing begins after that. Raises PhaseUnknown, CalledOff, NotNow.
    """
    require(phase in (*course.PLAYED, course.ENDED), PhaseUnknown)
    now = holding.hold(of)
    require(not now.is_called_off, CalledOff)
    require(phase == course.ENDED or not now.let_go_at, NotNow)
    if now.is_silent:
        silence.end(now, at=at)
    if now.phase == course.VOTE and course.comes_after(phase, course.VOTE):
        voting.count(now, by=by, at=at)
    clock = course.began(minutes, at)
    is_silent = is_silent and phase == course.THROW
    fact = PhaseBegun(phase=phase, ends_at=_spelled(clock), is_silent=is_silent)
    begun = heard.note(now.project, fact, by=by, at=at)
    if now.phase == course.CALLED:
        announcing.say_begun(now, by=by, at=at)
    Brainstorm.objects.filter(pk=of.pk).update(is_closed=False, on_screen="", screen_idea=0)
    # The stage of what it is about says what is on, too.
    heard.stir_all({one for one in (now.project_id, now.of_id) if one})
    return begun


@transaction.atomic
def extend(of: Brainstorm, *, minutes: float, by: str, at: datetime) -> Entry:
    """Give a phase more time; one whose time is up goes on from now.

    Raises NotNow where it has no clock.
    """
    now = holding.hold(of)
    require(now.clock != Clock(), NotNow)
    return _timed(now, now.clock.extended(timedelta(minutes=minutes), at), by, at)


@transaction.atomic
def stop(of: Brainstorm, *, by: str, at: datetime) -> Entry:
    """Have everything stand still. Raises NotNow where it does."""
    now = holding.hold(of)
    require(not now.is_stopped, NotNow)
    return _timed(now, now.clock.stopped(at), by, at, is_stopped=True)


@transaction.atomic
def go_on(of: Brainstorm, *, by: str, at: datetime) -> Entry:
    """Have the clock run on with what was left of it. Raises NotNow where nothing stands still."""
    now = holding.hold(of)
    require(now.is_stopped, NotNow)
    return _timed(now, now.clock.resumed(at), by, at)


def _timed(
    of: Brainstorm, clock: Clock, by: str, at: datetime, *, is_stopped: bool = False
) -> Entry:
    left = round(clock.left.total_seconds() * 1000) if clock.left is not None else None
    fact = PhaseTimed(ends_at=_spelled(clock), is_stopped=is_stopped, left=left)
    return heard.note(of.project, fact, by=by, at=at)


def _spelled(clock: Clock) -> str:
    return canonical.moment(clock.ends_at) if clock.ends_at else ""
