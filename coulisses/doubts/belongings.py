"""What doubts hold of somebody: the leads that they offered."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coulisses.doubts.models import Lead
from coulisses.log.models import Entry
from coulisses.people import holding
from coulisses.people.holding import Row
from coulisses.people.models import Account

A_READ = 500

holding.keeps(
    "g-leads",
    _("The leads that you offer to doubts, and what became of them"),
    why=_("so that you learn what became of them, and are credited"),
    how_long=_("as long as the project; your name leaves them when you take it out"),
)


@holding.shelf("leads", _("Leads you offered"))
def offered(account: Account) -> Iterator[Row]:
    """Yield each lead that somebody offered: its words, its doubt, what became of it."""
    after = 0
    while found := _some(account, after):
        rows = Entry.objects.filter(
            log__in={one.project.room_id for one in found},
            position__in={one.position for one in found},
        )
        told = {(one.log_id, one.position): one for one in rows.select_related("sealed")}
        for lead in found:
            entry = told.get((lead.project.room_id, lead.position))
            yield {
                "project": lead.project.title,
                "address": f"{lead.project.path}{lead.doubt}#say-{lead.position}",
                "at": lead.at,
                "words": getattr(entry.fact, "words", None) if entry else None,
                "became": lead.state,
            }
        after = found[-1].pk


def _some(account: Account, after: int) -> list[Lead]:
    mine = Lead.objects.filter(voice=account.voice_id, pk__gt=after)
    return list(mine.select_related("project__studio").order_by("pk")[:A_READ])
