"""Where somebody's name may stand in words: their entries, and what their studios are called."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import transaction

from coulisses.capture.models import Author
from coulisses.log import ledger
from coulisses.log.models import Entry, exact
from coulisses.people import rules as people
from coulisses.people.models import Account, Voice
from coulisses.projects.models import Project, Role, Studio

MOST_READ = 1000  # entries of one project that are looked through, the newest
MOST_PROJECTS = 50
MOST_SHOWN = 100
SHORTEST = 3  # letters of a part of a name that is looked for


@dataclass(frozen=True)
class Trace:
    """An entry of somebody's own in which their name may stand."""

    project: Project
    position: int
    words: str
    may_shred: bool


@dataclass(frozen=True)
class Traces:
    """Where a name may stand in words; `contributors` are voices of captures that bear it too."""

    entries: list[Trace] = field(default_factory=list)
    studios: list[Studio] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    contributors: list[Voice] = field(default_factory=list)


def find(account: Account) -> Traces:
    """Return where an account's name or address may stand in words."""
    looked_for = _pattern(account)
    if looked_for is None:
        return Traces()
    roles = {role.studio_id: role for role in _roles(account)}
    studios = [role.studio for role in roles.values()]
    projects = Project.objects.filter(studio__in=studios).select_related("studio")
    return Traces(
        entries=list(islice(_entries(account, looked_for, roles), MOST_SHOWN)),
        studios=[one for one in studios if looked_for.search(f"{one.name} {one.slug}")],
        projects=[
            one
            for one in projects.order_by("-stirred_at")[:MOST_PROJECTS]
            if looked_for.search(f"{one.title} {one.line} {one.slug}")
        ],
        contributors=_contributors(account, studios),
    )


@transaction.atomic
def take_name_out(account: Account, *, and_contributors: bool, at: datetime) -> None:
    """Take an account's name out of everything, and those of contributors that are the same."""
    if and_contributors:
        studios = [role.studio for role in _roles(account)]
        for voice in _contributors(account, studios):
            people.erase_name(voice, at=at)
    people.erase_name(account.voice, at=at)


def _entries(
    account: Account, looked_for: re.Pattern[str], roles: dict[str, Role]
) -> Iterator[Trace]:
    for log in ledger.logs_of(account.voice_id)[:MOST_PROJECTS]:
        project = Project.objects.select_related("studio").filter(work=log).first()
        if project is None:
            continue
        role = roles.get(project.studio_id)
        told = ledger.by_voice(log, account.voice_id, limit=MOST_READ, newest_first=True)
        for entry in told:
            if not entry.is_shredded and looked_for.search(_words(entry)):
                may_shred = role is not None and role.role == "owner"
                yield Trace(project, entry.position, entry.fact.headline(), may_shred)


def _words(entry: Entry) -> str:
    return exact(entry.sealed.content).decode(errors="replace")


def _contributors(account: Account, studios: list[Studio]) -> list[Voice]:
    """Return the voices of captures called the same, where this account is a maker."""
    made = Role.objects.filter(account=account, studio__in=studios, role__in=["owner", "maker"])
    theirs = Author.objects.filter(project__studio__in=made.values("studio"))
    same = Voice.objects.filter(pk__in=theirs.values("voice"), name=account.voice.name)
    return list(same[:MOST_SHOWN]) if account.voice.name else []


def _roles(account: Account) -> list[Role]:
    return list(Role.objects.filter(account=account).select_related("studio").order_by("pk"))


def _pattern(account: Account) -> re.Pattern[str] | None:
    name = account.voice.name.strip()
    parts = [one for one in name.split() if len(one) >= SHORTEST]
    wanted = {one for one in [name, *parts, account.email or ""] if one}
    if not wanted:
        return None
    either = "|".join(re.escape(one) for one in sorted(wanted, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE)
