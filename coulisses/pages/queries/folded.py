"""Captures that stand under a sentence: in its card where that is on the page, else folded."""

from coulisses.log.models import Entry
from coulisses.moments import laying
from coulisses.pages.queries.runs import Item, Sentence
from coulisses.ui import entries, words
from coulisses.ui.scene import Scene


def under(scene: Scene, items: list[Item]) -> list[Item]:
    """Return the items of a page without those that a sentence on it shows under itself.

    The others that stand under one have it as their `under`. What is pinned stays as it is.
    """
    steps = [one for one in items if one.entry and one.entry.topic == laying.CAPTURE]
    over = laying.over(scene.project, [one.position for one in steps if not one.is_pinned])
    if not over:
        return items
    here = {one.position for one in items}
    said = _sentences(scene, set(over.values()) - here)
    for one in items:
        one.under = said.get(over.get(one.position, 0))
    return [one for one in items if over.get(one.position) not in here]


def _sentences(scene: Scene, positions: set[int]) -> dict[int, Sentence]:
    """Return the words of moments as they were said last."""
    if not positions:
        return {}
    known = [one for one in scene.read(positions=positions) if isinstance(one, Entry)]
    around = entries.look_around(scene.project, known, audiences=scene.sight.audiences, at=scene.at)
    said = {}
    for one in known:
        latest = entries.latest(around.sequels.get(one.position, ())).get("moment_amended")
        spoken = (latest.fact.headline() if latest else "") or one.fact.headline()
        said[one.position] = Sentence(one.position, spoken or words.kind(one.topic))
    return said
