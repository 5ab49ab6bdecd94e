"""Slots: where a room may put something under another's card, or beside it, in one query a page.

Whoever fills a slot is given all entries of a page at once. What it says to a passer-by is the same
for all of them: such pages are kept as bytes, so it holds no token (see `sent_here`) and nothing
of one person. It is HTML in the reader's language.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from coulisses.log.models import Entry
from coulisses.people.acting import NOBODY, Actor
from coulisses.projects import state
from coulisses.projects.models import Project
from coulisses.projects.sight import Sight


@dataclass(frozen=True)
class Reader:
    """Who reads a page: who they are, what they see, in which language, and when.

    `is_full` says that one entry stands alone on its page.
    """

    sight: Sight
    language: str
    at: datetime
    actor: Actor = NOBODY
    is_full: bool = False


@dataclass(frozen=True)
class Stretch:
    """A session: the entry that speaks of it, and its hours; `ended_at` None: it runs."""

    cue: int
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class OnStage:
    """HTML for the poster of a stage, below its line, and for its middle."""

    poster: SafeString
    middle: SafeString


NOTHING = OnStage(mark_safe(""), mark_safe(""))
Under = Callable[[Project, Sequence[Entry], Reader], Mapping[int, SafeString]]
Beside = Callable[[Project, Reader], SafeString]

OnPoster = Callable[[Project, Reader], OnStage]
During = Callable[[Project, Stretch, Reader], SafeString]
InBar = Callable[[HttpRequest], SafeString]
BesideThread = Callable[[Project, str, Reader], SafeString]

_under: dict[str, tuple[int, Under]] = {}
_stays: set[str] = set()
_for_all: set[Under | Beside] = set()
_beside: dict[str, tuple[int, Beside]] = {}
_on_poster: dict[str, OnPoster] = {}
LATER = 50  # from here on: what leads elsewhere, below the page's own lists
_during: dict[str, tuple[int, During]] = {}
_in_bar: dict[str, tuple[int, InBar]] = {}
_beside_thread: dict[str, BesideThread] = {}


def under(
    name: str, *, order: int, stays: bool = False, for_all: bool = False
) -> Callable[[Under], Under]:
    """Have `fill(project, entries, reader)` put HTML under cards; lowest order first.

    It is given no shredded entries, unless what it puts there `stays` when the words are gone.
    What is `for_all`, among other cards, is made once for all of the same sight (`state.kept`).
    """

    def enrol(fill: Under) -> Under:
        _under[name] = order, fill
        if stays:
            _stays.add(name)
        if for_all:
            _for_all.add(fill)
        return fill

    return enrol


def beside(name: str, *, order: int, for_all: bool = False) -> Callable[[Beside], Beside]:
    """Have `fill(project, reader)` put a section beside the log of a stage; lowest order first.

    Below LATER stands what asks something of whoever comes (a vote, a place held), or shows who
    is there; from it on, what leads to other pages. `for_all` is as under cards.
    """

    def enrol(fill: Beside) -> Beside:
        _beside[name] = order, fill
        if for_all:
            _for_all.add(fill)
        return fill

    return enrol


def on_poster(name: str) -> Callable[[OnPoster], OnPoster]:
    """Have `fill(project, reader)` say what a stage shows that is no work in the making.

    It puts something on the poster, below its line, and something in the middle of the stage, where
    the newest of a work would be.
    """

    def enrol(fill: OnPoster) -> OnPoster:
        _on_poster[name] = fill
        return fill

    return enrol


def during(name: str, *, order: int) -> Callable[[During], During]:
    """Have `fill(project, stretch, reader)` put a section on a session's page."""

    def enrol(fill: During) -> During:
        _during[name] = order, fill
        return fill

    return enrol


def in_bar(name: str, *, order: int) -> Callable[[InBar], InBar]:
    """Have `fill(request)` put something into the bar at the head of every page.

    A passer-by is given nothing there: their pages are kept for all.
    """

    def enrol(fill: InBar) -> InBar:
        _in_bar[name] = order, fill
        return fill

    return enrol


def beside_thread(name: str) -> Callable[[BesideThread], BesideThread]:
    """Have `fill(project, thread, reader)` put something on a thread's page.

    `thread` is the name by which `concerned.Concern` knows it: "said-12".
    """

    def enrol(fill: BesideThread) -> BesideThread:
        _beside_thread[name] = fill
        return fill

    return enrol


def fill_in_bar(request: HttpRequest) -> SafeString:
    """Return what stands in the bar for whoever asks."""
    filled = sorted(_in_bar.values(), key=lambda one: one[0])
    return mark_safe("".join(fill(request) for _order, fill in filled))  # noqa: S308


def fill_beside_thread(project: Project, thread: str, reader: Reader) -> SafeString:
    """Return what stands on the page of a thread."""
    filled = sorted(_beside_thread.items())
    return mark_safe("".join(fill(project, thread, reader) for _, fill in filled))  # noqa: S308


def fill_under(project: Project, entries: Sequence[Entry], reader: Reader) -> dict[int, SafeString]:
    """Return what stands under each of these cards, by position."""
    told = [one for one in entries if not one.is_shredded]
    found = defaultdict[int, str](str)
    for name, (_order, fill) in sorted(_under.items(), key=lambda one: one[1][0]):
        shown = entries if name in _stays else told
        for position, html in _filled(fill, project, shown, reader).items():
            found[position] += html
    return {position: mark_safe(html) for position, html in found.items()}  # noqa: S308


def _filled(
    fill: Under, project: Project, entries: Sequence[Entry], reader: Reader
) -> Mapping[int, SafeString]:
    if fill not in _for_all or reader.is_full:
        return fill(project, entries, reader)
    key = fill, tuple(one.position for one in entries)
    return state.kept(project, reader, key, lambda: fill(project, entries, reader))


def _filled_beside(fill: Beside, project: Project, reader: Reader) -> SafeString:
    if fill not in _for_all:
        return fill(project, reader)
    return state.kept(project, reader, fill, lambda: fill(project, reader))


def fill_beside(project: Project, reader: Reader) -> dict[str, list[SafeString]]:
    """Return what stands beside a stage's log: `first`, and `later`, below the page's own lists."""
    found: dict[str, list[SafeString]] = {"first": [], "later": []}
    for order, fill in sorted(_beside.values(), key=lambda one: one[0]):
        if html := _filled_beside(fill, project, reader):
            found["first" if order < LATER else "later"].append(html)
    return found


def fill_on_poster(project: Project, reader: Reader) -> OnStage:
    """Return what stands on the poster of a stage, and in its middle."""
    found = [fill(project, reader) for _name, fill in sorted(_on_poster.items())]
    return next((one for one in found if one != NOTHING), NOTHING)


def fill_during(project: Project, stretch: Stretch, reader: Reader) -> list[SafeString]:
    """Return what stands on the page of a session that runs or is over."""
    filled = sorted(_during.values(), key=lambda one: one[0])
    return [html for _order, fill in filled if (html := fill(project, stretch, reader))]
