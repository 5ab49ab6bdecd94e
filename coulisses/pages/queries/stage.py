"""Everything on a stage at once: the poster's figures, now, the strip, a page of the log."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Min

from coulisses.capture import queries as capture
from coulisses.log.models import Entry
from coulisses.moments import rules as moments
from coulisses.pages.queries import now, overview, page
from coulisses.pages.queries.now import Now
from coulisses.pages.queries.overview import Overview
from coulisses.pages.queries.page import Page
from coulisses.projects import state
from coulisses.projects import waiting as words
from coulisses.projects.columns import Cover
from coulisses.projects.models import Day
from coulisses.projects.recent import Recent
from coulisses.projects.telling import GRACE
from coulisses.sessions import queries as sessions
from coulisses.sessions.queries import OnAir
from coulisses.ui import covers, live
from coulisses.ui.headlines import Line
from coulisses.ui.live import Live
from coulisses.ui.pictures import Picture
from coulisses.ui.scene import Scene

MOST_FRESH = 8


@dataclass(frozen=True)
class Course:
    """The first and the last day on which anything public happened; None where nothing did."""

    first: date | None
    last: date | None


@dataclass(frozen=True)
class Stage:
    """A stage. New entries come in by themselves where it `inserts`: on the log's newest page.

    `cover` is the picture that its makers chose; `shared` goes with its address.
    """

    page: Page
    now: Now | None
    overview: Overview
    short: list[Line]
    doubts: list[Line]
    is_empty: bool
    inserts: bool
    live: Live
    cover: Picture | None
    course: Course
    shared: Picture | None


@dataclass(frozen=True)
class Going:
    """An entry that may be taken back for `left` seconds more."""

    position: int
    left: int


@dataclass(frozen=True)
class Fresh:
    """What was told so lately that it may be taken back, within so many seconds of its telling."""

    entries: list[Going]
    seconds: int


def read(scene: Scene, *, before: int | None, after: int | None, show: str) -> Stage:
    """Return the stage with the page of the log before a position, or after one, or the newest.

    All of it follows from what the reader may know of and from the project's revision, so that
    what was read for one reader serves the next of the same sight.
    """
    # The horizon first: what is told between the two is shown twice rather than never.
    horizon = scene.horizon()
    project = scene.project
    place = (before, after, show)
    key = (project.pk, project.revision, horizon, scene.sight.audiences, scene.language, place)
    return _kept.get(key, lambda: _read(scene, horizon, before=before, after=after, show=show))


def on_air(scene: Scene) -> OnAir:
    """Return what is on in a project now, or next."""
    project = scene.project
    known = state.kept(project, scene, "sessions", lambda: sessions.opened(project))
    return sessions.on_air(project, at=scene.at, known=known)


def for_the_team(scene: Scene) -> dict[str, Any]:
    """Return what only makers find on a stage; nothing for anybody else.

    `form` tells a moment, `waiting` counts the saves that wait, `words` what people gave and
    nobody answered, `fresh` may still be taken back.
    """
    if not scene.sight.is_team:
        return {}
    return {
        "waiting": capture.count_waiting(scene.project, by=_whose(scene)),
        "words": _words(scene) if scene.sight.is_maker else 0,
        "fresh": Fresh(_fresh(scene), int(GRACE.total_seconds())),
    }


def _whose(scene: Scene) -> str | None:
    """Return the voice whose saves somebody sees waiting: None for a maker, who sees all."""
    return None if scene.sight.is_maker or not scene.account else scene.account.voice_id


def _words(scene: Scene) -> int:
    return state.kept(scene.project, scene, "words", lambda: words.count(scene.project))


def _fresh(scene: Scene) -> list[Going]:
    newest = state.kept(
        scene.project, scene, "fresh", lambda: scene.read(newest_first=True, limit=MOST_FRESH)
    )
    return [
        Going(one.position, int((one.told_at + GRACE - scene.at).total_seconds()))
        for one in reversed(newest)
        if isinstance(one, Entry) and _may_go(one) and one.told_at + GRACE > scene.at
    ]


def _may_go(entry: Entry) -> bool:
    return moments.is_work(entry) and not entry.is_shredded and not entry.past


def _read(scene: Scene, horizon: int, *, before: int | None, after: int | None, show: str) -> Stage:
    shown = page.read(scene, before=before, after=after, show=show)
    stands = now.read(scene, shown.known)
    cover = covers.of([scene.project]).get(scene.project.pk)
    is_newest = before is None and after is None and not show
    return Stage(
        page=shown,
        now=stands,
        overview=overview.read(scene, horizon),
        short=page.short_reading(scene),
        doubts=page.doubts(scene),
        is_empty=is_newest and not any(one.is_work for one in shown.items),
        inserts=is_newest,
        live=live.after(scene.project, horizon),
        cover=cover,
        course=_course(scene),
        shared=cover or (stands.after if stands and _is_newest(scene) else None),
    )


def _is_newest(scene: Scene) -> bool:
    return scene.project.cover == Cover.NEWEST


def _course(scene: Scene) -> Course:
    days = Day.objects.filter(project=scene.project).aggregate(first=Min("on"), last=Max("on"))
    return Course(**days)


_kept: Recent[Stage] = Recent(64)
