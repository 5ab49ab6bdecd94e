"""Finding: `find` returns what a reader may see of what they ask for, the newest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from coulisses.lib.places import PlaceMalformed
from coulisses.lib.refusals import require
from coulisses.lib.text import number
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.people.models import Account
from coulisses.projects import viewers
from coulisses.projects.models import Membership, Project, Role, Studio
from coulisses.search import asking, feeding, placing, rows, texts, within, words
from coulisses.search.asking import Asked
from coulisses.search.placing import Piece
from coulisses.search.rows import Between
from coulisses.ui import headlines

LENGTH = 20
A_READ = 60  # slips read at once
STRETCHES = (500, 2_000, 8_000)  # slips of a list that one request looks through, one by one
MOST_CIRCLES = 200  # of a reader


@dataclass(frozen=True)
class Wish:
    """What is looked for: words as they were typed, where, of which kinds, between which days.

    `place` is a project or a studio that the reader may know of; None is the whole house. `kinds`
    are topics of entries, none for all. Both days are included.
    """

    typed: str
    place: Project | Studio | None = None
    kinds: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Hit:
    """An entry that was found: its title and a stretch of its words, what was looked for marked.

    `file` is the one that the stretch stands in, where it stands in one.
    """

    project: Project
    entry: Entry
    title: Sequence[Piece]
    excerpt: Sequence[Piece]
    file: str = ""

    @property
    def address(self) -> str:
        """Where the entry stands, from the house's root."""
        return f"{self.project.path}{self.entry.position}"


@dataclass(frozen=True)
class Page:
    """Hits, the newest first; `next` is where the page after it begins, empty after the last.

    `is_whole` is false where one request has looked far enough and found less than a page: there
    may be more before `looked_to`.
    """

    asked: Asked
    hits: Sequence[Hit] = ()
    next: str = ""
    is_whole: bool = True

    @property
    def looked_to(self) -> datetime | None:
        """Up to when this page has looked, where it goes on."""
        return feeding.EPOCH + timedelta(microseconds=int(self.next)) if self.next else None


@dataclass(frozen=True)
class Eyes:
    """What somebody may find: what their circles may read, and all of some projects."""

    audiences: frozenset[str]
    studios: frozenset[str] = frozenset()
    watched: frozenset[str] = frozenset()

    def condition(self) -> tuple[str, list[Any]]:
        """Return the same as a condition on a slip `s`, and its values."""
        said = f"(s.is_shown and s.audience in ({_places(self.audiences)})"
        said += f" or s.studio in ({_places(self.studios)})" if self.studios else ""
        said += f" or s.project_id in ({_places(self.watched)})" if self.watched else ""
        return f"{said})", [*self.audiences, *self.studios, *self.watched]

    def of(self, project: Project) -> frozenset[str]:
        """Return the audiences that they belong to in a project; none where it is hidden."""
        if project.studio_id in self.studios or project.pk in self.watched:
            return ledger.EVERYTHING
        return self.audiences if feeding.is_shown(project) else frozenset()


def find(wish: Wish, *, user: Any, after: str = "", of: Studio | None = None) -> Page:
    """Return a page of what somebody (None: a passer-by) may see of what they wish.

    `after` is the `next` of the page before. With `of`, they are a passer-by in all other studios.
    Raises PlaceMalformed.
    """
    asked = asking.read(wish.typed)
    between = _between(wish, after)
    if not asked.wanted:
        return Page(asked)
    eyes = eyes_of(user, of=of)
    found, rest = _gather(wish, asked, eyes, between)
    hits = _hits(found[:LENGTH], asked, eyes)
    if len(found) > LENGTH:
        return Page(asked, hits, str(found[LENGTH - 1].slip))
    return Page(asked, hits, str(rest) if rest else "", is_whole=not rest)


def eyes_of(user: Any, *, of: Studio | None = None) -> Eyes:
    """Return what a request's user may find; with `of`, by what they are in that studio alone."""
    watched = viewers.watched(user, Project.objects.all()).values_list("pk", flat=True)
    watches = frozenset(watched) if getattr(user, "watches", ()) else frozenset[str]()
    if not (isinstance(user, Account) and user.is_active):
        return Eyes(ledger.OUTSIDE, watched=watches)
    circles, roles = Membership.objects.filter(account=user), Role.objects.filter(account=user)
    if of:
        circles, roles = circles.filter(tier__project__studio=of), roles.filter(studio=of)
    studios = roles.values_list("studio_id", flat=True)
    tiers = circles.order_by("-pk")[:MOST_CIRCLES].values_list("tier_id", flat=True)
    return Eyes(ledger.OUTSIDE | set(tiers), frozenset(studios), watches)


@dataclass(frozen=True)
class _Found:
    slip: int
    project: str
    position: int


def _gather(
    wish: Wish, asked: Asked, eyes: Eyes, between: Between
) -> tuple[list[_Found], int | None]:
    """Return one more than a page, and where to look on if looking stopped before the end."""
    lists = [*map(words.number, asked.words), *_marks(wish)]
    walked = rows.rarest(lists, between)
    found = list[_Found]()
    for count in STRETCHES:
        lower = rows.floor(walked, between, count)
        stretch = between if lower is None else replace(between, since=lower)
        for one in _walk(wish, asked, eyes, stretch, lists, walked):
            found.append(one)
            if len(found) > LENGTH:
                return found, None
        if lower is None:
            return found, None
        between = replace(between, before=lower)
    return found, between.before


def _walk(
    wish: Wish, asked: Asked, eyes: Eyes, between: Between, lists: Sequence[int], walked: int
) -> Iterator[_Found]:
    having = [one for one in lists if one != walked]
    lacking = [words.number(one[0]) for one in asked.unwanted if len(one) == 1]
    together = [[words.number(one) for one in phrase] for phrase in asked.phrases]
    apart = [[words.number(one) for one in phrase] for phrase in asked.unwanted if len(phrase) > 1]
    condition, values = eyes.condition()
    if len(wish.kinds) > 1:
        condition += f" and s.topic in ({_places(wish.kinds)})"
        values += wish.kinds
    while True:
        read = list(rows.walk(walked, between, having=having, lacking=lacking,
                              seen=(condition, values), limit=A_READ))  # fmt: skip
        for slip, project, position, kept in read:
            is_said = all(rows.holds(kept, one) for one in together)
            if is_said and not any(rows.holds(kept, one) for one in apart):
                yield _Found(slip, project, position)
        if len(read) < A_READ:
            return
        between = replace(between, before=read[-1][0])


def _marks(wish: Wish) -> Iterator[int]:
    """Yield the lists, besides those of words, in which all that is wished for stands."""
    if isinstance(wish.place, Project):
        yield rows.mark("project", wish.place.pk)
    elif wish.place:
        yield rows.mark("studio", wish.place.pk)
    if len(wish.kinds) == 1:
        yield rows.mark("kind", wish.kinds[0])


def _hits(found: Sequence[_Found], asked: Asked, eyes: Eyes) -> list[Hit]:
    """Read what was found from the logs: the index only says where it stands."""
    named = {one.project for one in found}
    shown = Project.objects.select_related("studio", "work").filter(pk__in=named)
    projects = {one.pk: one for one in shown}
    audiences = {one.work_id: eyes.of(one) for one in projects.values()}
    places = [(projects[one.project].work_id, one.position) for one in found]
    read = ledger.pick(places, audiences=audiences)
    met = [
        (projects[one.project], *read[place])
        for one, place in zip(found, places, strict=True)
        if place in read and not read[place][0].is_shredded
    ]
    files = within.Files([(project, entry) for project, entry, _sequels in met])
    return [_hit(*one, asked, files) for one in met]


def _hit(
    project: Project, entry: Entry, sequels: Sequence[Entry], asked: Asked, files: within.Files
) -> Hit:
    title = headlines.said(entry, sequels)
    told = texts.of(entry.fact, feeding.anew(entry, sequels))
    rest = [one for one in told if one.said != title]
    best = max(rest, key=lambda one: min(len(placing.spans(one.said, asked)), 3), default=None)
    if any(not _is_told(phrase, told) for phrase in asked.wanted):
        best = files.best(project, entry, asked) or best
    stretch = placing.excerpt(best.said, asked) if best else []
    return Hit(project, entry, placing.marked(title, asked), stretch, best.of if best else "")


def _is_told(phrase: asking.Phrase, told: Sequence[texts.Text]) -> bool:
    return any(placing.count(one.said, Asked((phrase,))) for one in told)


def _between(wish: Wish, after: str) -> Between:
    reached = number(after) if after else rows.GREATEST
    require(reached is not None, PlaceMalformed, value=after[:40])
    assert reached is not None
    since = _micros(wish.since) if wish.since else -rows.GREATEST
    until = _micros(wish.until + timedelta(days=1)) if wish.until else rows.GREATEST
    return Between(since, min(reached, until))


def _micros(on: date) -> int:
    """Return when a day begins in the house's time zone, in microseconds since 1970."""
    begins = timezone.make_aware(datetime.combine(on, time()))
    return (begins - feeding.EPOCH) // timedelta(microseconds=1)


def _places(values: Sequence[Any] | frozenset[Any]) -> str:
    return ", ".join(["%s"] * len(values)) or "null"
