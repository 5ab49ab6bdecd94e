"""What doubts hold of somebody: the leads that they offered, and how they took others further."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from coulisses.doubts.kinds import LeadDeveloped, LeadOffered
from coulisses.doubts.models import Lead
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people import becoming, holding
from coulisses.people.holding import Row
from coulisses.people.models import Account
from coulisses.projects.models import Project

A_READ = 500
OURS = (LeadOffered.kind_name, LeadDeveloped.kind_name)

holding.keeps(
    "g-leads",
    _("The leads that you offer to doubts, and what became of them"),
    why=_("so that you learn what became of them, and are credited"),
    how_long=_("as long as the project; your name leaves them when you take it out"),
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
