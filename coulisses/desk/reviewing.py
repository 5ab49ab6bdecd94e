"""What a curtain is about to show: a rehearsal as its owner looks it over, however long it is."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count
from django.utils.safestring import SafeString

from coulisses.capture import queries as capture
from coulisses.capture.models import Author, Hook, Piece, PieceVersion, Waiting
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people import rows as voices
from coulisses.projects import striking
from coulisses.projects.models import Project, Role, Struck, Tier, Token
from coulisses.ui import entries, words

A_PAGE = 20
MOST_NAMES = 60
MOST_HELD = 200  # entries of which it is said what was held back
MOST_FILES = 5_000  # of which it is looked in which folder they stand
MOST_FOLDERS = 30
SHOWS = ("held", "members", "struck")

# A fact's fields are spelled one way, and what somebody typed cannot spell this: it holds quotes.
HELD = b'"held":[{'
WITH_HELD = """
    select entry.position from log_entry as entry
        join log_sealed as sealed on sealed.entry_id = entry.id
    where entry.log_id = %s and entry.topic = 'capture' and {found}
    order by entry.position desc limit %s"""
FOUND = {
    "sqlite": "instr(sealed.content, %s) > 0",
    "postgresql": "position(%s in sealed.content) > 0",
}

SOURCES = {"git": "git:", "folder": "file:", "forge": "hook:", "upload": "upload:"}


@dataclass(frozen=True)
class Told:
    """What will be public: how many entries of each kind, and the days of the first and the last.

    `count` is of all that have their words; `members` of those that only members will read.
    """

    count: int
    by_kind: list[tuple[str, int]]
    members: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True)
class Names:
    """Who appears: the team, and the hands that the maker's files know; so many, some named."""

    team: list[str]
    contributors: list[str]
    count: int


@dataclass(frozen=True)
class Held:
    """What an entry keeps back: the files, and why."""

    position: int
    files: list[dict[str, str]]


@dataclass(frozen=True)
class Aside:
    """What nobody will see: held back on the maker's machine, waiting, or dropped."""

    held: list[Held]
    waiting: int
    dropped: int


@dataclass(frozen=True)
class Doors:
    """What is open to programs: which sources and folders were read, which tokens and hooks are."""

    sources: list[str]
    folders: list[tuple[str, int]]
    tokens: list[Token]
    hooks: list[Hook]


@dataclass(frozen=True)
class Item:
    """An entry as it will be seen, and whether it goes before that. Some cannot be taken out."""

    position: int
    html: SafeString
    tier: str
    is_struck: bool
    may_go: bool


@dataclass(frozen=True)
class Page:
    """Some entries, newest first; `older` is the place where the next page begins."""

    items: list[Item]
    older: int | None
    show: str


@dataclass(frozen=True)
class Review:
    """All that an owner should know before the curtain rises; `struck` counts what goes."""

    told: Told
    names: Names
    aside: Aside
    doors: Doors
    struck: int


def read(project: Project) -> Review:
    """Return a rehearsal's review, in a constant number of queries."""
    return Review(
        told=_told(project),
        names=_names(project),
        aside=_aside(project),
        doors=_doors(project),
        struck=Struck.objects.filter(project=project).count(),
    )


def page(project: Project, *, before: int | None, show: str, language: str, at: datetime) -> Page:
    """Return entries before a position, newest first: all, or those that `show` names."""
    known: list[Any] = ledger.read(
        project.work,
        audiences=ledger.EVERYTHING,
        at=at,
        before=before,
        positions=_positions(project, show),
        newest_first=True,
        limit=A_PAGE + 1,
    )
    shown = [one for one in known[:A_PAGE] if isinstance(one, Entry)]
    around = entries.look_around(project, shown, audiences=ledger.EVERYTHING, at=at)
    tiers = dict(Tier.objects.filter(project=project).values_list("pk", "name"))
    places = [one.position for one in shown]
    struck = Struck.objects.filter(project=project, position__in=places)
    gone = set(struck.values_list("position", flat=True))
    items = [
        Item(
            position=one.position,
            html=entries.card(project, one, around, language=language),
            tier=tiers.get(one.audience, ""),
            is_struck=one.position in gone,
            may_go=striking.may_go(one),
        )
        for one in shown
    ]
    return Page(items, shown[-1].position if len(known) > A_PAGE else None, show)


def _positions(project: Project, show: str) -> Collection[int] | None:
    if show == "held":
        return _with_held(project)
    if show == "struck":
        return striking.doomed(project)
    if show == "members":
        theirs = Entry.objects.filter(log=project.work_id).exclude(audience=ledger.PUBLIC)
        return list(theirs.order_by("-position").values_list("position", flat=True)[:MOST_HELD])
    return None


def _told(project: Project) -> Told:
    standing = Entry.objects.filter(log=project.work_id, sealed__isnull=False)
    counts = Counter[str]()
    for topic, count in standing.values_list("topic").annotate(Count("pk")):
        counts[topic] += count
    by_kind = [(words.kind(topic), count) for topic, count in counts.most_common() if topic]
    loud = standing.exclude(topic="").order_by("happened_at")
    first, last = loud.first(), loud.last()
    return Told(
        count=sum(count for topic, count in counts.items() if topic),
        by_kind=by_kind,
        members=standing.exclude(audience=ledger.PUBLIC).count(),
        first=first.happened_at if first else None,
        last=last.happened_at if last else None,
    )


def _names(project: Project) -> Names:
    roles = Role.objects.filter(studio=project.studio_id).order_by("pk")
    team = list(roles.values_list("account__voice_id", flat=True)[:MOST_NAMES])
    named = voices.names(team)
    authors = Author.objects.filter(project=project)
    hands = authors.exclude(voice__name="").order_by("voice__name")
    return Names(
        team=[named[voice] for voice in team if voice in named],
        contributors=list(hands.values_list("voice__name", flat=True)[:MOST_NAMES]),
        count=authors.count(),
    )


def _aside(project: Project) -> Aside:
    known = ledger.read(
        project.work,
        audiences=ledger.EVERYTHING,
        at=project.opened_at,
        positions=_with_held(project),
        newest_first=True,
    )
    held = [
        Held(one.position, getattr(one.fact, "held", [])) for one in known if isinstance(one, Entry)
    ]
    dropped = Waiting.objects.filter(project=project, is_dropped=True).count()
    return Aside(held, capture.count_waiting(project), dropped)


def _with_held(project: Project) -> list[int]:
    """Return the newest entries that say that something is held back."""
    with connection.cursor() as cursor:
        query = WITH_HELD.format(found=FOUND[connection.vendor])
        cursor.execute(query, [project.work_id, HELD, MOST_HELD])
        return [position for (position,) in cursor.fetchall()]


def _doors(project: Project) -> Doors:
    versions = PieceVersion.objects.filter(project=project)
    sources = [
        name for name, mark in SOURCES.items() if versions.filter(version__startswith=mark).exists()
    ]
    paths = Piece.objects.filter(project=project, is_current=True).values_list("path", flat=True)
    folders = Counter(path.rpartition("/")[0].partition("/")[0] for path in paths[:MOST_FILES])
    tokens = Token.objects.filter(studio=project.studio_id).select_related("account__voice")
    return Doors(
        sources=sources,
        folders=folders.most_common(MOST_FOLDERS),
        tokens=list(tokens.order_by("-created_at")[:MOST_NAMES]),
        hooks=list(Hook.objects.filter(project=project).order_by("opened_at")),
    )
