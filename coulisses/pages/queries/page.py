"""One page of a log: its cards, gathered into sittings, small steps folded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from coulisses.log.ledger import Curtained
from coulisses.log.models import Entry
from coulisses.moments.kinds import TOPICS
from coulisses.pages.queries import folded, runs
from coulisses.pages.queries.runs import Item, Run, Still
from coulisses.pins import queries as pins
from coulisses.projects.models import Sitting
from coulisses.ui import entries, headlines, pictures
from coulisses.ui.headlines import Line
from coulisses.ui.scene import Scene

LENGTH = 30

SHOWS: dict[str, Collection[str]] = {
    "moments": TOPICS,
    "captures": ["capture"],
    "doubts": ["doubt"],
    "failures": ["failure"],
    "breakthroughs": ["breakthrough"],
}
NAMES = {*SHOWS, "pinned"}


@dataclass
class Group:
    """A sitting's part of a page; without a sitting, cards from anywhere (a filter's)."""

    sitting: Sitting | None
    runs: list[Run] = field(default_factory=list)

    @property
    def span(self) -> timedelta:
        """How long the sitting lasted."""
        return self.sitting.ended_at - self.sitting.started_at if self.sitting else timedelta()


@dataclass
class Page:
    """One page of a log, newest first; `older` and `newer` are places to go on from."""

    known: Sequence[Entry | Curtained]
    items: list[Item]
    groups: list[Group]
    older: int | None = None
    newer: int | None = None
    show: str = ""


def read(scene: Scene, *, before: int | None, after: int | None, show: str) -> Page:
    """Return the page of a log before a position, or after one, or the newest."""
    known, has_more = _window(scene, before, after, show)
    is_forward = after is not None and before is None
    reaches_back = bool(known) and (is_forward or has_more)
    reaches_on = bool(known) and (has_more if is_forward else before is not None)
    items = folded.under(scene, gather(scene, known))
    is_newest = before is None and after is None
    whole = [Group(None, runs.of(items, is_alone=True))]
    return Page(
        known=known,
        items=items,
        groups=whole if show else grouped(scene, items, is_newest=is_newest),
        older=known[-1].position if reaches_back else None,
        newer=known[0].position if reaches_on else None,
        show=show,
    )


def gather(
    scene: Scene, known: Sequence[Entry | Curtained], *, is_full: bool = False
) -> list[Item]:
    """Return the cards of entries, with what the page needs to know of each."""
    eyes = scene.sight.audiences
    around = entries.look_around(scene.project, known, audiences=eyes, at=scene.at, is_full=is_full)
    return [
        Item(
            position=one.position,
            html=entries.card(scene.project, one, around, language=scene.language, is_full=is_full),
            entry=one if isinstance(one, Entry) else None,
            is_pinned=entries.is_pinned(around.sequels.get(one.position, ())),
            weight=pictures.weight(one.fact) if isinstance(one, Entry) else 0,
            still=_still(scene, one, around),
        )
        for one in known
    ]


def grouped(scene: Scene, items: list[Item], *, is_newest: bool = False) -> list[Group]:
    """Return items under the sittings they belong to, in one query.

    On the newest page the latest step is never folded.
    """
    if not items:
        return []
    latest = next((one for one in items if one.is_work), None) if is_newest else None
    positions = [one.position for one in items]
    sittings = Sitting.objects.filter(
        project=scene.project,
        first_position__lte=max(positions),
        last_position__gte=min(positions),
    ).order_by("-first_position")
    groups = []
    for sitting in sittings:
        theirs = [
            one for one in items if sitting.first_position <= one.position <= sitting.last_position
        ]
        if theirs:
            note_heading(sitting, theirs)
            groups.append(Group(sitting, runs.of(theirs, shown=latest)))
    return groups


def _window(
    scene: Scene, before: int | None, after: int | None, show: str
) -> tuple[list[Entry | Curtained], bool]:
    chosen: dict[str, Any] = {"limit": LENGTH + 1}
    if show == "pinned":
        audiences = scene.sight.audiences
        chosen["positions"] = pins.pinned(scene.project, audiences=audiences)
    elif show:
        chosen["topics"] = SHOWS[show]
    if after is not None and before is None:
        known = scene.read(after=after, **chosen)
        return list(reversed(known[:LENGTH])), len(known) > LENGTH
    known = scene.read(before=before, newest_first=True, **chosen)
    return known[:LENGTH], len(known) > LENGTH


def note_heading(sitting: Sitting, items: Sequence[Item]) -> None:
    """Note which lines only give the title that stands over their sitting."""
    for one in items:
        fact = one.entry.fact if one.entry and one.entry.about == sitting.first_position else None
        one.is_said_above = bool(sitting.title) and getattr(fact, "title", "") == sitting.title


def _still(scene: Scene, one: Entry | Curtained, around: entries.Around) -> Still | None:
    """Return what an entry shows when it is a save of one picture and says nothing more."""
    if not isinstance(one, Entry) or one.topic != "capture" or one.is_shredded:
        return None
    said = one.fact.spelled()
    if any(said.get(name) for name in ("title", "body", "more", "held", "missing")):
        return None
    changes = pictures.changes(one.fact, f"{scene.project.path}{one.position}", around.versions)
    shown = changes[0]["pictures"].get("after") if len(changes) == 1 else None
    return Still(changes[0]["path"], shown) if shown else None


def doubts(scene: Scene) -> list[Line]:
    """Return the latest doubts."""
    return _lines(scene, scene.read(topics=["doubt"], newest_first=True, limit=5))


def short_reading(scene: Scene) -> list[Line]:
    """Return the pinned entries, in the order of the log, the latest twelve."""
    positions = pins.pinned(scene.project, audiences=scene.sight.audiences)[:12]
    return _lines(scene, scene.read(positions=positions) if positions else [])


def _lines(scene: Scene, known: Sequence[Entry | Curtained]) -> list[Line]:
    told = [one for one in known if isinstance(one, Entry) and not one.is_shredded]
    eyes = scene.sight.audiences
    return headlines.of(scene.project, told, audiences=eyes, at=scene.at) if told else []
