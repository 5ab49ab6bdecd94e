"""Gestures at the table: what moves ideas and families, each kept with what undoes it.

Each holds its brainstorm: of two hands that merge two ideas into each other one comes after, and a
phase that ends meanwhile is over for it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from coulisses.brainstorms import gathering, holding
from coulisses.brainstorms.kinds import FamilyNamed, IdeasGathered, IdeasMerged
from coulisses.brainstorms.models import Brainstorm, Family, Gesture, Idea
from coulisses.brainstorms.refusals import NotNow
from coulisses.brainstorms.table_refusals import NothingChosen, NothingToUndo
from coulisses.lib.refusals import require
from coulisses.log.kinds import Fact
from coulisses.projects import heard

KINDS: dict[str, type[Fact]] = {
    one.kind_name: one for one in (FamilyNamed, IdeasGathered, IdeasMerged)
}


@transaction.atomic
def move(of: Brainstorm, ideas: Collection[int], family: int, *, by: str, at: datetime) -> None:
    """Put ideas into a family, 0: out of any.

    Raises NothingChosen and what `gathering.gather` raises.
    """
    of = holding.hold(of)
    require(ideas, NothingChosen)
    undo = _back_into_families(of, ideas)
    gathering.gather(of, ideas, family, by=by, at=at)
    _remember(of, by, undo)


@transaction.atomic
def begin(of: Brainstorm, name: str, ideas: Collection[int], *, by: str, at: datetime) -> int:
    """Begin a family with ideas in it, or none yet; return its position.

    Raises what `gathering` raises.
    """
    of = holding.hold(of)
    undo = _back_into_families(of, ideas)
    family = gathering.begin_family(of, name, by=by, at=at).position
    for some in _portions(ideas):
        gathering.gather(of, some, family, by=by, at=at)
    _remember(of, by, [*undo, FamilyNamed(name="", about=family)])
    return family


@transaction.atomic
def rename(of: Brainstorm, family: int, name: str, *, by: str, at: datetime) -> None:
    """Give a family another name. Raises what `gathering.rename` raises."""
    of = holding.hold(of)
    undo = _named_again(of, family)
    gathering.rename(of, family, name, by=by, at=at)
    _remember(of, by, undo)


@transaction.atomic
def join(of: Brainstorm, family: int, into: int, *, by: str, at: datetime) -> None:
    """Put all ideas of a family into another (0: into none), and let it go.

    Raises what `gathering` raises.
    """
    of = holding.hold(of)
    held = _held(of, family)
    undo = [*_named_again(of, family), *_back_into_families(of, held)]
    require(family != into, NothingChosen)
    for some in _portions(held):
        gathering.gather(of, some, into, by=by, at=at)
    gathering.let_go(of, family, by=by, at=at)
    _remember(of, by, undo)


@transaction.atomic
def merge(of: Brainstorm, ideas: Collection[int], into: int, *, by: str, at: datetime) -> None:
    """Have an idea stand for others that say the same; 0: each stands for itself again.

    Raises NothingChosen and what `gathering.merge` raises.
    """
    of = holding.hold(of)
    ideas = set(ideas) - {into}
    require(ideas, NothingChosen)
    led = Idea.objects.filter(project=of.project, into__in=ideas).values_list("position", flat=True)
    undo = _back_into_others(of, {*ideas, *led})
    gathering.merge(of, ideas, into, by=by, at=at)
    _remember(of, by, undo)


@transaction.atomic
def undo(of: Brainstorm, *, by: str, at: datetime) -> None:
    """Undo what a voice did last, as far as what it moved still stands.

    Raises NothingToUndo, and NotNow where dots may lie on what was merged.
    """
    of = holding.hold(of)
    last = Gesture.objects.filter(project=of.project, voice=by).first()
    require(last and of.phase in gathering.WHEN, NothingToUndo)
    assert last
    for said in last.undo:
        if fact := _still(of, KINDS[said["kind"]](**said["body"])):
            heard.note(of.project, fact, by=by, at=at)
    last.delete()


def can_undo(of: Brainstorm, voice: str) -> bool:
    """Whether there is something that a voice did last."""
    return bool(voice) and Gesture.objects.filter(project=of.project, voice=voice).exists()


def _still(of: Brainstorm, fact: Fact) -> Fact | None:
    """Return a fact that undoes, without what stands no more; None where nothing is left of it."""
    if isinstance(fact, FamilyNamed):
        is_empty = not _held(of, fact.about or 0)
        return fact if fact.name or is_empty else None
    assert isinstance(fact, (IdeasGathered, IdeasMerged))
    standing = Idea.objects.filter(project=of.project, is_gone=False)
    ideas = sorted(standing.filter(position__in=fact.ideas).values_list("position", flat=True))
    if not ideas:
        return None
    if isinstance(fact, IdeasMerged):
        require(of.phase in gathering.WHEN_MERGED, NotNow)
        into = fact.into if standing.filter(position=fact.into, into=0).exists() else 0
        return IdeasMerged(ideas=ideas, into=into)
    known = Family.objects.filter(project=of.project, position=fact.family).exists()
    return IdeasGathered(ideas=ideas, family=fact.family if known else 0)


def _held(of: Brainstorm, family: int) -> list[int]:
    rows = Idea.objects.filter(project=of.project, family=family, is_gone=False)
    return list(rows.order_by("position").values_list("position", flat=True)) if family else []


def _named_again(of: Brainstorm, family: int) -> list[Fact]:
    known = Family.objects.filter(project=of.project, position=family).first()
    return [FamilyNamed(name=known.name, about=family)] if known else []


def _back_into_families(of: Brainstorm, ideas: Iterable[int]) -> list[Fact]:
    return [IdeasGathered(ideas=some, family=where) for where, some in _by(of, ideas, "family")]


def _back_into_others(of: Brainstorm, ideas: Iterable[int]) -> list[Fact]:
    return [IdeasMerged(ideas=some, into=where) for where, some in _by(of, ideas, "into")]


def _by(of: Brainstorm, ideas: Iterable[int], field: str) -> list[tuple[int, list[int]]]:
    rows = Idea.objects.filter(project=of.project, position__in=list(ideas))
    found: dict[int, list[int]] = defaultdict(list)
    for where, position in rows.order_by("position").values_list(field, "position"):
        found[where].append(position)
    return sorted(found.items())


def _portions(ideas: Collection[int]) -> list[list[int]]:
    whole = sorted(ideas)
    return [whole[at : at + gathering.MOST] for at in range(0, len(whole), gathering.MOST)]


def _remember(of: Brainstorm, by: str, undo: list[Fact]) -> None:
    said: list[dict[str, Any]] = [{"kind": one.kind_name, "body": one.spelled()} for one in undo]
    Gesture.objects.update_or_create(project=of.project, voice_id=by, defaults={"undo": said})
