"""What this room holds of people."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coulisses.guests.models import Accepted
from coulisses.people import becoming, holding
from coulisses.people.holding import Row
from coulisses.people.models import Account

holding.keeps(
    "c-guests",
    _("A guest’s name, known by their browser’s session, and the address a code was sent to"),
    why=_("so that what they say has an author, who can put it right or take it back"),
    how_long=_("as long as what they gave stands; a month where they gave nothing"),
)
holding.keeps(
    "c-terms",
    _("Which line about what is given you had read when you first gave something, and when"),
    why=_("so that nothing is done with it that you were not told"),
    how_long=_("as long as the project stands"),
)


@holding.shelf("terms", _("What you were told before you gave something"))
def accepted(of: Account) -> Iterator[Row]:
    """Yield by which version of a project's terms somebody gave something first."""
    rows = Accepted.objects.filter(voice__in=becoming.voices_of(of.voice_id))
    for one in rows.select_related("project__studio").order_by("pk").iterator(chunk_size=200):
        yield {"project": one.project.path, "version": one.version, "what": one.what, "at": one.at}
