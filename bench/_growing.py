"""Logs as long as one likes, written as telling would have: rows by the thousand, in one go.

Telling a million entries one by one takes the better part of an hour. Here the facts are of a few
hundred forms; each is spelled, and its words are numbered, once and by the house's own code. What
derives from them (leaves, frontier, days, sittings, the lives of files, the index of search) comes
out as telling would have left it.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Max

from bench import _pouring
from coulisses.capture.kinds import CaptureTaken
from coulisses.capture.models import Piece
from coulisses.lib import canonical
from coulisses.lib.leaf import commitment, leaf_data
from coulisses.lib.tree import Frontier, leaf_hash
from coulisses.log.ledger import PUBLIC
from coulisses.log.models import Entry, Log
from coulisses.moments import rules as moments
from coulisses.moments.kinds import MomentTold
from coulisses.pins import rules as pins
from coulisses.projects import telling
from coulisses.projects.models import Day, Project, Sitting
from coulisses.search import rebuilding
from coulisses.testing import given

A_WRITE = 10_000  # entries of one transaction
FULL, QUIET = 548, 20  # entries a day: a million in five years, a thousand in fifty days
A_STUDIO = 20  # projects
PINNED = 8
BEGAN = datetime(2021, 1, 4, 8, 0, tzinfo=UTC)
A_STEP = timedelta(minutes=1)
NOTABLE = {0: "doubt", 6: "failure", 14: "milestone", 20: "breakthrough"}  # each 29 entries
RARE = 12  # entries that hold a rare word, however long the log
FILES = 40
SAID = (
    "the hull reads as round now every plank of oak took its curve slowly while we waited for steam"
)
WORDS = SAID.split()


def log(size: int) -> None:
    """Make a project whose log has so many entries, all of them in the index."""
    project, by = given.project(), given.ana().voice_id
    list(rebuilding.fill())
    grow(project, by, size)
    for number in range(1, PINNED + 1):
        pins.pin(project, number * size // (PINNED + 1), by=by, at=_hour(size, size))
    list(rebuilding.fill())


def house(size: int) -> None:
    """Make a house with so many projects, each with a doubt, told by the rules themselves."""
    by = given.ana().voice_id
    with transaction.atomic():
        for number in range(size):
            studio = given.studio(f"house-{number // A_STUDIO}")
            project = given.project(f"work-{number}", house=studio)
            body, at = f"Is plank {number} round?", given.minutes(number)
            moments.tell(project, kind="doubt", body=body, by=by, happened_at=at, told_at=at)
        list(rebuilding.fill())


def grow(project: Project, by: str, size: int) -> None:
    """Bring a project's log to so many entries, with all that derives from them."""
    log = Log.objects.get(pk=project.work_id)
    frontier = Frontier.from_bytes(log.size, bytes(log.frontier))
    pieces = [Piece.objects.create(project=project, path=path) for path in _paths()]
    telling_all = _told(log, by, size, _Files(pieces))
    while told := list(islice(telling_all, A_WRITE)):
        for one in told:
            frontier = frontier.append(one.leaf)
        with transaction.atomic():
            _pouring.write(project, told)
            grown = {"size": frontier.size, "frontier": frontier.to_bytes()}
            Log.objects.filter(pk=log.pk).update(**grown)
    _derive(project, size)
    with connection.cursor() as cursor:
        for reset in connection.ops.sequence_reset_sql(no_style(), [Entry]):
            cursor.execute(reset)


class _Files:
    """The states that files had last, so that each save says what stood before."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces
        self._last: dict[int, str] = {}

    def saved(self, position: int) -> tuple[Piece, str, str]:
        """Return the file saved at a position, its state before, and its state now."""
        which = 0 if position % 50 == 10 else 1 + position // 2 % FILES
        before, now = self._last.get(which, ""), f"git:{position:040x}"
        self._last[which] = now
        return self.pieces[which], before, now


def _told(log: Log, by: str, size: int, files: _Files) -> Iterator[_pouring.Told]:
    pk = (Entry.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    rarely = size // RARE
    for position in range(log.size + 1, size + 1):
        form = _form(position, position % rarely == rarely // 2)
        saved = None
        said, is_save = dict(form.said), form.topic == "capture"
        if is_save:
            _piece, before, now = saved = files.saved(position)
            change = {
                **said["changes"][0],
                "what": "changed" if before else "added",
                "before": {"version": before, "bytes": 900} if before else None,
                "after": {"version": now, "bytes": 900},
            }
            said |= {"revision": now.removeprefix("git:"), "changes": [change]}
        at = _hour(position, size)
        content = canonical.spell(
            {
                "kind": form.kind,
                "body": said,
                "by": by,
                "audience": PUBLIC,
                "happened_at": canonical.moment(at),
                "told_at": canonical.moment(at),
                "past": False,
            }
        )
        salt = hashlib.sha256(b"%d" % position).digest()
        leaf = leaf_hash(leaf_data(log.pk, position, commitment(salt, content)))
        yield _pouring.Told(pk, position, form, by, at, content, salt, leaf, saved)
        pk += 1


def kind_of(position: int) -> str:
    """Return the topic of the entry at a position."""
    usual = "progress" if position % 2 else "capture"
    return NOTABLE.get(position % 29, usual)


def _form(position: int, is_rare: bool) -> _pouring.Form:
    topic = kind_of(position)
    figures = topic == "capture" and position % 50 == 10
    which = position // 2 % FILES if topic == "capture" else position % len(WORDS)
    return _formed(topic, -1 if figures else which, is_rare)


@cache
def _formed(topic: str, which: int, is_rare: bool) -> _pouring.Form:
    start = which % len(WORDS)
    words = " ".join(WORDS[start:] + WORDS[:start]) + (" cormorant" if is_rare else "")
    if topic != "capture":
        title = f"The {WORDS[start]}, again"
        return _pouring.form(MomentTold(kind=topic, title=title, body=words))
    change = _figures() if which < 0 else _code(which)
    fact = CaptureTaken(
        source="git",
        revision="",
        title=words if is_rare else f"Fair the {WORDS[start]}",
        author_is_owner=True,
        changes=[change],
    )
    return _pouring.form(fact)


def _code(which: int) -> dict[str, Any]:
    lines = [[" ", "def bend(plank):"], ["-", "    steam(9)"], ["+", "    steam(12)"]]
    return {
        **_named(_paths()[1 + which], "code"),
        "hunks": [{"header": "", "old": 1, "new": 1, "lines": lines}],
        "added": 1,
        "removed": 1,
    }


def _figures() -> dict[str, Any]:
    moved = {"name": "oak", "before": "184", "after": "190"}
    return {**_named(_paths()[0], "figures"), "figures": [moved]}


def _named(path: str, reader: str) -> dict[str, Any]:
    return {"path": path, "was": None, "reader": reader}


@lru_cache(maxsize=1)
def _paths() -> tuple[str, ...]:
    return ("weights.csv", *(f"src/plank-{number:02}.py" for number in range(FILES)))


def _a_day(size: int) -> int:
    return max(QUIET, FULL * size // 1_000_000)


def _hour(position: int, size: int) -> datetime:
    day, step = divmod(position, _a_day(size))
    return BEGAN + timedelta(days=day) + step * A_STEP


def _derive(project: Project, size: int) -> None:
    """Make the days and sittings of a log whose steps are known, as following each would."""
    Sitting.objects.filter(project=project).delete()
    Day.objects.filter(project=project).delete()
    Sitting.objects.bulk_create(_sittings(project, size), batch_size=A_WRITE)
    Day.objects.bulk_create(_days(project, size), batch_size=A_WRITE)
    Project.objects.filter(pk=project.pk).update(stirred_at=_hour(size, size))


def _sittings(project: Project, size: int) -> Iterator[Sitting]:
    worked = timedelta()
    for first, last in _stretches(size, telling.LONGEST):
        began, ended = _hour(first, size), _hour(last, size)
        yield Sitting(
            project=project,
            first_position=first,
            last_position=last,
            started_at=began,
            ended_at=ended,
            count=last - first + 1,
            worked_before=worked,
        )
        worked += ended - began


def _days(project: Project, size: int) -> Iterator[Day]:
    for first, last in _stretches(size, _a_day(size)):
        kinds = [kind_of(position) for position in range(first, last + 1)]
        yield Day(
            project=project,
            on=_hour(first, size).date(),
            first_position=first,
            count=len(kinds),
            weight=sum(2 if kind == "capture" else 1 for kind in kinds),
            doubts=kinds.count("doubt"),
            failures=kinds.count("failure"),
            breakthroughs=kinds.count("breakthrough"),
            milestones=kinds.count("milestone"),
        )


def _stretches(size: int, longest: int) -> Iterator[tuple[int, int]]:
    """Yield stretches of a day's entries, none longer than so many."""
    first, a_day = 1, _a_day(size)
    while first <= size:
        day_ends = (first // a_day + 1) * a_day - 1
        last = min(first + longest - 1, day_ends, size)
        yield first, last
        first = last + 1
