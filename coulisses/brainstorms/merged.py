"""A guest who took part makes an account: their dots and their mask are the account's."""

from datetime import datetime

from django.db import transaction

from coulisses.brainstorms.models import Dots, Mask, Purse, Unheard
from coulisses.people import merging
from coulisses.people.models import Voice


@merging.moves
@transaction.atomic
def merge(voice: Voice, into: Voice, at: datetime) -> None:
    """Pass one voice's dots, masks and what it wrote in silence to another.

    Where both placed dots, those of the account stand. Where both wore a mask, the guest's became
    the account's: two numbers, one hand, and nobody else is told.
    """
    both = list(Purse.objects.filter(voice=into).values_list("project", flat=True))
    for model in (Dots, Purse):
        model.objects.filter(voice=voice, project__in=both).delete()
        model.objects.filter(voice=voice).update(voice=into)
    Unheard.objects.filter(voice=voice).update(voice=into)
    for worn in Mask.objects.filter(voice=voice).select_related("mask"):
        _pass_on(worn, into, at)


def _pass_on(worn: Mask, into: Voice, at: datetime) -> None:
    other = Mask.objects.filter(project=worn.project_id, voice=into).select_related("mask").first()
    if other is None:
        Mask.objects.filter(pk=worn.pk).update(voice=into)
        return
    taken = worn.mask
    worn.delete()
    stands = into if other.lifted_at else other.mask
    merging.merge(taken, stands, at=at)
    Voice.objects.filter(pk=taken.pk).update(became=stands)
