"""Throwing ideas: one sentence each, under a name or without, shown at once or after a round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from coulisses.brainstorms import circle, course, holding, silence
from coulisses.brainstorms.kinds import IdeaThrown
from coulisses.brainstorms.models import LONGEST_IDEA, Brainstorm, Idea, Mask
from coulisses.brainstorms.refusals import (
    IdeaTooLong,
    IdeaUnknown,
    NoIdea,
    NoNewIdeas,
    NotNow,
    StandsStill,
    TimeIsUp,
)
from coulisses.lib import once, text
from coulisses.lib.refusals import Refusal, require
from coulisses.log.models import Entry
from coulisses.people.models import Voice
from coulisses.projects import gates, heard


@dataclass(frozen=True)
class Throw:
    """An idea on its way, without a picture."""

    words: str
    by: str
    builds_on: int = 0
    without_name: bool = False


def throw(
    of: Brainstorm,
    words: str,
    *,
    by: str,
    at: datetime,
    builds_on: int = 0,
    picture: Mapping[str, Any] | None = None,
    without_name: bool = False,
) -> Entry | None:
    """Throw an idea; None where it is kept until the silent round is over.

    Raises NotNow, StandsStill, TimeIsUp, NoNewIdeas, NoIdea, IdeaTooLong, IdeaUnknown,
    WrittenEnough, RoundIsFull, what `circle.require_in` raises, and what gates raise: who is asked
    to rest does so behind a mask, too. It counts by when the house received it (`at`), as long as
    its phase is on: the host may have begun another while its words were looked at.
    """
    require_phase(of, course.THROW, at)
    require(not of.is_closed, NoNewIdeas)
    circle.require_in(of, by)
    words = sentence(words)
    if builds_on:
        require_standing(of, builds_on)
    require_awake(of, by, at=at)
    nameless = is_nameless(of, without_name=without_name)
    voice = masked(of, by) if nameless else by
    shown = dict(picture or {})
    fact = IdeaThrown(words=words, builds_on=builds_on, picture=shown, is_nameless=nameless)
    gates.pass_through(of.project, fact, by=voice, at=at)
    return _hang(of, fact, voice, at)


@transaction.atomic
def throw_all(of: Brainstorm, throws: list[Throw], *, at: datetime) -> list[Entry | Refusal | None]:
    """Throw what many send at once; return what came of each, refusals too.

    Voices are held first, in one order, as by whoever makes an account; then the phase, before the
    room, as by whoever begins the next.
    """
    with once.for_all():
        let_in = gates.let_in(of.project, {one.by for one in throws}, at=at)
        holding.hold(of)
        return [_thrown(of, one, let_in.get(one.by, ""), at) for one in throws]


def _thrown(of: Brainstorm, one: Throw, by: str, at: datetime) -> Entry | Refusal | None:
    try:
        by = by or gates.may_take_part(of.project, one.by, at=at)
        on, nameless = one.builds_on, one.without_name
        return throw(of, one.words, by=by, at=at, builds_on=on, without_name=nameless)
    except Refusal as refusal:
        return refusal


def would_be_heard(of: Brainstorm, words: str, *, by: str, at: datetime, is_nameless: bool) -> None:
    """Raise what gates will, before the picture of an idea is decoded."""
    worn = Mask.objects.filter(project=of.project, voice=by, lifted_at=None)
    mask = worn.values_list("mask", flat=True).first() if is_nameless else None
    gates.would_let_through(of.project, IdeaThrown(words=words), by=mask or by, at=at)


def sentence(words: str) -> str:
    """Return an idea's words as they are thrown. Raises NoIdea, IdeaTooLong."""
    words = text.clean_line(text.unstacked(words)).strip()
    require(text.is_seen(words), NoIdea)
    require(len(words) <= LONGEST_IDEA, IdeaTooLong, most=LONGEST_IDEA)
    return words


def is_nameless(of: Brainstorm, *, without_name: bool) -> bool:
    """Whether an idea is thrown under a mask: where all are, or who throws it may and wishes so."""
    return of.names == "nameless" or (of.names == "asked" and without_name)


@transaction.atomic
def _hang(of: Brainstorm, fact: IdeaThrown, voice: str, at: datetime) -> Entry | None:
    """Note an idea, or keep it unseen: by the phase that is on now, as it was sent."""
    now = holding.hold(of)
    require_phase(now, course.THROW, at)
    require(not now.is_closed, NoNewIdeas)
    if not now.is_silent:
        return heard.note(now.project, fact, by=voice, at=at)
    silence.keep(now, fact, by=voice, at=at)
    return None


def require_phase(of: Brainstorm, phase: str, at: datetime) -> None:
    """Raise NotNow, StandsStill or TimeIsUp unless a phase is on, and its clock runs."""
    require(of.phase == phase and not of.let_go_at, NotNow)
    require(not of.is_stopped, StandsStill)
    require(not of.clock.is_over(at), TimeIsUp)


def require_awake(of: Brainstorm, by: str, *, at: datetime) -> None:
    """Raise what gates raise for any voice by which somebody throws here: masks rest, too."""
    if of.names != "named":
        for one in voices_of(of, by):
            gates.may_take_part(of.project, one, at=at)


def require_standing(of: Brainstorm, position: int) -> Idea:
    """Return an idea that stands on the wall. Raises IdeaUnknown."""
    idea = Idea.objects.filter(project=of.project, position=position, is_gone=False).first()
    require(idea and not heard.hidden(of.project, [position]), IdeaUnknown)
    assert idea
    return idea


@transaction.atomic
def masked(of: Brainstorm, voice: str) -> str:
    """Return the voice by which somebody takes part here without their name, made at first.

    One that was lifted is theirs by name: they wear another from then on.
    """
    mine = Mask.objects.filter(project=of.project, voice=voice)
    known = mine.first()
    if known is None or known.lifted_at:
        holding.hold(of)  # two tabs wear one mask, and no two masks have a number
        known = mine.first()
    if known is None:
        known = Mask(project=of.project, voice_id=voice, number=_next(of), mask=_nobody())
        known.save()
    elif known.lifted_at:
        known.mask, known.number, known.lifted_at = _nobody(), _next(of), None
        known.save()
    return known.mask_id


def _nobody() -> Voice:
    return Voice.objects.create()


def _next(of: Brainstorm) -> int:
    last = Mask.objects.filter(project=of.project).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def voices_of(of: Brainstorm, voice: str) -> set[str]:
    """Return the voices by which somebody throws ideas here: their own, and their mask.

    Those that became either are among them: what a guest threw who made an account.
    """
    masks = Mask.objects.filter(project=of.project, voice=voice)
    own = {voice, *masks.values_list("mask", flat=True)} if voice else set()
    return own | set(Voice.objects.filter(became__in=own).values_list("pk", flat=True))
