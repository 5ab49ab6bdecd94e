"""What doubts hold of somebody: the leads that they offered, and how they took others further."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coulisses.doubts.kinds import LeadDeveloped, LeadOffered
from coulisses.doubts.models import Lead
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people import becoming, holding, leaving
from coulisses.people.holding import Row
from coulisses.people.models import Account, Departure
from coulisses.projects import unsaying
from coulisses.projects.models import Project

A_READ = 500
TAKEN_BACK = "taken_back"  # the reason of what its author took back
A_TURN = 25  # leads that go in one transaction
OURS = (LeadOffered.kind_name, LeadDeveloped.kind_name)

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
    """Yield each lead that somebody offered or took further: its words, what became of it."""
    for project, told in _told(account):
        places = [one.about or one.position for one in told]
        leads = Lead.objects.filter(project=project, position__in=places)
        states = dict(leads.values_list("position", "state"))
        for one in told:
            lead, doubt = one.about or one.position, getattr(one.fact, "cue", "")
            yield {
                "project": project.title,
                "address": f"{project.path}{doubt}#say-{one.position}",
                "kind": one.kind,
                "at": one.told_at,
                "words": getattr(one.fact, "words", None),
                "became": states.get(lead, ""),
            }


@leaving.first
def unsay_some(account: Account, asked: Departure) -> bool:
    """Take out some leads of an account that wishes to withdraw what it made; say if more wait."""
    if not asked.withdraws:
        return False
    own = becoming.voices_of(account.voice_id)
    rows = Entry.objects.filter(by__in=own, kind__in=OURS, sealed__isnull=False)
    some = list(rows.order_by("pk").values_list("log", "position")[:A_TURN])
    rooms = Project.objects.filter(room__in={log for log, _position in some})
    projects = {one.room_id: one for one in rooms.select_related("room")}
    with transaction.atomic():
        for log, position in some:
            by, at = account.voice_id, timezone.now()
            unsaying.unsay(projects[log], position, reason=TAKEN_BACK, by=by, at=at)
    return bool(some)


def _told(account: Account) -> Iterator[tuple[Project, list[Entry]]]:
    """Yield what somebody said of doubts by any voice of theirs, some at a time."""
    spoke = becoming.voices_of(account.voice_id)
    for voice, log in [(one, log) for one in spoke for log in ledger.logs_of(one)]:
        project = Project.objects.select_related("studio").filter(room=log).first()
        after = 0
        while project:
            found = ledger.by_voice(log, voice, after=after, limit=A_READ)
            yield project, [one for one in found if one.kind in OURS]
            if len(found) < A_READ:
                break
            after = found[-1].position
