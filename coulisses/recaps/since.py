"""What happened since a reader was last here, in a few lines; as much work however long ago."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.db.models import Min

from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.pins import queries as pins
from coulisses.projects.models import Day
from coulisses.projects.recent import Recent
from coulisses.ui import headlines, pictures
from coulisses.ui.scene import Scene

NEAR = 200  # entries of which the saves and their files are counted; of more, numbers say it
EACH = 2  # lines of one kind
MOST = 7  # lines in all
SAVES = "capture"
# In the order in which they are worth a line; what is pinned comes before all.
WORTH = ("milestone", "breakthrough", "failure", "doubt", "question", "progress", "note", "session")


@dataclass(frozen=True)
class Line:
    """Something that was told: its number, its kind, a few words, and whether it is pinned."""

    position: int
    topic: str
    words: str
    is_pinned: bool


@dataclass(frozen=True)
class Saves:
    """How many saves of how many files, and the latest; 0 where it is too long ago to count."""

    count: int
    files: int
    latest: int


@dataclass(frozen=True)
class Since:
    """What is new after a position; `at` is when the first of it happened."""

    after: int
    upto: int
    at: datetime | None
    saves: Saves | None
    lines: Sequence[Line]

    @property
    def further(self) -> int:
        """How many numbers further the log is."""
        return self.upto - self.after

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is worth a line."""
        return not (self.saves or self.lines)


def read(scene: Scene, after: int) -> Since:
    """Return what a reader who had read up to a position may read since."""
    horizon = scene.horizon()
    project = scene.project
    after = min(after, horizon)
    key = (project.pk, project.revision, horizon, scene.sight.audiences, scene.language, after)
    return _kept.get(key, lambda: _read(scene, after, horizon))


def after_day(scene: Scene, on: date) -> int:
    """Return the position after which a day and all that came since stand."""
    days = Day.objects.filter(project=scene.project, on__gte=on)
    first = days.aggregate(first=Min("first_position"))["first"]
    return scene.horizon() if first is None else first - 1


def _read(scene: Scene, after: int, horizon: int) -> Since:
    if after >= horizon:
        return Since(after, horizon, None, None, [])
    eyes = scene.sight.audiences
    asked = [(topic, after, horizon, EACH) for topic in (*WORTH, SAVES)]
    newest = ledger.filed(scene.project.work, asked, audiences=eyes)
    pinned = [one for one in pins.pinned(scene.project, audiences=eyes) if after < one <= horizon]
    wanted = {*newest, *pinned[:EACH]}
    known = scene.read(positions=wanted) if wanted else []
    told = [one for one in known if isinstance(one, Entry) and not one.is_shredded]
    lines = _lines(scene, told, pinned)
    saved = [one.position for one in told if one.topic == SAVES]
    saves = _saves(scene, after, horizon, max(saved)) if saved else None
    first = min((one.happened_at for one in told), default=None)
    return Since(after, horizon, first, saves, sorted(lines, key=lambda one: one.position))


def _lines(scene: Scene, told: Sequence[Entry], pinned: Sequence[int]) -> list[Line]:
    """Return what is most worth a line, as it is said now; a save only where it is pinned."""
    mine = [one for one in told if one.topic != SAVES or one.position in pinned]
    mine.sort(key=lambda one: (one.position not in pinned, _worth(one), -one.position))
    mine = mine[:MOST]
    said = headlines.of(scene.project, mine, audiences=scene.sight.audiences, at=scene.at)
    words = {one.position: one.words for one in said}
    return [
        Line(one.position, one.topic, words[one.position], one.position in pinned)
        for one in mine
        if one.position in words
    ]


def _worth(entry: Entry) -> int:
    return WORTH.index(entry.topic) if entry.topic in WORTH else len(WORTH)


def _saves(scene: Scene, after: int, horizon: int, latest: int) -> Saves:
    if horizon - after <= NEAR:
        known = scene.read(after=after, before=horizon + 1)
        saves = [one for one in known if isinstance(one, Entry) and one.topic == SAVES]
        changes = chain.from_iterable(pictures.changes_of(one.fact) for one in saves)
        return Saves(len(saves), len({one["path"] for one in changes}), latest)
    return Saves(0, 0, latest)


_kept: Recent[Since] = Recent(256)
