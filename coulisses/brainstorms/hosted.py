"""What a host's pages ask: counts, ideas with all that was said of them, the next phase."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from coulisses.brainstorms import queries, silence
from coulisses.brainstorms.models import Brainstorm, Family, Idea, Mask, Purse
from coulisses.log.models import Entry
from coulisses.people import rows as voices
from coulisses.projects import heard, keeping, pseudonyms

A_LOOK = 20  # words that wait, shown at once
LATEST = 12  # ideas that the console shows
A_PAGE = 50  # ideas of one page of settling


@dataclass(frozen=True)
class Counts:
    """How many take part, and what there is. `unheard` were written in a silent
    round; those that wait for a look are among them."""

    voices: int
    ideas: int
    families: int
    waiting: int
    voters: int
    unheard: int


@dataclass(frozen=True)
class Line:
    """An idea as a host reads it. `hidden` is why it was taken down, None where it stands.

    `hidden_by` is who did.
    """

    idea: Idea
    words: str
    name: Any
    hidden: str | None
    hidden_by: Any
    family: str
    why: str
    taken_by: str
    others: int

    @property
    def position(self) -> int:
        """Its position in the room."""
        return self.idea.position


def counts(of: Brainstorm) -> Counts:
    """Return the counts, in a constant number of queries."""
    ideas = Idea.objects.filter(project=of.project, is_gone=False)
    threw = ideas.order_by().values("voice")
    purses = Purse.objects.filter(project=of.project)
    masked = Mask.objects.filter(project=of.project, mask__in=threw).values("voice")
    waiting = keeping.hands().count_waiting(of.project)
    only_voted = purses.exclude(voice__in=threw).exclude(voice__in=masked)
    return Counts(
        voices=threw.distinct().count() + only_voted.count(),
        ideas=queries.standing(of.project).count(),
        families=Family.objects.filter(project=of.project).count(),
        waiting=waiting,
        voters=purses.filter(spent__gt=0).count(),
        unheard=silence.written(of).count() + waiting if of.is_silent else 0,
    )


def latest(of: Brainstorm, *, limit: int = LATEST) -> list[Line]:
    """Return the newest ideas, those that were taken down among them."""
    return lines(of, list(_standing(of).order_by("-position")[:limit]))


def by_dots(of: Brainstorm, *, start: int = 0) -> tuple[list[Line], int]:
    """Return a page of ideas, those with the most dots first, and where the next begins; 0: none.

    What was taken down is left out of it.
    """
    rows = list(_standing(of).order_by("-dots", "position")[start : start + A_PAGE + 1])
    found = [one for one in lines(of, rows[:A_PAGE]) if one.hidden is None]
    return found, start + A_PAGE if len(rows) > A_PAGE else 0


def lines(of: Brainstorm, ideas: Sequence[Idea]) -> list[Line]:
    """Return ideas with what was said of them, in the same order, in a constant number of queries.

    Those whose words are gone are left out.
    """
    if not ideas:
        return []
    places = [one.position for one in ideas]
    told = _told(of, [*places, *(one.settled_position for one in ideas)])
    hidden = heard.hidden(of.project, places)
    acts = _hidden_by(of, hidden)
    names = named(of, {one.voice for one in ideas} | set(acts.values()))
    families = dict(Family.objects.filter(project=of.project).values_list("position", "name"))
    same = _same(of, places)
    return [
        Line(
            idea=one,
            words=told[one.position].words,
            name=names.get(one.voice, ""),
            hidden=hidden.get(one.position),
            hidden_by=names.get(acts.get(one.position, ""), ""),
            family=families.get(one.family, ""),
            why=getattr(told.get(one.settled_position), "words", ""),
            taken_by=getattr(told.get(one.settled_position), "taken_by", ""),
            others=same.get(one.position, 0),
        )
        for one in ideas
        if one.position in told
    ]


def named(of: Brainstorm, asked: set[str]) -> dict[str, Any]:
    """Return what voices are called here, by their names or the numbers of their masks."""
    names: dict[str, Any] = dict(voices.names(asked))
    nameless = {one for one in asked if not names.get(one)}
    return names | {voice: one.name for voice, one in pseudonyms.of(of.project, nameless).items()}


def _standing(of: Brainstorm) -> QuerySet[Idea]:
    return Idea.objects.filter(project=of.project, is_gone=False, into=0)


def _told(of: Brainstorm, places: Sequence[int]) -> dict[int, Any]:
    asked = Entry.objects.filter(
        log=of.project.room_id, position__in=[one for one in places if one]
    )
    return {one.position: one.fact for one in asked.select_related("sealed") if not one.is_shredded}


def _same(of: Brainstorm, places: Sequence[int]) -> dict[int, int]:
    """Return how many ideas each of these stands for beside itself."""
    found: dict[int, int] = {}
    merged = Idea.objects.filter(project=of.project, into__in=places, into__gt=0, is_gone=False)
    for into in merged.values_list("into", flat=True):
        found[into] = found.get(into, 0) + 1
    return found


def _hidden_by(of: Brainstorm, places: Mapping[int, str]) -> dict[int, str]:
    """Return by which voice each of these was taken down last."""
    acts = Entry.objects.filter(log=of.project.room_id, kind="word.hidden", about__in=list(places))
    told = acts.order_by("position").values_list("about", "by") if places else []
    return {about or 0: by for about, by in told}
