"""What a host's pages ask: counts, ideas with all that was said of them, the next phase."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from coulisses.brainstorms import queries, rows, silence
from coulisses.brainstorms.models import Brainstorm, Idea
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people import rows as people
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
    """Return the counts, in two queries; three in a silent round."""
    voices, ideas, families, voters = rows.counts(of.project_id)
    waiting = keeping.hands().count_waiting(of.project)
    return Counts(
        voices=voices,
        ideas=ideas,
        families=families,
        waiting=waiting,
        voters=voters,
        unheard=silence.written(of).count() + waiting if of.is_silent else 0,
    )


def latest(of: Brainstorm, *, limit: int = LATEST) -> list[Line]:
    """Return the newest ideas, those that were taken down among them."""
    return lines(of, list(_standing(of).order_by("-position")[:limit]))


def by_dots(of: Brainstorm, *, after: str = "") -> tuple[list[Line], str]:
    """Return a page of ideas, the one with the most dots first, and the place after it ("": none).

    What was taken down is left out of it. Raises PlaceMalformed.
    """
    ideas, older = queries.by_dots(_standing(of), after=after, limit=A_PAGE)
    return [one for one in lines(of, ideas) if one.hidden is None], older


def lines(of: Brainstorm, ideas: Sequence[Idea]) -> list[Line]:
    """Return ideas with what was said of them, in the same order, in a constant number of queries.

    Those whose words are gone are left out.
    """
    if not ideas:
        return []
    places = [one.position for one in ideas]
    told = _told(of, [*places, *(one.settled_position for one in ideas)])
    beside = rows.beside(of.project_id, places)
    hidden = {at: one.hidden for at, one in beside.items() if one.hidden is not None}
    acts = _hidden_by(of, hidden)
    nameless = {
        one.voice for one in ideas if one.position in beside and not beside[one.position].name
    }
    names = named(of, set(acts.values())) | _masked(of, nameless)
    return [
        Line(
            idea=one,
            words=told[one.position].words,
            name=beside[one.position].name or names.get(one.voice, ""),
            hidden=hidden.get(one.position),
            hidden_by=names.get(acts.get(one.position, ""), ""),
            family=beside[one.position].family,
            why=getattr(told.get(one.settled_position), "words", ""),
            taken_by=getattr(told.get(one.settled_position), "taken_by", ""),
            others=beside[one.position].others,
        )
        for one in ideas
        if one.position in told and one.position in beside
    ]


def named(of: Brainstorm, asked: set[str]) -> dict[str, Any]:
    """Return what voices are called here, by their names or the numbers of their masks."""
    names: dict[str, Any] = dict(people.names(asked))
    return names | _masked(of, {one for one in asked if not names.get(one)})


def _masked(of: Brainstorm, voices: set[str]) -> dict[str, Any]:
    return {voice: one.name for voice, one in pseudonyms.of(of.project, voices).items()}


def _standing(of: Brainstorm) -> QuerySet[Idea]:
    return Idea.objects.filter(project=of.project, is_gone=False, into=0)


def _told(of: Brainstorm, places: Sequence[int]) -> dict[int, Any]:
    asked = sorted({one for one in places if one})
    told = heard.read(of.project, audiences=ledger.EVERYTHING, at=timezone.now(), positions=asked)
    return {one.position: one.fact for one in told if not one.is_shredded}


def _hidden_by(of: Brainstorm, places: Mapping[int, str]) -> dict[int, str]:
    """Return by which voice each of these was taken down last."""
    acts = Entry.objects.filter(log=of.project.room_id, kind="word.hidden", about__in=list(places))
    told = acts.order_by("position").values_list("about", "by") if places else []
    return {about or 0: by for about, by in told}
