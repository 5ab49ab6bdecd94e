"""What a reader is shown of decisions: how one votes, what one chose, and totals where one may.

Totals are shown to nobody before they have voted, or before the end where that was said; to the
makers as little as to others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.crypto import salted_hmac

from coulisses.decisions import choosing, picturing, queries
from coulisses.decisions.choosing import Typed
from coulisses.decisions.models import Ballot, Decision
from coulisses.lib.refusals import Refusal
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people.acting import Actor
from coulisses.projects import followed, giving
from coulisses.projects.models import Membership, Project
from coulisses.projects.sight import Sight
from coulisses.ui import entries
from coulisses.ui.pictures import Picture


@dataclass(frozen=True)
class Reading:
    """Who reads decisions, and when; `has_code` says of which votes they have said the code."""

    sight: Sight
    actor: Actor
    at: datetime
    has_code: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Line:
    """One option as a reader sees it: `count` is None where totals are not shown to them.

    `place` is where a ranked ballot puts it; `thousandths` are of all ballots.
    """

    key: str
    words: str
    picture: Picture | None
    place: str
    is_mine: bool
    count: int | None = None
    thousandths: int = 0
    is_winner: bool = False


@dataclass(frozen=True)
class Piece:
    """A decision as one reader sees it. `state` is open, counting, closed or withdrawn.

    `cannot` says why they may not vote, as the key of `who`. `totals` is where totals are asked for
    while a vote is open, empty for who may not see them. `said` is what was told of it since;
    `terms` are what one reads before one's first vote.
    """

    decision: Decision
    state: str
    lines: list[Line]
    ballot: Ballot | None
    cannot: str
    needs_code: bool
    totals: str
    said: Mapping[str, Entry]
    typed: Typed
    refusal: Refusal | None = None
    terms: giving.Line | None = None

    @property
    def has_totals(self) -> bool:
        """Whether the reader sees how many chose what."""
        return any(one.count is not None for one in self.lines)

    @property
    def most(self) -> int:
        """How many may be chosen."""
        return choosing.most_of(self.decision)

    @property
    def may_vote(self) -> bool:
        """Whether the reader can cast a ballot now, or another one."""
        is_free = self.ballot is None or self.decision.is_changeable
        return self.state == "open" and not self.cannot and is_free

    @property
    def numbers(self) -> range:
        """The places of a ranked ballot."""
        return range(1, len(self.lines) + 1)


def pieces(
    project: Project,
    decisions: Sequence[Decision],
    reading: Reading,
    *,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
    sent: Ballot | None = None,
) -> list[Piece]:
    """Return decisions of a project as a reader sees them, in a constant number of queries.

    `typed` and `refusal` are those of a form that was refused, `sent` is the ballot of one that was
    not, where one decision stands alone.
    """
    if not decisions:
        return []
    sight, at = reading.sight, reading.at
    theirs = reading.actor.voice
    mine = {sent.decision_id: sent} if sent else queries.of_voice(decisions, theirs)
    counted = [one for one in decisions if one.is_open and _is_shown(one, mine.get(one.pk))]
    cast = queries.ballots(counted)
    places = [one.position for one in decisions]
    said = ledger.sequels(project.work, places, audiences=sight.audiences, at=at)
    pictures = picturing.of_options(project, decisions, audiences=sight.audiences, at=at)
    cannot = _cannot(project, decisions, reading)
    terms = giving.line(project, reading.actor.voice, "vote")
    found = []
    for one in decisions:
        ballot = mine.get(one.pk)
        totals = one.tally.get("totals") if one.closed_at else None
        if one in counted:
            totals = queries.totals(one, cast.get(one.pk, {}))
        stands = typed or _as_typed(one, ballot)
        found.append(
            Piece(
                decision=one,
                state=_state(one, at),
                lines=_lines(one, ballot, stands, totals, pictures),
                ballot=ballot,
                cannot=cannot.get(one.who, ""),
                needs_code=one.who == "code" and not ballot and one.pk not in reading.has_code,
                totals=totals_address(one) if one in counted else "",
                said=entries.latest(said.get(one.position, ())),
                typed=stands,
                refusal=refusal,
                terms=terms,
            )
        )
    return found


def totals_address(decision: Decision) -> str:
    """Return where totals of an open vote are told to who has voted: nobody else can name it."""
    return f"{decision.project.path}{decision.place}/{totals_key(decision)}"


def totals_key(decision: Decision) -> str:
    """Return the secret part of that address."""
    made = salted_hmac("coulisses.decisions.totals", str(decision.pk), algorithm="sha256")
    return made.hexdigest()[:40]


def _is_shown(decision: Decision, ballot: Ballot | None) -> bool:
    """Whether totals of an open vote are shown to who cast this ballot, or none."""
    return decision.shown == "after_vote" and ballot is not None


def _state(decision: Decision, at: datetime) -> str:
    if decision.withdrawn_at:
        return "withdrawn"
    if decision.closed_at:
        return "closed"
    return "open" if at < decision.closes_at else "counting"


def _cannot(project: Project, decisions: Sequence[Decision], reading: Reading) -> dict[str, str]:
    """Return, of each circle of voters that is asked about, why the reader is not in it."""
    if reading.sight.is_viewer:
        return {one.who: "viewer" for one in decisions}
    if reading.sight.is_team:
        return {}
    asked, account = {one.who for one in decisions if one.is_open}, reading.actor.account
    cannot = {}
    if "followers" in asked and not (account and followed.is_followed(project, account)):
        cannot["followers"] = "followers"
    if "members" in asked:
        theirs = Membership.objects.filter(tier__project=project, account=account)
        if not (account and theirs.exists()):
            cannot["members"] = "members"
    return cannot


def _as_typed(decision: Decision, ballot: Ballot | None) -> Typed:
    if ballot is None:
        return Typed()
    if decision.method == "ranked":
        return Typed(places=choosing.as_places(ballot.keys), reason=ballot.reason)
    return Typed(keys=tuple(ballot.keys), reason=ballot.reason)


def _lines(
    decision: Decision,
    ballot: Ballot | None,
    typed: Typed,
    totals: Mapping[str, int] | None,
    pictures: Mapping[picturing.Place, Picture],
) -> list[Line]:
    mine = set(ballot.keys) if ballot else set()
    winner, everybody = decision.tally.get("winner", ""), max(1, decision.turnout)
    return [
        Line(
            key=one["key"],
            words=one["words"],
            picture=pictures.get(place) if (place := picturing.place_of(one)) else None,
            place=typed.places.get(one["key"], ""),
            is_mine=one["key"] in (typed.keys or mine),
            count=None if totals is None else totals.get(one["key"], 0),
            thousandths=0 if totals is None else _share(totals.get(one["key"], 0), everybody),
            is_winner=bool(winner) and one["key"] == winner,
        )
        for one in decision.options
    ]


def _share(count: Any, everybody: int) -> int:
    return min(1000, round(1000 * int(count) / everybody))
