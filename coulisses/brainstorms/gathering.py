"""Gathering: ideas go into families, and those that say the same stand as one."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from coulisses.brainstorms import course
from coulisses.brainstorms.kinds import FamilyNamed, IdeasGathered, IdeasMerged
from coulisses.brainstorms.models import LONGEST_NAME, Brainstorm, Family, Idea
from coulisses.brainstorms.refusals import (
    FamilyUnknown,
    IdeaUnknown,
    NameOfAFamily,
    NotNow,
    TooManyAtOnce,
)
from coulisses.brainstorms.table_refusals import DotsMayLie, FamilyHoldsIdeas
from coulisses.lib import text
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.projects import heard

MOST = 200  # ideas in one gesture
WHEN_MERGED = (course.THROW, course.GATHER)  # before dots may lie on what is merged
WHEN = (course.THROW, course.GATHER, course.VOTE, course.SETTLE)


def begin_family(of: Brainstorm, name: str, *, by: str, at: datetime) -> Entry:
    """Begin a family of ideas. Raises NotNow, NameOfAFamily."""
    require(of.phase in WHEN, NotNow)
    return heard.note(of.project, FamilyNamed(name=spelled(name)), by=by, at=at)


def rename(of: Brainstorm, family: int, name: str, *, by: str, at: datetime) -> Entry:
    """Give a family another name. Raises NotNow, FamilyUnknown, NameOfAFamily."""
    require(of.phase in WHEN, NotNow)
    _require_family(of, family)
    return heard.note(of.project, FamilyNamed(name=spelled(name), about=family), by=by, at=at)


def let_go(of: Brainstorm, family: int, *, by: str, at: datetime) -> Entry:
    """Let a family go that holds no idea any more.

    Raises NotNow, FamilyUnknown, FamilyHoldsIdeas.
    """
    require(of.phase in WHEN, NotNow)
    _require_family(of, family)
    held = Idea.objects.filter(project=of.project, family=family, is_gone=False)
    require(not held.exists(), FamilyHoldsIdeas)
    return heard.note(of.project, FamilyNamed(name="", about=family), by=by, at=at)


def gather(of: Brainstorm, ideas: Collection[int], family: int, *, by: str, at: datetime) -> Entry:
    """Put ideas into a family; 0: out of any. Raises NotNow, IdeaUnknown, FamilyUnknown,
    TooManyAtOnce.
    """
    require(of.phase in WHEN, NotNow)
    if family:
        _require_family(of, family)
    fact = IdeasGathered(ideas=_standing(of, ideas), family=family)
    return heard.note(of.project, fact, by=by, at=at)


def merge(of: Brainstorm, ideas: Collection[int], into: int, *, by: str, at: datetime) -> Entry:
    """Have ideas be stood for by another; 0: each by itself again. Both authors stay.

    One that others stand for leads them along. Not once dots may lie on them: raises NotNow,
    DotsMayLie, IdeaUnknown, TooManyAtOnce.
    """
    require(of.phase in WHEN_MERGED, DotsMayLie if of.phase == course.VOTE else NotNow)
    found = _standing(of, ideas)
    if into:
        stands = Idea.objects.filter(project=of.project, position=into, is_gone=False, into=0)
        require(into not in found and stands.exists(), IdeaUnknown)
    return heard.note(of.project, IdeasMerged(ideas=found, into=into), by=by, at=at)


@transaction.atomic
def lend(of: Brainstorm, who: str) -> None:
    """Let makers alone put ideas together, or all while they are gathered (`who`: WHO_GATHERS)."""
    Brainstorm.objects.filter(pk=of.pk).update(who_gathers=who)
    heard.stir(of.project)


def _standing(of: Brainstorm, ideas: Collection[int]) -> list[int]:
    asked = sorted(set(ideas))
    require(len(asked) <= MOST, TooManyAtOnce, most=MOST)
    known = Idea.objects.filter(project=of.project, position__in=asked, is_gone=False)
    require(asked and known.count() == len(asked), IdeaUnknown)
    return asked


def _require_family(of: Brainstorm, family: int) -> None:
    known = Family.objects.filter(project=of.project, position=family)
    require(known.exists(), FamilyUnknown)


def spelled(name: str) -> str:
    """Return the name of a family as it is kept. Raises NameOfAFamily."""
    name = text.clean_line(text.unstacked(name)).strip()
    require(text.is_seen(name) and len(name) <= LONGEST_NAME, NameOfAFamily, most=LONGEST_NAME)
    return name
