"""What pages and doors ask of decisions."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from coulisses.decisions import tallies
from coulisses.decisions.models import Ballot, Decision
from coulisses.decisions.refusals import DecisionNotFound
from coulisses.decisions.tallies import Ballots
from coulisses.lib import places
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.people import becoming
from coulisses.projects.models import Project

MOST_OPEN = 20  # questions that a project has open at once
MOST_BESIDE = 3  # of them beside a stage's log


def find(project: Project, position: int, *, audiences: frozenset[str]) -> Decision:
    """Return the decision opened at a position. Raises DecisionNotFound where none is in sight."""
    require(position <= places.GREATEST, DecisionNotFound)
    found = Decision.objects.filter(project=project, position=position).first()
    require(found and found.audience in audiences, DecisionNotFound)
    assert found
    found.project = project
    return found


def at_positions(project: Project, positions: Collection[int]) -> list[Decision]:
    """Return the decisions opened at some positions, in one query."""
    found = list(Decision.objects.filter(project=project, position__in=list(positions)))
    for one in found:
        one.project = project
    return found


def opened(project: Project, *, audiences: frozenset[str]) -> list[Decision]:
    """Return the open decisions that a reader may see; what closes next first."""
    rows = _seen(Decision.objects.filter(project=project), audiences)
    found = list(rows.filter(closed_at=None, withdrawn_at=None).order_by("closes_at", "pk"))
    for one in found[:MOST_OPEN]:
        one.project = project
    return found[:MOST_OPEN]


def past(
    project: Project, *, audiences: frozenset[str], after: str, limit: int
) -> tuple[list[Decision], str]:
    """Return a page of the decisions that are over, the latest opened first, and what follows.

    Raises PlaceMalformed.
    """
    rows = Decision.objects.filter(project=project)
    over = rows.filter(Q(closed_at__isnull=False) | Q(withdrawn_at__isnull=False))
    return _page(project, _seen(over, audiences), after, limit)


def every(
    project: Project, *, audiences: frozenset[str], after: str, limit: int
) -> tuple[list[Decision], str]:
    """Return a page of all decisions that a reader may see, the latest opened first.

    Raises PlaceMalformed.
    """
    rows = Decision.objects.filter(project=project)
    return _page(project, _seen(rows, audiences), after, limit)


def last_closed(project: Project, *, audiences: frozenset[str], since: datetime) -> Decision | None:
    """Return the decision closed last, if that was after a time; None where none was."""
    rows = _seen(Decision.objects.filter(project=project, closed_at__gt=since), audiences)
    found = rows.order_by("-closed_at", "-pk").first()
    if found:
        found.project = project
    return found


def unanswered(project: Project) -> QuerySet[Decision]:
    """Return the closed decisions that wait for the makers' answer, the oldest first."""
    rows = Decision.objects.filter(project=project, closed_at__isnull=False, answered_at=None)
    return rows.order_by("closed_at", "pk")


def count_open(project: Project) -> int:
    """Return how many questions of a project are open."""
    rows = Decision.objects.filter(project=project, closed_at=None, withdrawn_at=None)
    return rows.count()


def ballots(decisions: Collection[Decision]) -> dict[int, Ballots]:
    """Return how many ballots of each choice there are, by the decision's id; in one query."""
    found = defaultdict[int, dict[tuple[str, ...], int]](dict)
    if decisions:
        rows = Ballot.objects.filter(decision__in=decisions).values_list("decision", "choice")
        for pk, choice, number in rows.annotate(number=Count("pk")).order_by():
            found[pk][tuple(choice.split(","))] = number
    return dict(found)


def totals(decision: Decision, cast: Ballots) -> dict[str, int]:
    """Return how many chose each option; of a ranked vote, put it first."""
    return tallies.count(decision.method, decision.keys, cast, lot=b"").totals


def of_voice(decisions: Collection[Decision], voice: str) -> dict[int, Ballot]:
    """Return a voice's ballots by the decision's id, those it cast as a guest among them."""
    if not voice or not decisions:
        return {}
    rows = Ballot.objects.filter(decision__in=decisions, voice__in=becoming.voices_of(voice))
    return {one.decision_id: one for one in sorted(rows, key=lambda one: one.voice_id == voice)}


def reasons(decision: Decision, *, after: str, limit: int) -> tuple[list[Ballot], str]:
    """Return a page of the reasons that voters gave, for the makers. Raises PlaceMalformed."""
    rows = Ballot.objects.filter(decision=decision).exclude(reason="")
    return places.page(rows, "changed_at", after=after, limit=limit)


def due(*, at: datetime, limit: int) -> list[tuple[int, str]]:
    """Return the open decisions whose hour has come, with their project's work log."""
    rows = Decision.objects.filter(closed_at=None, withdrawn_at=None, closes_at__lte=at)
    found = rows.order_by("closes_at", "pk").annotate(work=F("project__work"))
    return list(found.values_list("pk", "work")[:limit])


def _page(
    project: Project, rows: QuerySet[Decision], after: str, limit: int
) -> tuple[list[Decision], str]:
    shown, older = places.page(rows, "opened_at", after=after, limit=limit)
    for one in shown:
        one.project = project
    return shown, older


def _seen(rows: QuerySet[Decision], audiences: Iterable[str]) -> QuerySet[Decision]:
    return rows if audiences is ledger.EVERYTHING else rows.filter(audience__in=list(audiences))
