"""Decisions as the log tells them: derived anew from it, and without the words it has lost.

Ballots are in no log. Where a log came from another house, closed votes have their tally, and an
open one begins with nobody's ballot.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Count

from coulisses.decisions import tallies
from coulisses.decisions.kinds import (
    DecisionAnswered,
    DecisionClosed,
    DecisionOpened,
    DecisionShown,
    DecisionWithdrawn,
)
from coulisses.decisions.models import Ballot, Decision
from coulisses.decisions.rules import GREATEST_QUORUM, KEYS, derived
from coulisses.log.models import Entry
from coulisses.projects.models import Project

TOLD = (
    *(DecisionOpened.kind_name, DecisionClosed.kind_name),
    *(DecisionAnswered.kind_name, DecisionShown.kind_name, DecisionWithdrawn.kind_name),
)
KEPT = ("code", "turnout", "moved_at", "ties_after")  # what no log says


def forget(project: Project, entry: Entry) -> None:
    """Take the words out of a decision that an entry about to be shredded has said, or shows."""
    Decision.objects.filter(project=project, shown_position=entry.position).update(shown_position=0)
    if entry.kind == DecisionOpened.kind_name:
        _forget(Decision.objects.filter(project=project, position=entry.position).first())
    elif entry.kind == DecisionClosed.kind_name:
        for row in Decision.objects.filter(project=project, closed_position=entry.position):
            row.tally = {**row.tally, "question": "", "options": {}}
            row.save(update_fields=["tally"])


def forget_all(project: Project) -> None:
    """Take all words, and the ballots, out of the decisions of a work that is withdrawn."""
    for row in Decision.objects.filter(project=project):
        _forget(row)


@transaction.atomic
def replay(project: Project) -> None:
    """Derive the decisions anew from the log as it stands; their ballots stay."""
    known = {one.position: one for one in Decision.objects.filter(project=project)}
    found: dict[int, Decision] = {}
    told = Entry.objects.filter(log=project.work_id, kind__in=TOLD).select_related("sealed")
    for entry in told.order_by("position"):
        if not entry.is_shredded:
            _follow(project, entry, found)
    cast = Ballot.objects.filter(decision__project=project).values("decision")
    counts = dict(cast.annotate(number=Count("pk")).values_list("decision", "number"))
    shown = {row.shown_position for row in found.values()}
    gone = Entry.objects.filter(log=project.work_id, position__in=shown, sealed__isnull=True)
    shredded = set(gone.values_list("position", flat=True))
    for position, row in found.items():
        row.shown_position = 0 if row.shown_position in shredded else row.shown_position
        stood = known.get(position)
        if stood:
            row.pk = stood.pk
            for name in KEPT:
                setattr(row, name, getattr(stood, name))
        row.turnout = row.tally.get("turnout", counts.get(row.pk, 0))
        row.save()


def require_sound(fact: DecisionOpened) -> None:
    """Raise ValueError for what no form here could have put: a log may come from afar."""
    keys = [one["key"] for one in fact.options]
    choices = {tallies.YES, tallies.NO} if fact.method == "yesno" else set(KEYS[: len(keys)])
    is_known = len(keys) > 1 and len(set(keys)) == len(keys) and set(keys) == choices
    is_said = all(isinstance(one["words"], str) for one in fact.options)
    places = [place for one in fact.options if (place := (one.get("cue"), one.get("picture")))]
    is_placed = all(type(one) is int or one is None for place in places for one in place)
    is_bounded = 0 <= fact.quorum <= GREATEST_QUORUM and 0 <= fact.most <= len(keys)
    has_hour = datetime.fromisoformat(fact.closes_at).tzinfo is not None
    if not (is_known and is_said and is_placed and is_bounded and has_hour):
        raise ValueError(fact)


def require_counted(fact: DecisionClosed, row: Decision) -> None:
    """Raise ValueError for a tally that is not one of this decision's."""
    rounds = [one["totals"] for one in fact.rounds]
    counts = [count for totals in (fact.totals, *rounds) for count in totals.values()]
    is_ours = set(fact.totals) == set(row.keys) and all(set(one) <= set(row.keys) for one in rounds)
    if not is_ours or any(type(one) is not int or one < 0 for one in counts):
        raise ValueError(fact.totals)


def _follow(project: Project, entry: Entry, found: dict[int, Decision]) -> None:
    fact, at = entry.fact, entry.told_at
    if isinstance(fact, DecisionOpened):
        require_sound(fact)
        found[entry.position] = derived(
            project, fact, position=entry.position, by=entry.by, at=at, audience=entry.audience
        )
    row = found.get(entry.about or 0)
    if row is None:
        return
    row.moved_at = at
    if isinstance(fact, DecisionClosed):
        require_counted(fact, row)
        row.closed_at, row.closed_position = entry.happened_at, entry.position
        row.tally = fact.spelled()
    elif isinstance(fact, DecisionAnswered):
        row.answered_at, row.answered_position = at, entry.position
    elif isinstance(fact, DecisionShown) and row.answered_position < fact.by < entry.position:
        row.shown_position = fact.by
    elif isinstance(fact, DecisionWithdrawn):
        row.withdrawn_at = at


def _forget(row: Decision | None) -> None:
    """Leave of a decision that there was one; nobody can vote on words that are gone."""
    if row is None:
        return
    at: datetime = row.moved_at
    row.question, row.code, row.tally = "", "", {**row.tally, "question": "", "options": {}}
    row.options = [{"key": key, "words": ""} for key in row.keys]
    row.withdrawn_at = None if row.closed_at else (row.withdrawn_at or at)
    row.ties_after = None
    row.save()
    Ballot.objects.filter(decision=row).delete()
