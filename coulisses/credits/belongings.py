"""What the house keeps of how somebody is named, and of places held for them."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from coulisses.credits.models import Consent, Credit, Held
from coulisses.people import becoming, holding
from coulisses.people.holding import Row
from coulisses.people.models import Account, Voice

holding.keeps(
    "g-credits",
    _("How you wish to be named for what you gave, and what you took part in"),
    why=_("so that credits thank you as you choose, or not at all"),
    how_long=_("as long as the work stands; your name goes when you take it out"),
)


@holding.shelf("naming", _("How you are named in credits, and where you stand there"))
def naming(of: Account) -> Iterator[Row]:
    """Yield what somebody chose, then the lines of credits that are theirs."""
    own = becoming.voices_of(of.voice_id)
    rows = Consent.objects.filter(voice__in=own).select_related("project__studio")
    for one in rows.order_by("pk"):
        path = one.project.path if one.project else ""
        yield {"project": path, "choice": one.choice, "other_name": one.alias, "chosen_at": one.at}
    lines = Credit.objects.filter(voice__in=own).select_related("project__studio")
    for line in lines.order_by("pk").iterator(chunk_size=200):
        yield {"project": line.project.path, "role": line.role, "since": line.at}
    for held in Held.objects.filter(voice__in=own).select_related("project__studio"):
        yield {"project": held.project.path, "place_held_until": held.until}


@holding.at_erasure
def forget_naming(voice: Voice, name: str, logs: list[str]) -> None:
    """Take the other names of somebody out with their own, and hold no place for nobody."""
    Consent.objects.filter(voice=voice).delete()
    Credit.objects.filter(voice=voice).exclude(alias="").update(alias="")
    Held.objects.filter(voice=voice).delete()


@holding.at_leaving
def hold_nothing(of: Account, at: datetime) -> None:
    """Hold no place for somebody who goes."""
    Held.objects.filter(voice=of.voice_id).delete()
