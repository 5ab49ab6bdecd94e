"""Where a decision shows: the last step from a vote to the work, said by the makers' hand."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from coulisses.decisions import queries
from coulisses.decisions.closing import held_row
from coulisses.decisions.kinds import DecisionShown
from coulisses.decisions.models import Decision
from coulisses.decisions.refusals import NotAnsweredYet, NothingThatShows
from coulisses.lib import places
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.projects import decided, heard
from coulisses.projects.decided import Vote
from coulisses.projects.models import Project
from coulisses.projects.telling import hold, tell
from coulisses.ui import slots
from coulisses.ui.slots import Reader

LISTED = 20  # answered votes that an entry may show


@transaction.atomic
def show(decision: Decision, position: int, *, by: str, at: datetime) -> Decision:
    """Say in which entry of the work it shows what was decided; said again, in another one.

    Raises NotAnsweredYet, NothingThatShows.
    """
    hold(decision.project)
    held = held_row(decision.pk)
    require(held.answered_at, NotAnsweredYet)
    require(held.answered_position < position <= places.GREATEST, NothingThatShows)
    rows = Entry.objects.select_related("sealed").filter(log=held.project.work, position=position)
    entry = rows.first()
    require(entry and _can_show(entry), NothingThatShows)
    assert entry
    require(entry.audience in (ledger.PUBLIC, held.audience), NothingThatShows)
    if held.shown_position == position:
        return held
    fact = DecisionShown(about=held.position, by=position, question=held.question)
    tell(held.project, fact, by=by, happened_at=at, told_at=at, audience=held.audience)
    held.shown_position, held.moved_at = position, at
    held.save(update_fields=["shown_position", "moved_at"])
    heard.stir(held.project)
    return held


@decided.known_by
def waiting(project: Project) -> list[Vote]:
    """Return the answered votes that show in no entry yet, what was answered last first."""
    return [Vote(one.position, one.question) for one in _nowhere(project)[:LISTED]]


@decided.said_by
def say(project: Project, vote: int, entry: Entry, at: datetime) -> None:
    """Have an entry show what a vote has decided. Raises DecisionNotFound, and as `show` does."""
    decision = queries.find(project, vote, audiences=ledger.EVERYTHING)
    show(decision, entry.position, by=entry.by, at=at)


@slots.under("shows", order=31, for_all=True)
def under(project: Project, entries: Sequence[Entry], reader: Reader) -> Mapping[int, SafeString]:
    """Say under an entry which decision shows in it; makers say so where it stands alone."""
    there = [one.position for one in entries if _can_show(one)]
    rows = Decision.objects.filter(project=project, shown_position__in=there).order_by("pk")
    found: dict[int, list[Decision]] = {}
    for one in rows if there else ():
        if one.audience in reader.sight.audiences:
            found.setdefault(one.shown_position, []).append(one)
    html: dict[int, str] = {}
    with translation.override(reader.language):
        for position, decisions in found.items():
            said = {"project": project, "decisions": decisions}
            html[position] = render_to_string("decisions/_shows.html", said)
        if reader.is_full and reader.sight.is_maker:
            for entry in entries:
                html[entry.position] = html.get(entry.position, "") + _hand(project, entry)
    return {at: mark_safe(one) for at, one in html.items() if one}  # noqa: S308


def _nowhere(project: Project) -> QuerySet[Decision]:
    rows = Decision.objects.filter(project=project, answered_at__isnull=False, shown_position=0)
    return rows.order_by("-answered_at", "-pk")


def _can_show(entry: Entry) -> bool:
    """Whether an entry is one of the work, and speaks of no other."""
    return not (entry.is_shredded or entry.fact.is_quiet) and entry.about is None


def _hand(project: Project, entry: Entry) -> str:
    """Return the makers' way to say that an entry shows what was decided; nothing where none is."""
    if not _can_show(entry):
        return ""
    rows = _nowhere(project).filter(answered_position__lt=entry.position)
    mine = [one for one in rows[:LISTED] if entry.audience in (ledger.PUBLIC, one.audience)]
    said = {"project": project, "entry": entry, "decisions": mine}
    return render_to_string("decisions/_showing.html", said) if mine else ""
