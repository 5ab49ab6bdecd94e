"""The hands by which a room is kept, for pages of other rooms: `projects.keeping.Hands`."""

import re
from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from coulisses.lib.refusals import require
from coulisses.log import kinds
from coulisses.manners import gates, rules
from coulisses.manners.models import Held, Manners, Resting
from coulisses.manners.queries import count_waiting as count_waiting
from coulisses.manners.refusals import NothingWaits
from coulisses.people import rows as voices
from coulisses.projects import heard
from coulisses.projects.keeping import Waiting
from coulisses.projects.models import Project

IDEA = "idea.thrown"
SLOWEST = 900  # seconds
DOUBTFUL = re.compile(r"https?://|www\.|\]\(|@|(?:\d[\s.()/-]*){7}", re.IGNORECASE)


def waiting(project: Project, *, limit: int) -> list[Waiting]:
    """Return what waits for a look, the oldest first."""
    rows = Held.objects.filter(project=project, refused_at=None).order_by("at", "pk")[:limit]
    names = voices.names({one.voice_id for one in rows})
    return [_waiting(one, names.get(one.voice_id, "")) for one in rows]


@transaction.atomic
def show(project: Project, numbers: Collection[int], *, at: datetime) -> int:
    """Let what waits be heard, in the order in which it came; what is gone is left out.

    Ideas come first: they hold their brainstorm before the room, as whoever throws does.
    """
    rows = Held.objects.filter(project=project, pk__in=numbers, refused_at=None)
    found = list(rows.order_by("at", "pk"))
    for one in sorted(found, key=lambda one: one.kind != IDEA):
        one.project = project
        rules.release(one, at=at)
    return len(found)


def refuse(project: Project, number: int, *, reason: str, by: str, at: datetime) -> None:
    """Say that words which waited are not shown. Raises ReasonNeeded, NothingWaits."""
    found = Held.objects.filter(project=project, pk=number, refused_at=None).first()
    require(found, NothingWaits)
    assert found
    found.project = project
    rules.refuse(found, reason=reason, by=by, at=at)
    heard.stir(project)


def hide(
    project: Project,
    position: int,
    *,
    reason: str,
    by: str,
    at: datetime,
    rest_hours: int | None = None,
) -> None:
    """Hide words, and ask whoever said them to rest, if for hours. Raises as `rules.hide`."""
    rules.hide(project, position, reason=reason, by=by, at=at, rest_hours=rest_hours)


def restore(project: Project, position: int, *, by: str, at: datetime) -> None:
    """Show hidden words again. Raises NotSaid."""
    rules.restore(project, position, by=by, at=at)


def hush(project: Project, voice: str, *, hours: int, reason: str, by: str, at: datetime) -> None:
    """Ask a voice to rest. Raises ReasonNeeded, TeamSpeaksFreely."""
    rules.ask_to_rest(project, voice, hours=hours, reason=reason, by=by, at=at)


def sent_away(project: Project) -> set[str]:
    """Return the voices that were asked to rest for good."""
    asked = Resting.objects.filter(project=project, until=None)
    return set(asked.values_list("voice", flat=True))


def pace(project: Project) -> int:
    """Return how many seconds pass between two words of one voice."""
    return gates.of(project).slow


def slow_to(project: Project, seconds: int) -> None:
    """Have so many seconds pass between two words of one voice, a quarter of an hour at most."""
    slow = min(max(seconds, 0), SLOWEST)
    Manners.objects.update_or_create(project=project, defaults={"slow": slow})
    heard.stir(project)


def _waiting(held: Held, name: str) -> Waiting:
    words = str(getattr(kinds.read(held.kind, held.body), "words", ""))
    return Waiting(held.pk, name, words, held.at, not DOUBTFUL.search(words))
