"""What brainstorms hold of somebody: their dots, and what they threw under a mask."""

from collections.abc import Iterator

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from coulisses.brainstorms.models import Dots, Idea, Mask, Unheard
from coulisses.brainstorms.shown import words_of
from coulisses.people import becoming, holding
from coulisses.people.holding import Row
from coulisses.people.models import Account, Voice

A_READ = 200  # rows read at once

holding.keeps(
    "b-dots",
    _("On which ideas of a brainstorm you placed your dots"),
    why=_("so that none is counted twice, and you can take one back. Nobody else is shown it"),
    how_long=_("as long as the brainstorm stands"),
)
holding.keeps(
    "b-masks",
    _("That a mask of a brainstorm is yours, where you threw ideas without your name"),
    why=_("so that you can put your name to them later. Nobody else learns it from this house"),
    how_long=_("until you lift it, or leave"),
)


@holding.shelf("dots", _("Your dots in brainstorms"))
def dots(account: Account) -> Iterator[Row]:
    """Yield where somebody's dots lie."""
    rows = Dots.objects.filter(voice__in=becoming.voices_of(account.voice_id)).order_by("pk")
    for one in rows.select_related("project__studio").iterator(chunk_size=A_READ):
        address = f"{one.project.path}wall/ideas/{one.position}/"
        yield {"project": one.project.title, "address": address, "dots": one.count}


@holding.shelf("masks", _("What you threw in brainstorms without your name"))
def masks(account: Account) -> Iterator[Row]:
    """Yield the masks that somebody wears, and the ideas thrown under each."""
    rows = Mask.objects.filter(voice__in=becoming.voices_of(account.voice_id)).order_by("pk")
    for one in rows.select_related("project__studio"):
        theirs = becoming.voices_of(one.mask_id)
        ideas = Idea.objects.filter(project=one.project, voice__in=theirs, is_gone=False)
        words = words_of(one.project, list(ideas.values_list("position", flat=True)))
        yield {
            "project": one.project.title,
            "address": f"{one.project.path}wall/",
            "number": one.number,
            "ideas": [words[at] for at in sorted(words)],
            "unheard": [each.body["words"] for each in Unheard.objects.filter(voice__in=theirs)],
            "lifted_at": one.lifted_at,
        }


@holding.at_erasure
def cut_masks_loose(voice: Voice, name: str, logs: list[str]) -> None:
    """Let a mask be nobody's: its number stays on what it threw, whose it was is forgotten."""
    Mask.objects.filter(voice=voice, lifted_at=None).update(voice=F("mask"))
