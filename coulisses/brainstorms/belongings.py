"""What brainstorms hold of somebody: ideas, dots, masks, where they come, what they said."""

from collections.abc import Iterator

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from coulisses.brainstorms.models import Coming, Dots, Entrance, Idea, Mask, Unheard
from coulisses.brainstorms.shown import words_of
from coulisses.log import ledger
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
holding.keeps(
    "b-ideas",
    _("Ideas that you throw in a brainstorm under your name, and when"),
    why=_("so that they are told, and you are named where one is kept"),
    how_long=_("until the day that its poster says, or as long as the work stands"),
)
holding.keeps(
    "c-comes",
    _("That you come to a brainstorm; at its door that you have the code, or are old enough"),
    why=_("so that you are reminded, and let in: your age is never kept"),
    how_long=_("until the day that its poster says, or as long as the work stands"),
)


@holding.shelf("ideas", _("Ideas that you threw in brainstorms"))
def ideas(account: Account) -> Iterator[Row]:
    """Yield somebody's ideas with their words, those not heard yet at the end; no mask's."""
    rows = Idea.objects.filter(
        voice__in=becoming.voices_of(account.voice_id), is_gone=False
    ).order_by("pk")
    for one in rows.select_related("project__studio", "project__room").iterator(chunk_size=A_READ):
        entry = ledger.find(one.project.room, one.position)
        yield {
            "project": one.project.title,
            "address": f"{one.project.path}wall/#idea-{one.position}",
            "told_at": entry.told_at,
            "said": None if entry.is_shredded else entry.fact.spelled(),
            "is_kept": one.is_kept,
        }
    waiting = Unheard.objects.filter(voice__in=becoming.voices_of(account.voice_id)).select_related(
        "project__studio"
    )
    for two in waiting.order_by("pk").iterator(chunk_size=A_READ):
        yield {
            "project": two.project.title,
            "address": f"{two.project.path}wall/",
            "told_at": two.at,
            "said": two.body,
            "is_kept": None,
        }


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


@holding.shelf("coming", _("Brainstorms to which you come, and what you said at the door"))
def comes(account: Account) -> Iterator[Row]:
    """Yield where somebody said that they come, then what they said at which door."""
    own = becoming.voices_of(account.voice_id)
    coming = Coming.objects.filter(voice__in=own).select_related("project__studio")
    for one in coming.order_by("pk").iterator(chunk_size=A_READ):
        yield {"project": one.project.title, "address": one.project.path, "comes": one.at}
    doors = Entrance.objects.filter(voice__in=own).select_related("project__studio")
    for two in doors.order_by("pk").iterator(chunk_size=A_READ):
        yield {
            "project": two.project.title,
            "address": two.project.path,
            "has_code": bool(two.code),
            "is_old_enough": two.is_old_enough,
        }


@holding.at_erasure
def come_no_more(voice: Voice, name: str, logs: list[str]) -> None:
    """Expect nobody whose name was taken out; ideas and dots stay, as nobody's."""
    Coming.objects.filter(voice=voice).delete()
