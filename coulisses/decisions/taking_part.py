"""What decisions say where rooms meet: who took part, what waits, what moved, what is over soon."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from coulisses.decisions import queries
from coulisses.decisions.kinds import TOPIC
from coulisses.decisions.models import Ballot, Decision
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people.models import Account
from coulisses.projects import concerned, credited, followed, reminding, signals, waiting
from coulisses.projects.concerned import Concern
from coulisses.projects.credited import Act
from coulisses.projects.models import Membership, Project, Role
from coulisses.projects.reminding import Reminder
from coulisses.projects.waiting import Waiting

A_DAY = timedelta(days=1)  # before its end, from when on a vote is worth a reminder
MOST = 500  # of those reminded of, or concerned, at once


@signals.of("decisions")
def moved(project: Project, audiences: frozenset[str], since: datetime) -> dict[str, Any]:
    """Return what moved: how many have voted, and of a vote that is over what it came to.

    While a vote is open no total is in it: a stream's followers have not all voted.
    """
    rows = Decision.objects.filter(project=project, moved_at__gt=since)
    if audiences is not ledger.EVERYTHING:
        rows = rows.filter(audience__in=audiences)
    return {str(one.position): _said(one) for one in rows[: queries.MOST_OPEN * 2]}


@credited.by
def took_part(project: Project) -> Iterator[Act]:
    """Yield who voted, since when; never what."""
    rows = Ballot.objects.filter(decision__project=project, decision__withdrawn_at=None)
    told = rows.order_by("voice", "cast_at").values_list(
        "voice", "cast_at", "decision__position", "decision__audience"
    )
    for voice, theirs in groupby(told.iterator(chunk_size=2_000), key=itemgetter(0)):
        _voice, first, position, audience = next(theirs)
        yield Act(voice, "vote", first, str(position), audience)


def waits(project: Project) -> int:
    """Return how many closed votes nobody has answered."""
    return queries.unanswered(project).count()


@waiting.by(TOPIC, _("a vote to answer"), waits)
def unanswered(project: Project, limit: int) -> Iterator[Waiting]:
    """Yield the votes that were closed and have no answer, the oldest first."""
    for one in queries.unanswered(project)[:limit]:
        assert one.closed_at
        place = str(one.position)
        yield Waiting(place, "", one.question, place, one.closed_at)


@concerned.by("decision.answered", vote=_("%(who)s answered the vote in “%(title)s”."))
def answered(project: Project, entry: Entry) -> Iterator[Concern]:
    """Yield who voted: they learn what is done of it."""
    yield from _voters(project, entry.about or 0, "vote")


@concerned.by("decision.shown", vote_shown=_("What you voted on in “%(title)s” shows in the work."))
def shows(project: Project, entry: Entry) -> Iterator[Concern]:
    """Yield who voted: they learn where it shows."""
    shown_in = str(getattr(entry.fact, "by", ""))
    yield from _voters(project, entry.about or 0, "vote_shown", place=shown_in)


@concerned.by("decision.withdrawn", vote_withdrawn=_("%(who)s took a vote back in “%(title)s”."))
def withdrawn(project: Project, entry: Entry) -> Iterator[Concern]:
    """Yield who voted for nothing: they learn why."""
    yield from _voters(project, entry.about or 0, "vote_withdrawn")


def left(reminder: Reminder, voices: Collection[str]) -> set[str]:
    """Return those of these voices that may vote and have not."""
    one = Decision.objects.select_related("project").get(pk=int(reminder.key.partition(":")[2]))
    cast = Ballot.objects.filter(decision=one, voice__in=list(voices))
    out = set(cast.values_list("voice", flat=True))
    return (set(voices) if one.who in ("all", "code") else _entitled(one, voices)) - out


@reminding.taking_part
def voted(project: Project, after: str, limit: int) -> list[str]:
    """Return who voted in a project before."""
    rows = Ballot.objects.filter(decision__project=project, voice__gt=after).order_by("voice")
    return list(rows.values_list("voice", flat=True).distinct()[:limit])


SOON = _("The vote “%(words)s” in “%(title)s” closes soon, and yours is not in.")


@reminding.by(TOPIC, SOON, left)
def ends_soon(at: datetime) -> Iterator[Reminder]:
    """Yield the votes that close within a day, or of shorter ones in their last third."""
    rows = Decision.objects.filter(
        closed_at=None, withdrawn_at=None, closes_at__gt=at, closes_at__lte=at + A_DAY
    )
    shown = rows.filter(project__curtain_raised_at__isnull=False, project__withdrawn_at=None)
    for one in shown.select_related("project__studio").order_by("closes_at", "pk")[:MOST]:
        if one.closes_at - at <= min(A_DAY, (one.closes_at - one.opened_at) / 3):
            key = f"{TOPIC}:{one.pk}"
            yield Reminder(
                *(key, one.project, one.question, one.place, one.audience, one.closes_at),
                position=one.position,
                thread=f"decision-{one.position}",
            )


def _entitled(one: Decision, voices: Collection[str]) -> set[str]:
    accounts = list(Account.objects.filter(voice__in=list(voices)))
    team = Role.objects.filter(studio=one.project.studio_id, account__in=accounts)
    may = set(team.values_list("account", flat=True))
    if one.who == "members":
        theirs = Membership.objects.filter(tier__project=one.project, account__in=accounts)
        may |= set(theirs.values_list("account", flat=True))
    else:
        rest = (who for who in accounts if who.pk not in may)
        may |= {who.pk for who in rest if followed.is_followed(one.project, who)}
    return {who.voice_id for who in accounts if who.pk in may}


def _said(one: Decision) -> dict[str, Any]:
    said: dict[str, Any] = {"turnout": one.turnout, "is_open": one.is_open}
    if not one.closed_at:
        return said
    return {**said, "totals": one.tally.get("totals", {}), "is_answered": bool(one.answered_at)}


def _voters(project: Project, position: int, why: str, *, place: str = "") -> Iterator[Concern]:
    rows = Ballot.objects.filter(decision__project=project, decision__position=position)
    for voice in rows.order_by("pk").values_list("voice", flat=True).iterator(chunk_size=MOST):
        yield Concern(voice, why, place or str(position), thread=f"decision-{position}")
