"""What pages ask of credits: who stands there in each role, in the order in which they came."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q, QuerySet

from coulisses.credits import handing
from coulisses.credits.models import Consent, Credit, Gathered, Held
from coulisses.credits.refusals import CreditNotFound
from coulisses.lib import places
from coulisses.lib.places import GREATEST
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.people.models import Account
from coulisses.projects import closed, signals
from coulisses.projects.credited import ROLES
from coulisses.projects.models import Project

TOLD = "maker"  # the role of those who told the work: of a closed room nobody else is named
A_ROLE = 60  # names of one role on the page of all
A_PAGE = 300  # on the page of one role
MOST_EXPORTED = 10_000  # lines


@dataclass(frozen=True)
class Line:
    """Somebody in a role; `place` is the address of what they did, "" where none is known."""

    number: int
    name: str
    words: str
    place: str
    voice: str


@dataclass(frozen=True)
class Section:
    """Those of one role, in order of appearance; `more` is the place after them, "" at the end."""

    role: str
    lines: list[Line]
    more: str


def roll(project: Project, *, audiences: frozenset[str]) -> list[Section]:
    """Return every role that somebody stands in, with the first of them."""
    sections = [section(project, role, audiences=audiences, limit=A_ROLE) for role in ROLES]
    return [one for one in sections if one.lines]


def section(
    project: Project, role: str, *, audiences: frozenset[str], after: str = "", limit: int = A_PAGE
) -> Section:
    """Return those of a role after a place. Raises PlaceMalformed."""
    rows = shown(project, audiences).filter(role=role).select_related("voice")
    found, more = places.page(rows, "at", after=after, limit=limit, is_newest_first=False)
    lines, known = [], set[str]()
    for row in found:
        voice = row.voice_id or ""
        if not voice or voice not in known:
            known.add(voice)
            lines.append(_line(project, row))
    return Section(role, lines, more)


def shown(project: Project, audiences: frozenset[str]) -> QuerySet[Credit]:
    """Return the lines that a reader with these audiences sees: of a closed room, its makers'."""
    rows = Credit.objects.filter(project=project, has_name=True, is_out=False)
    rows = rows.filter(~Q(alias="") | Q(voice__is_named=True))
    if closed.hides(project, audiences):
        rows = rows.filter(role=TOLD)
    return rows if audiences is ledger.EVERYTHING else rows.filter(audience__in=audiences)


@signals.of("credits")
def moved(project: Project, audiences: frozenset[str], since: datetime) -> Any:
    """Return the number of the newest line that a reader sees, where lines were gathered since."""
    if not Gathered.objects.filter(project=project, at__gt=since).exists():
        return 0
    return shown(project, audiences).aggregate(newest=Max("pk"))["newest"] or 0


def people(project: Project, *, audiences: frozenset[str]) -> list[tuple[Line, list[str]]]:
    """Return everybody with their roles, in order of appearance; MOST_EXPORTED lines at most."""
    rows = shown(project, audiences).select_related("voice").order_by("at", "pk")[:MOST_EXPORTED]
    found: dict[str, tuple[Line, list[str]]] = {}
    for row in rows:
        _one, roles = found.setdefault(row.voice_id or f"~{row.pk}", (_line(project, row), []))
        roles += [row.role] if row.role not in roles else []
    return list(found.values())


def has_others(project: Project, *, audiences: frozenset[str]) -> bool:
    """Whether somebody beside the team stands in the credits that a reader sees."""
    team = Account.objects.filter(roles__studio=project.studio_id).values("voice")
    beside = shown(project, audiences).exclude(role="maker")
    return beside.filter(Q(voice=None) | ~Q(voice__in=team)).exists()


def find(project: Project, number: int) -> Credit:
    """Return a line of a project's credits, out or not. Raises CreditNotFound."""
    rows = Credit.objects.select_related("voice", "project__studio")
    found = rows.filter(project=project, pk=number).first() if number <= GREATEST else None
    require(found, CreditNotFound)
    assert found
    return found


def taken_out(project: Project, *, limit: int = A_ROLE) -> list[Credit]:
    """Return the lines that were taken out, the latest first."""
    rows = Credit.objects.filter(project=project, is_out=True).select_related("voice")
    return list(rows.order_by("-pk")[:limit])


def consent(project: Project, voice: str) -> Consent | None:
    """Return how somebody chose to be named here, or else everywhere."""
    rows = Consent.objects.filter(voice=voice)
    return rows.filter(project=project).first() or rows.filter(project=None).first()


def place_held(project: Project, voice: str, *, at: datetime) -> Held | None:
    """Return the place that is held for a voice and not taken yet."""
    rows = Held.objects.filter(project=project, voice=voice, taken_at=None, until__gt=at)
    held = rows.select_related("by__voice").first() if voice else None
    return held if held and not handing.is_accepted(held) else None


def _line(project: Project, row: Credit) -> Line:
    name = row.alias or (row.voice.name if row.voice else "")
    place = f"{project.path}{row.place}" if row.place else ""
    return Line(row.pk, name, row.words, place, row.voice_id or "")
