"""Masks: who takes part without a name is called by a number of this brainstorm, and no more."""

from collections.abc import Collection, Mapping

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from coulisses.brainstorms.models import Mask
from coulisses.projects import pseudonyms
from coulisses.projects.models import Project
from coulisses.projects.pseudonyms import Pseudonym


@pseudonyms.given_by
def called(project: Project, voices: Collection[str]) -> Mapping[str, Pseudonym]:
    """Return "voice 12" for each mask among these voices, by the order in which they came."""
    asked = list(voices)
    worn = Mask.objects.filter(project=project, lifted_at=None)
    rows = worn.filter(Q(mask__in=asked) | Q(mask__was__in=asked))
    found = rows.values_list("mask", "mask__was", "number", "voice")
    return {
        voice: Pseudonym(format_lazy(_("voice {number}"), number=number), owner)
        for mask, was, number, owner in found
        for voice in (mask, was)
        if voice in asked
    }
