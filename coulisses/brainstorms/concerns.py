"""Whom what a brainstorm came to concerns: who gave an idea that is kept, once."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coulisses.brainstorms import closing
from coulisses.brainstorms.kinds import BrainstormSettled
from coulisses.brainstorms.models import Mask
from coulisses.log.models import Entry
from coulisses.projects import concerned
from coulisses.projects.concerned import Concern
from coulisses.projects.models import Project


@concerned.by("brainstorm.settled", idea_kept=_("An idea of yours in “%(title)s” is kept."))
def kept(project: Project, entry: Entry) -> Iterator[Concern]:
    """Yield whoever gave a kept idea, or said the same; behind a mask, who wears it."""
    if not isinstance(entry.fact, BrainstormSettled):
        return
    ideas = {int(one["idea"]) for one in entry.fact.kept} - closing.told_before(project, entry)
    gave = closing.authors(project, sorted(ideas))
    voices = {voice for some in gave.values() for _place, voice in some}
    worn = dict(Mask.objects.filter(mask__in=voices).values_list("mask", "voice"))
    for voice in sorted({worn.get(one, one) for one in voices}):
        yield Concern(voice, "idea_kept", str(entry.position))
