"""A file of figures over its versions: one of its series as a line, in one query."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from coulisses.capture.models import PieceVersion
from coulisses.media.models import Version
from coulisses.ui import chart, figures
from coulisses.ui.chart import Chart, Choice, Point
from coulisses.ui.figures import Series
from coulisses.ui.scene import Scene


def read(
    scene: Scene,
    some: Mapping[int, PieceVersion],
    count: int,
    *,
    at: int,
    name: str = "",
    address: str = "",
) -> Chart | None:
    """Return the chart of a file of so many versions; None where they tell no number.

    `some` are those that it runs through (`chart.sampled`), by their place among all. `at` is
    which of them is looked at; `name` the series, else the first of that version; `address` is the
    page of the file's life.
    """
    through = chart.sampled(count, at)
    told = _told(scene, [some[index] for index in through])
    here = told.get(some[at].version, ()) if some else ()
    names = figures.names([here, *reversed(told.values())])[: figures.MOST]
    if not names:
        return None
    shown = name if name in names else names[0]
    asked = {"series": shown} if names.index(shown) else {}
    points, unit = [], ""
    for index in through:
        one = some[index]
        found = next((each for each in told.get(one.version, ()) if each.name == shown), None)
        if found:
            unit = found.unit or unit
            href = f"{address}?{urlencode({'at': one.position, **asked})}"
            points.append(Point(one.position, found.value, href, is_here=index == at))
    choices = [_choice(address, some[at].position, each, each == shown) for each in names]
    return Chart(shown, unit, points, choices) if points else None


def _told(scene: Scene, shown: Sequence[PieceVersion]) -> dict[str, tuple[Series, ...]]:
    """Return what each of these versions says, oldest first."""
    named = {one.version for one in shown}
    kept = Version.objects.filter(log=scene.project.work, name__in=named, is_shredded=False)
    facts = dict(kept.values_list("name", "facts"))
    return {
        one.version: figures.series(facts[one.version]) for one in shown if one.version in facts
    }


def _choice(address: str, position: int, name: str, is_shown: bool) -> Choice:
    return Choice(name, f"{address}?{urlencode({'at': position, 'series': name})}", is_shown)
