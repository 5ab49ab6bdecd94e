"""What pages ask about how a room is kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from coulisses.lib import places
from coulisses.log import kinds
from coulisses.log.kinds import Fact
from coulisses.manners.kinds import TOPIC
from coulisses.manners.models import Closed, Held, Resting
from coulisses.people import becoming
from coulisses.people import rows as voices
from coulisses.projects import heard, own_waiting
from coulisses.projects.models import Project
from coulisses.ui.heard import pieces as heard_pieces

A_PAGE = 20


@dataclass(frozen=True)
class Waiting:
    """Words that wait for a look: whose, what they say, under which entry, and why they wait."""

    held: Held
    name: str
    words: str
    cue: int | None
    pictures: int


def waiting(project: Project, *, after: str = "", limit: int = A_PAGE) -> tuple[list[Waiting], str]:
    """Return a page of what waits for a look, the oldest first, and the place after it."""
    rows = Held.objects.filter(project=project, refused_at=None)
    found, beyond = places.page(rows, "at", after=after, limit=limit, is_newest_first=False)
    names = voices.names({one.voice_id for one in found})
    return [_waiting(one, names.get(one.voice_id, "")) for one in found], beyond


def waiting_under(project: Project, voice: str, cue: int) -> list[Waiting]:
    """Return what somebody said under an entry and nobody has looked at yet, the oldest first."""
    mine = Held.objects.filter(voice__in=becoming.voices_of(voice), project=project)
    found = mine.filter(refused_at=None).order_by("at", "pk")[:A_PAGE]
    said = [_waiting(one, "") for one in found]
    return [one for one in said if one.cue == cue]


@own_waiting.keeps
def waiting_of(project: Project, voices: Collection[str], kind: str) -> list[Fact]:
    """Return what these voices gave of one kind and nobody has looked at yet, a page at most."""
    mine = Held.objects.filter(voice__in=voices, project=project, kind=kind, refused_at=None)
    return [kinds.read(one.kind, one.body) for one in mine.order_by("at", "pk")[:A_PAGE]]


def count_waiting(project: Project) -> int:
    """Return how many words wait for a look."""
    return Held.objects.filter(project=project, refused_at=None).count()


def resting(project: Project, *, at: datetime) -> list[tuple[Resting, str]]:
    """Return who is asked to rest now, the latest first, a hundred at most, with their names."""
    rows = Resting.objects.filter(project=project).order_by("-at")[:100]
    found = [one for one in rows if one.until is None or one.until > at]
    names = voices.names({one.voice_id for one in found})
    return [(one, names.get(one.voice_id, "")) for one in found]


def acts(
    project: Project,
    *,
    audiences: frozenset[str],
    at: datetime,
    language: str,
    before: int | None,
) -> tuple[list[SafeString], int | None]:
    """Return a page of what was done to keep a room, the newest first, and where it goes on."""
    found = heard.read(
        project,
        audiences=audiences,
        at=at,
        topics=[TOPIC],
        before=before,
        newest_first=True,
        limit=A_PAGE + 1,
    )
    shown = found[:A_PAGE]
    drawn = heard_pieces(project, shown, language=language, audiences=audiences, at=at)
    return drawn, shown[-1].position if len(found) > A_PAGE else None


def closed(project: Project, cues: Collection[int]) -> dict[int, str]:
    """Return which of these entries are closed, each with the reason."""
    rows = Closed.objects.filter(project=project, cue__in=cues)
    return dict(rows.values_list("cue", "reason"))


def _waiting(held: Held, name: str) -> Waiting:
    fact = kinds.read(held.kind, held.body)
    words, cue = getattr(fact, "words", ""), getattr(fact, "cue", None)
    return Waiting(held, name, words, cue, len(fact.shows()))
