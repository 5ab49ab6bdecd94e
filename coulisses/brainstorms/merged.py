"""A guest who threw ideas and placed dots makes an account: all of it is the account's."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, Sum

from coulisses.brainstorms import holding
from coulisses.brainstorms.models import (
    Brainstorm,
    Coming,
    Dots,
    Entrance,
    Idea,
    Mask,
    Purse,
    Unheard,
)
from coulisses.people import merging
from coulisses.people.models import Voice
from coulisses.projects import ways_in

ROOMS = (Purse, Mask, Coming, Entrance, Unheard)


@merging.moves
@transaction.atomic
def merge(voice: Voice, into: Voice, at: datetime) -> set[str]:
    """Pass what one voice gave in brainstorms to another; return the ids of those that moved.

    A purse holds no more than before: of dots that two purses held together, those beyond it go.
    What the log holds stays, by a voice that became another's.
    """
    asked = {
        project
        for model in ROOMS
        for project in model._default_manager.filter(voice=voice).values_list("project", flat=True)
    }
    for of in Brainstorm.objects.filter(pk__in=asked).order_by("pk"):
        holding.hold(of)  # a dot lies before this, or after it by the other voice
        _pass_purse(of, voice, into)
        _pass_mask(of, voice, into, at)
        _pass_entrance(of, voice, into)
        _pass_coming(of, voice, into)
        Unheard.objects.filter(project=of.pk, voice=voice).update(voice=into)
    threw = Idea.objects.filter(voice=voice.pk).values_list("project", flat=True)
    return asked | set(threw.distinct())


def _pass_purse(of: Brainstorm, voice: Voice, into: Voice) -> None:
    purse = Purse.objects.filter(project=of.pk, voice=voice).first()
    if purse is None:
        return
    mine, _is_new = Purse.objects.get_or_create(
        project_id=of.pk, voice=into, defaults={"most": purse.most}
    )
    room = mine.most - mine.spent
    for dots in Dots.objects.filter(project=of.pk, voice=voice).order_by("position"):
        room -= _pass_dots(dots, into, min(room, dots.count))
    Dots.objects.filter(project=of.pk, voice=voice).delete()
    purse.delete()
    lying = Dots.objects.filter(project=of.pk, voice=into).aggregate(spent=Sum("count"))
    Purse.objects.filter(pk=mine.pk).update(spent=lying["spent"] or 0)


def _pass_dots(dots: Dots, into: Voice, count: int) -> int:
    """Lay so many of these dots by another voice; return how many."""
    lying = Dots.objects.filter(project=dots.project_id, voice=into, position=dots.position)
    if count and not lying.update(count=F("count") + count):
        Dots.objects.create(
            project_id=dots.project_id, voice=into, position=dots.position, count=count
        )
    return count


def _pass_mask(of: Brainstorm, voice: Voice, into: Voice, at: datetime) -> None:
    """Have one mask be left of two: the guest's became the account's, and nobody else is told."""
    masks = Mask.objects.filter(project=of.pk, voice__in=[voice, into]).select_related("mask")
    known = {one.voice_id: one for one in masks}
    worn, own = known.get(voice.pk), known.get(into.pk)
    if worn and own:
        taken = worn.mask
        worn.delete()
        stands = into if own.lifted_at else own.mask
        merging.merge(taken, stands, at=at)
        behind = Voice.objects.filter(Q(pk=taken.pk) | Q(became=taken))
        behind.update(became=stands, is_named=False)
    elif worn:
        Mask.objects.filter(pk=worn.pk).update(voice=into)


def _pass_entrance(of: Brainstorm, voice: Voice, into: Voice) -> None:
    said = Entrance.objects.filter(project=of.pk, voice=voice).first()
    own = Entrance.objects.filter(project=of.pk, voice=into).first()
    if said and own:
        leads = ways_in.code(of.project)
        own.code = leads if leads in (own.code, said.code) else own.code
        own.is_old_enough |= said.is_old_enough
        own.save(update_fields=["code", "is_old_enough"])
        said.delete()
    elif said:
        Entrance.objects.filter(pk=said.pk).update(voice=into)


def _pass_coming(of: Brainstorm, voice: Voice, into: Voice) -> None:
    said = Coming.objects.filter(project=of.pk, voice=voice)
    if Coming.objects.filter(project=of.pk, voice=into).exists():
        said.delete()
    said.update(voice=into)
