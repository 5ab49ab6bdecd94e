"""A project in twelve cues: found by the indexes, however long its log is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from coulisses.doubts import queries as doubts
from coulisses.doubts.queries import Stands
from coulisses.lib import html
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.moments import laying
from coulisses.moments.kinds import TOPICS
from coulisses.pins import queries as pins
from coulisses.projects.models import Day
from coulisses.projects.recent import Recent
from coulisses.recaps import chosen
from coulisses.recaps.chosen import CHANGE, TURNS
from coulisses.ui import entries, headlines, paper, pictures
from coulisses.ui.entries import Around
from coulisses.ui.pictures import Picture
from coulisses.ui.scene import Scene

STRETCHES = 12  # of a log, in each of which the latest of a kind is a candidate
LOOKED_AT = 8  # saves of a stretch: its last ones, and the first of its heaviest day
EXCERPT = 180  # characters of an entry's words


@dataclass(frozen=True)
class Cue:
    """One of the twelve: its number, why it is here, a few words and a picture where it has one.

    `asks` is what a doubt asks for, `stand` how it ended (None while it is open), `learnt` what a
    failure taught; `is_anew` says that its words were said anew since.
    """

    position: int
    why: str
    topic: str
    at: datetime
    title: str
    words: str
    picture: Picture | None
    asks: str
    stand: Stands | None
    learnt: str
    is_anew: bool


def read(scene: Scene) -> Sequence[Cue]:
    """Return at most twelve cues in the order of time, in as many queries for any log."""
    horizon = scene.horizon()
    project = scene.project
    key = (project.pk, project.revision, horizon, scene.sight.audiences, scene.language)
    return _kept.get(key, lambda: _read(scene, horizon))


def _read(scene: Scene, horizon: int) -> list[Cue]:
    eyes = scene.sight.audiences
    found = _candidates(scene, horizon)
    under = laying.over(scene.project, list(found))
    standing = {at: one for at, one in found.items() if at not in under}
    pinned = pins.pinned(scene.project, audiences=eyes)
    others = {
        turn: [at for at, one in standing.items() if one.topic == turn] for turn in TURNS[:-1]
    }
    others[CHANGE] = _heaviest(list(standing.values()), horizon)
    first_and_last = (min(standing), max(standing)) if standing else None
    reasons = chosen.choose(first_and_last, pinned, others)
    known = scene.read(positions=reasons) if reasons else []
    told = [one for one in known if isinstance(one, Entry) and not one.is_shredded]
    around = entries.look_around(scene.project, told, audiences=eyes, at=scene.at)
    ends = doubts.ends(scene.project, [one.position for one in told], audiences=eyes, at=scene.at)
    return [_cue(scene, one, reasons[one.position], around, ends.get(one.position)) for one in told]


def _candidates(scene: Scene, horizon: int) -> dict[int, Entry]:
    """Return what may be chosen beside the pins, by position: three queries."""
    ends = [0, *(horizon * at // STRETCHES for at in range(1, STRETCHES + 1))]
    stretches = list(pairwise(ends))
    asked = [(turn, first, last, 1) for turn in TURNS[:-1] for first, last in stretches]
    asked += [(topic, 0, horizon, limit) for topic in (*TOPICS, CHANGE) for limit in (1, -1)]
    asked += [(CHANGE, first, last, LOOKED_AT) for first, last in stretches]
    asked += [(CHANGE, day - 1, horizon, -LOOKED_AT) for day in _heavy_days(scene, stretches)]
    positions = ledger.filed(scene.project.work, asked, audiences=scene.sight.audiences)
    known = scene.read(positions=positions) if positions else []
    return {one.position: one for one in known if isinstance(one, Entry)}


def _heavy_days(scene: Scene, stretches: Sequence[tuple[int, int]]) -> list[int]:
    """Return the first position of the day that changed most, for each stretch of the log."""
    rows = Day.objects.filter(project=scene.project, first_position__lte=stretches[-1][1])
    days = list(rows.values_list("first_position", "weight"))
    heavy = []
    for first, last in stretches:
        theirs = [(weight, -position) for position, weight in days if first < position <= last]
        heavy += [-max(theirs)[1]] if theirs else []
    return heavy


def _heaviest(standing: Sequence[Entry], horizon: int) -> list[int]:
    """Return the save that changed most in each stretch, of those that were looked at."""
    best: dict[int, tuple[int, int]] = {}
    for one in standing:
        weight = pictures.weight(one.fact) if one.topic == CHANGE else 0
        stretch = (one.position - 1) * STRETCHES // max(1, horizon)
        if weight and (weight, -one.position) > best.get(stretch, (0, 0)):
            best[stretch] = (weight, -one.position)
    return [-position for _weight, position in best.values()]


def _cue(scene: Scene, entry: Entry, why: str, around: Around, stand: Stands | None) -> Cue:
    sequels = around.sequels.get(entry.position, ())
    latest = entries.latest(sequels)
    anew, taught = latest.get("moment_amended"), latest.get("failure_learnt")
    body = getattr((anew or entry).fact, "body", "")
    title = headlines.named(entry, sequels)
    words = html.plain(body, longest=EXCERPT) if body else ""
    return Cue(
        position=entry.position,
        why=why,
        topic=entry.topic,
        at=entry.happened_at,
        title=title,
        words="" if words.startswith(title) and len(words) <= len(title) + 1 else words,
        picture=_picture(scene, entry, around),
        asks="" if stand else getattr(entry.fact, "asks", ""),
        stand=stand,
        learnt=getattr(taught.fact, "words", "") if taught else getattr(entry.fact, "learnt", ""),
        is_anew=anew is not None,
    )


def _picture(scene: Scene, entry: Entry, around: Around) -> Picture | None:
    address = f"{scene.project.path}{entry.position}"
    changes = paper.changes(entry.fact, address, around.versions)
    shown = pictures.told(entry.fact, address, around.versions)
    shown += [one for change in changes if (one := change["pictures"].get("after"))]
    return next(iter(shown), None)


_kept: Recent[list[Cue]] = Recent(64)
