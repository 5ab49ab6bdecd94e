"""What doubts hold of somebody: the leads that they offered."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coulisses.doubts.kinds import LeadDeveloped, LeadOffered
from coulisses.doubts.models import Lead
from coulisses.log.models import Entry
from coulisses.people import becoming, holding, leaving
from coulisses.people.holding import Row
from coulisses.people.models import Account, Departure
from coulisses.projects import unsaying
from coulisses.projects.models import Project

A_READ = 500
TAKEN_BACK = "taken_back"  # the reason of what its author took back
A_TURN = 25  # leads that go in one transaction
SAID = (LeadOffered.kind_name, LeadDeveloped.kind_name)

holding.keeps(
    "g-leads",
    _("The leads that you offer to doubts, and what became of them"),
    why=_("so that you learn what became of them, and are credited"),
    how_long=_(
        "as long as the project; your name leaves them when you take it out, the words where you "
        "leave and wish all of it to go"
    ),
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


@leaving.first
def unsay_some(account: Account, asked: Departure) -> bool:
    """Take out some leads of an account that wishes to withdraw what it made; say if more wait."""
    if not asked.withdraws:
        return False
    own = becoming.voices_of(account.voice_id)
    rows = Entry.objects.filter(by__in=own, kind__in=SAID, sealed__isnull=False)
    some = list(rows.order_by("pk").values_list("log", "position")[:A_TURN])
    rooms = Project.objects.filter(room__in={log for log, _position in some})
    projects = {one.room_id: one for one in rooms.select_related("room")}
    with transaction.atomic():
        for log, position in some:
            by, at = account.voice_id, timezone.now()
            unsaying.unsay(projects[log], position, reason=TAKEN_BACK, by=by, at=at)
    return bool(some)


def _some(account: Account, after: int) -> list[Lead]:
    mine = Lead.objects.filter(voice=account.voice_id, pk__gt=after)
    return list(mine.select_related("project__studio").order_by("pk")[:A_READ])
