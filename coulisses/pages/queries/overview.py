"""A project's whole life at a glance: the strip of marks and the figures beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coulisses.log import ledger
from coulisses.log.ledger import Curtained
from coulisses.log.models import Entry
from coulisses.pages.queries.runs import CURTAINS
from coulisses.projects.models import Day, Sitting
from coulisses.projects.recent import Recent
from coulisses.ui import pictures, words
from coulisses.ui.scene import Scene
from coulisses.ui.strip import HEIGHTS, MOST, Mark, Strip, height, places, relative, spread

EACH_UP_TO = 200  # entries of which each has a mark of its own
FEW = 30  # days that make too short a strip: it is then made of entries, up to
READ_UP_TO = 1_000  # of them, since each is read

NOTABLE = {
    "milestones": "milestone",
    "breakthroughs": "breakthrough",
    "failures": "failure",
    "doubts": "doubt",
}


class _Day(NamedTuple):
    """What the strip asks of a day; there are as many as the project has seen."""

    on: date
    first_position: int
    steps: int
    weight: int
    milestones: int
    breakthroughs: int
    failures: int
    doubts: int


@dataclass(frozen=True)
class Overview:
    """The strip, how many entries, how long the sittings lasted, how many entries were shredded."""

    strip: Strip
    count: int
    worked: timedelta
    shredded: int


def read(scene: Scene, horizon: int) -> Overview:
    """Return the overview, made anew when the log or the project's revision has moved."""
    eyes = scene.sight.audiences
    is_team = eyes is ledger.EVERYTHING
    project = scene.project
    seen = None if is_team else tuple(sorted(eyes))
    key = (project.pk, horizon, project.revision, scene.language, seen)
    return _kept.get(key, lambda: _make(scene, horizon))


def _make(scene: Scene, horizon: int) -> Overview:
    latest = Sitting.objects.filter(project=scene.project).order_by("first_position").last()
    # That a members' entry lost its words is for them to know.
    gone = ledger.shredded(scene.project.work, audiences=scene.sight.audiences, upto=horizon)
    worked = latest.worked if latest else timedelta()
    return Overview(_strip(scene, horizon), horizon, worked, gone)


def _strip(scene: Scene, count: int) -> Strip:
    if count <= EACH_UP_TO:
        return _each(scene, count)
    days = _days(scene)
    is_short = len(days) < FEW and count <= READ_UP_TO
    return _each(scene, count) if is_short else _by_days(scene, days, count)


def _days(scene: Scene) -> list[_Day]:
    rows = Day.objects.filter(project=scene.project).order_by("on")
    names = ("on", "first_position", "count", "weight", *NOTABLE)
    return [_Day(*row) for row in rows.values_list(*names)]


def _each(scene: Scene, count: int) -> Strip:
    read = scene.read()
    anew = {one.about: one for one in read if isinstance(one, Entry) and _is_anew(one)}
    marked = [one for one in read if isinstance(one, Curtained) or _is_marked(one)]
    known = _telling(marked)
    times = [one.happened_at for one in known if isinstance(one, Entry)]
    at = _places(known)
    names = {name for one in known if isinstance(one, Entry) for name in one.fact.shows()}
    versions = pictures.kept(scene.project.work, names)
    marks = [
        _mark(scene, one, place, versions, anew.get(one.position))
        for one, place in zip(known, at, strict=True)
    ]
    return Strip(marks, words.day(min(times).date()) if times else "", _middle(count), _("now"))


def _telling(known: Sequence[Entry | Curtained]) -> list[Entry | Curtained]:
    """Return as many as fit on a strip: of a few in a row, the one that stands tallest."""
    size = -(-len(known) // MOST) or 1
    return [max(known[at : at + size], key=_tall) for at in range(0, len(known), size)]


def _tall(one: Entry | Curtained) -> int:
    return height(one.topic, pictures.weight(one.fact)) if isinstance(one, Entry) else 0


def _is_marked(one: Entry) -> bool:
    return bool(one.topic) or one.kind in CURTAINS


def _is_anew(one: Entry) -> bool:
    return one.kind == "moment.amended" and not one.is_shredded


def _places(known: Sequence[Entry | Curtained]) -> list[float]:
    # A curtained entry tells no hour: it stands beside the one before it.
    times, last = [], None
    for one in known:
        last = one.happened_at if isinstance(one, Entry) else last
        times.append(last)
    first = next((one for one in times if one), None)
    return places([one or first for one in times]) if first else spread(range(len(times)))


def _mark(
    scene: Scene,
    one: Entry | Curtained,
    at: float,
    versions: dict[str, pictures.Kept],
    anew: Entry | None = None,
) -> Mark:
    address = f"{scene.project.path}{one.position}"
    if isinstance(one, Curtained):
        return Mark(address, "", str(one.position), 30, "curtained", at=at)
    topic = "milestone" if one.kind in CURTAINS else one.topic
    said = [words.kind(one.topic)] if one.topic not in {"", "capture"} else []
    label = ": ".join([*said, (anew or one).fact.headline()]).strip(": ")
    return Mark(
        href=address,
        when="",
        time=one.happened_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        label=f"{one.position} · {label}" if label else str(one.position),
        height=height(topic, pictures.weight(one.fact)),
        kind="" if topic in {"capture", "progress", "note"} else topic,
        picture=pictures.first_small(one.fact, address, versions),
        at=at,
    )


def _by_days(scene: Scene, days: Sequence[_Day], count: int) -> Strip:
    stretches = _stretches(days)
    weights = {at: sum(one.weight for one in those) for at, those in stretches.items()}
    most = max(weights.values(), default=1)
    places = spread(stretches)
    marks = [
        _day_mark(scene, those, place, relative(weights[at], most))
        for (at, those), place in zip(stretches.items(), places, strict=True)
    ]
    begin = words.day(days[0].on) if days else ""
    return Strip(marks, begin, _middle(count, is_grouped=True), _("now"))


def _stretches(days: Sequence[_Day]) -> dict[int, list[_Day]]:
    """Return days by stretches of the calendar, as many as fit: where nobody worked is a gap."""
    if not days:
        return {}
    first = days[0].on
    size = -(-((days[-1].on - first).days + 1) // MOST)
    stretches: dict[int, list[_Day]] = {}
    for one in days:
        stretches.setdefault((one.on - first).days // size, []).append(one)
    return stretches


def _day_mark(scene: Scene, days: list[_Day], at: float, tall: int) -> Mark:
    first, last = days[0], days[-1]
    count = sum(one.steps for one in days)
    kind = next((kind for name, kind in NOTABLE.items() if any(getattr(d, name) for d in days)), "")
    start = min(one.first_position for one in days)
    span = words.day(first.on) if first is last else f"{words.day(first.on)} – {words.day(last.on)}"
    steps = words.steps(count)
    return Mark(
        href=f"{scene.project.path}?after={start - 1}#log",
        when=span,
        label=f"{steps} · {words.kind(kind)}" if kind else steps,
        height=HEIGHTS.get(kind, tall),
        kind=kind,
        at=at,
    )


def _middle(count: int, *, is_grouped: bool = False) -> str:
    if is_grouped:
        return ngettext("%(count)s step, by days", "%(count)s steps, by days", count) % {
            "count": words.number(count)
        }
    return words.steps(count)


_kept: Recent[Overview] = Recent(64)
