"""What the house keeps of somebody who cheers or wishes to be seen."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coulisses.cheers import here, words
from coulisses.cheers.models import Cheer, Here, Wish
from coulisses.people import becoming, holding
from coulisses.people.holding import Row
from coulisses.people.models import Account, Voice

holding.keeps(
    "g-cheers",
    _("The words you gave to an entry with one tap"),
    why=_("so that each counts once, and you can take it back"),
    how_long=_("until you take it back; after you have left, it stays as somebody’s"),
)
holding.keeps(
    "g-guest",
    _(
        "If you cheer without an account: a number by which your browser is known again, and when "
        "it came. No name, no address"
    ),
    why=_("so that a word of yours counts once, and you can take it back"),
    how_long=_("a year in your browser; what you gave stays as somebody’s"),
)

holding.keeps(
    "g-here",
    _("If you asked to be seen: that you wish it, and which works you look at just now"),
    why=_("so that others see that you are here"),
    how_long=_("until you take the wish back; where you are, a minute"),
)


@holding.shelf("cheers", _("Words you gave to entries"))
def given(account: Account) -> Iterator[Row]:
    """Yield the cheers that somebody gave."""
    known: dict[str, words.Words] = {}
    rows = Cheer.objects.filter(voice__in=becoming.voices_of(account.voice_id)).select_related(
        "project__studio"
    )
    for one in rows.order_by("pk").iterator():
        if one.project_id not in known:
            known[one.project_id] = words.of(one.project)
        said = known[one.project_id].says(one.word)
        yield {"project": one.project.path, "entry": one.position, "word": said, "at": one.at}


@holding.shelf("here", _("Your wish to be seen where you are"))
def seen(account: Account) -> Iterator[Row]:
    """Yield the wish, and where somebody is seen just now."""
    for wish in Wish.objects.filter(voice=account.voice_id):
        yield {"wished_at": wish.at}
    for one in Here.objects.filter(voice=account.voice_id).select_related("project__studio"):
        yield {"project": one.project.path, "came_at": one.came_at, "seen_at": one.seen_at}


@holding.at_erasure
def forget(voice: Voice, name: str, logs: list[str]) -> None:
    """Show a name that goes nowhere any more; what was given stays as somebody's."""
    here.forget(voice)
