"""Whom a notice is for: the account or guest behind a voice, and what they may see."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F
from django.db.models.functions import Coalesce

from coulisses.log import ledger
from coulisses.people.models import Account, Guest, Voice
from coulisses.projects import closed
from coulisses.projects.models import Membership, Project, Role


@dataclass(frozen=True)
class Reader:
    """Somebody who can be told: their voice, and their account unless they are a guest."""

    voice: str
    account: int | None = None


def reader_of(voice: str) -> Reader | None:
    """Return who reads by a voice, or by what it became; None where nobody does any more."""
    return readers([voice]).get(voice)


def readers(voices: Collection[str]) -> dict[str, Reader]:
    """Return who reads by each of these voices, some hundreds, in three queries.

    A guest's that became an account's is that one; left out is whoever is gone. An account may
    go on after its name was taken out, a guest is known by theirs alone.
    """
    rows = Voice.objects.filter(pk__in=voices).annotate(now=Coalesce(F("became"), F("pk")))
    became = dict(rows.values_list("pk", "now"))
    whole = set(became.values())
    accounts = Account.objects.filter(voice__in=whole, is_active=True)
    known = {voice: Reader(voice, pk) for voice, pk in accounts.values_list("voice", "pk")}
    guests = Guest.objects.filter(voice__in=whole - set(known), voice__erased_at=None)
    known |= {voice: Reader(voice) for voice in guests.values_list("voice", flat=True)}
    return {voice: known[now] for voice, now in became.items() if now in known}


def seeing(project: Project, audience: str, asked: Collection[Reader]) -> set[Reader]:
    """Return those who may read what is told a project's audience, in two queries at most."""
    if audience == ledger.PUBLIC:
        return set(asked)
    accounts = [one.account for one in asked if one.account]
    team = Role.objects.filter(studio=project.studio_id, account__in=accounts)
    members = Membership.objects.filter(tier=audience, tier__project=project, account__in=accounts)
    may = {*team.values_list("account", flat=True), *members.values_list("account", flat=True)}
    return {one for one in asked if one.account in may}


def audiences(reader: Reader, projects: Collection[Project]) -> dict[str, frozenset[str]]:
    """Return what somebody may read of each of these projects that they may see, by its id.

    Two queries, however many there are; some more for each whose room is closed.
    """
    studios = {one.studio_id for one in projects}
    roles = Role.objects.filter(account=reader.account, studio__in=studios)
    team = set(roles.values_list("studio", flat=True)) if reader.account else set()
    tiers = Membership.objects.filter(account=reader.account, tier__project__in=projects)
    theirs = list(tiers.values_list("tier__project", "tier")) if reader.account else []
    found: dict[str, frozenset[str]] = {}
    for one in projects:
        if one.studio_id in team:
            found[one.pk] = ledger.EVERYTHING
        elif one.is_raised and one.withdrawn_at is None:
            own = {tier for project, tier in theirs if project == one.pk}
            found[one.pk] = ledger.OUTSIDE | own | _inside(reader, one)
    return found


def _inside(reader: Reader, project: Project) -> set[str]:
    """Return what somebody is told from within a closed room, whichever browser they come by."""
    if not project.is_room_closed:
        return set()
    account = Account.objects.filter(pk=reader.account).first() if reader.account else None
    asker = closed.Asker(account, "" if account else reader.voice)
    return {closed.INSIDE} if closed.is_inside(project, asker) else set()
