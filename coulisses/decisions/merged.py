"""A guest who voted makes an account: the ballot is the account's, and nobody votes twice."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from coulisses.decisions import rules
from coulisses.decisions.models import Ballot, Decision
from coulisses.people import merging
from coulisses.people.models import Voice


@merging.moves
@transaction.atomic
def merge(voice: Voice, into: Voice, at: datetime) -> set[str]:
    """Pass one voice's ballots to another. Where both voted while a vote is open, one stands.

    That is the later one, or the first where a ballot can't be changed. Of a vote that is closed
    nothing moves: both were counted. Returns the ids of projects in which a vote is open.
    """
    theirs = Ballot.objects.filter(voice=voice).select_related("decision__project")
    for ballot in theirs.order_by("decision"):
        _pass_on(ballot, into, at)
    open_ones = Decision.objects.filter(ballots__voice=into, closed_at=None, withdrawn_at=None)
    return set(open_ones.values_list("project", flat=True))


def _pass_on(ballot: Ballot, into: Voice, at: datetime) -> None:
    row = rules.held(ballot.decision)
    other = Ballot.objects.filter(decision=row, voice=into).first()
    if other is None:
        Ballot.objects.filter(pk=ballot.pk).update(voice=into)
    elif row.is_open:
        first, last = sorted([ballot, other], key=lambda one: one.changed_at)
        stays, goes = (last, first) if row.is_changeable else (first, last)
        goes.delete()
        Ballot.objects.filter(pk=stays.pk).update(voice=into)
        Decision.objects.filter(pk=row.pk).update(turnout=F("turnout") - 1, moved_at=at)
