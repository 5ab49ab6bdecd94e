"""Masks: who takes part without a name is called by a number of this brainstorm, and no more."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from coulisses.brainstorms import course, holding, rows
from coulisses.brainstorms.models import Brainstorm, Idea, Mask
from coulisses.brainstorms.refusals import NoMask, NotNow
from coulisses.lib.refusals import require
from coulisses.people import becoming, merging
from coulisses.people.models import Voice
from coulisses.projects import heard, pseudonyms
from coulisses.projects.models import Project
from coulisses.projects.pseudonyms import Pseudonym

WHEN = (course.SETTLE, course.ENDED)  # the vote is over: no name sways it any more


@dataclass(frozen=True)
class Worn:
    """A mask as who wears it sees it: its voice, what others call it, how many ideas it threw."""

    voice: str
    name: Any
    ideas: int


@pseudonyms.given_by
def called(project: Project, voices: Collection[str]) -> Mapping[str, Pseudonym]:
    """Return "voice 12" for each mask among these voices, by the order in which they came."""
    return {
        voice: Pseudonym(_name(number), owner)
        for voice, number, owner, is_lifted in rows.masks(project.pk, voices)
        if not is_lifted
    }


@pseudonyms.worn_by
def worn(project: Project, voice: str) -> set[str]:
    """Return the masks that somebody wears here, and those that became them."""
    own = becoming.voices_of(voice)
    mine = Mask.objects.filter(project=project, voice__in=own).values_list("mask", flat=True)
    return {one for mask in mine for one in becoming.voices_of(mask)}


def behind(project: Project, voices: Collection[str]) -> dict[str, str]:
    """Return who wears those of these voices that are masks: to tell them, and nobody else."""
    return {voice: owner for voice, _number, owner, _lifted in rows.masks(project.pk, voices)}


def worn_by(of: Brainstorm, voice: str) -> Worn | None:
    """Return the mask that somebody wears here, if they do."""
    mine = Mask.objects.filter(project=of.project, voice=voice or None, lifted_at=None)
    one = mine.first() if voice else None
    if one is None:
        return None
    theirs = becoming.voices_of(one.mask_id)
    ideas = Idea.objects.filter(project=of.project, voice__in=theirs, is_gone=False)
    return Worn(one.mask_id, _name(one.number), ideas.count())


@transaction.atomic
def lift(of: Brainstorm, *, by: str, at: datetime) -> None:
    """Put somebody's name to what they threw under their mask, for good.

    The log stays as it was signed: `people` knows that two voices are one. Raises NotNow, NoMask.
    """
    now = holding.hold(of)
    require(now.phase in WHEN, NotNow)
    worn = Mask.objects.select_related("mask", "voice")
    one = worn.filter(project=of.project, voice=by, lifted_at=None).first()
    require(one, NoMask)
    assert one
    merging.merge(one.mask, one.voice, at=at)
    behind = Voice.objects.filter(Q(pk=one.mask_id) | Q(became=one.mask_id))
    behind.update(became=one.voice_id, is_named=False)
    Mask.objects.filter(pk=one.pk).update(lifted_at=at)
    heard.stir(of.project)


def _name(number: int) -> Any:
    return format_lazy(_("voice {number}"), number=number)
