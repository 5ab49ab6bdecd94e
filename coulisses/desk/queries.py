"""What a maker finds on coming to the desk, and what a project has for today."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from coulisses.capture import faces
from coulisses.capture import queries as captures
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.manners import appeals
from coulisses.manners import queries as manners
from coulisses.moments import drafts, proposals
from coulisses.moments.models import Draft
from coulisses.people.models import Account
from coulisses.projects import stirred
from coulisses.projects import waiting as words
from coulisses.projects.models import Project, Role
from coulisses.projects.sight import Sight
from coulisses.reports import queries as reports
from coulisses.sessions import queries as sessions
from coulisses.sessions.models import Session
from coulisses.sessions.queries import OnAir
from coulisses.ui import headlines
from coulisses.ui.headlines import Line
from coulisses.ui.pictures import Picture

A_PAGE = 24
LATEST = 5  # entries that have words
LAST_DRAFTS = 4


@dataclass(frozen=True)
class Card:
    """A project on the landing; `waiting` counts what waits there for a maker's word."""

    project: Project
    picture: Picture | None
    running: Session | None
    next: Session | None
    waiting: int


@dataclass(frozen=True)
class Landing:
    """What somebody works on, the project that moved last first; `older` leads to the next page.

    `letters` and `reports` wait for an owner and for the host.
    """

    roles: list[Role]
    cards: list[Card]
    older: str
    drafts: list[Draft]
    letters: dict[str, int]
    reports: int


@dataclass(frozen=True)
class Today:
    """What a project has for one of its team now; `words` is how many wait for one of theirs.

    `unheard` are words that wait for a look, `appeals` those that wait for an answer.
    """

    air: OnAir
    captures: int
    looks: list[Draft]
    timed: list[Draft]
    drafts: list[Draft]
    latest: list[Line]
    words: int
    unheard: int
    appeals: int


def landing(account: Account, *, after: str, at: datetime) -> Landing:
    """Return what somebody works on; `after` is the place that an earlier page gave."""
    roles = list(Role.objects.filter(account=account).select_related("studio").order_by("pk"))
    rows = Project.objects.filter(studio__in=[role.studio_id for role in roles])
    shown, older = stirred.page(rows, after=after, limit=A_PAGE)
    owned = {role.studio.slug: role.studio_id for role in roles if role.role == "owner"}
    letters = reports.counts_letters(owned.values())
    return Landing(
        roles=roles,
        cards=_cards(shown, {one.studio_id for one in roles if one.role != "contributor"}, at),
        older=older,
        drafts=drafts.open_of(account)[:LAST_DRAFTS],
        letters={slug: letters[studio] for slug, studio in owned.items() if studio in letters},
        reports=reports.count_waiting() if account.is_host else 0,
    )


def today(project: Project, account: Account, seen: Sight, *, at: datetime) -> Today:
    """Return what waits in a project, what is on, and what was told last."""
    looks, timed = proposals.waiting(project), proposals.timed(project)
    whose = None if seen.is_maker else account.voice_id
    told = ledger.read(
        project.work, audiences=seen.audiences, at=at, limit=3 * LATEST, newest_first=True
    )
    return Today(
        air=sessions.on_air(project, at=at),
        captures=captures.count_waiting(project, by=whose),
        looks=[one for one in looks if seen.is_maker or one.account_id == account.pk],
        timed=[one for one in timed if seen.is_maker or one.account_id == account.pk],
        drafts=drafts.of_project(account, project)[:LAST_DRAFTS],
        latest=headlines.of(
            project,
            [one for one in told if isinstance(one, Entry) and not one.is_shredded],
            audiences=seen.audiences,
            at=at,
        )[:LATEST],
        words=words.count(project),
        unheard=manners.count_waiting(project) if seen.is_maker else 0,
        appeals=len(appeals.open_in(project)) if seen.is_maker else 0,
    )


def _cards(shown: list[Project], made_in: Collection[str], at: datetime) -> list[Card]:
    named = [one.pk for one in shown]
    made = [one.pk for one in shown if one.studio_id in made_in]
    pictures, running = faces.of(shown), sessions.running(named)
    coming = sessions.next_of(named, at=at)
    saves, looks = captures.counts_waiting(made), proposals.counts_waiting(made)
    return [
        Card(
            project=one,
            picture=pictures.get(one.pk),
            running=running.get(one.pk),
            next=coming.get(one.pk),
            waiting=saves.get(one.pk, 0) + looks.get(one.pk, 0),
        )
        for one in shown
    ]
