"""Entries as items of a feed: in a few questions for each project, however many they are."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import unescape

from django.utils import translation

from coulisses.feeds import sheets
from coulisses.feeds.documents import Item, Sound
from coulisses.log import kinds, ledger
from coulisses.log.ledger import Curtained
from coulisses.log.models import Entry
from coulisses.media.models import Preview
from coulisses.moments import laying
from coulisses.projects.models import Project
from coulisses.ui import entries, headlines, pictures, words
from coulisses.ui.entries import Around

UNTOLD = {"taken_back", "struck"}  # nobody outside has read what was shredded for these reasons
# What is said of an entry's place in our pages changes nothing that a reader shows.
PLACING = {"entry.pinned", "entry.unpinned", "sitting.titled"}
SPOKEN_BY_NAME = {"moment.told"}  # whose cards name who told them
A_SOUND = "sound"


def loud(known: Sequence[Entry | Curtained]) -> list[Entry]:
    """Return the entries that tell something by themselves."""
    return [one for one in known if isinstance(one, Entry) and not _is_quiet(one)]


def of(project: Project, told: Sequence[Entry], *, at: datetime) -> list[Item]:
    """Return items for public entries, in their order.

    Left out is what stands folded under another's words, and what was taken back before it was
    announced. What was shredded later stays, without its words.
    """
    under = laying.over(project, [one.position for one in told])  # they come with their sentence
    shown = [one for one in told if one.position not in under]
    around = entries.look_around(project, shown, audiences=ledger.OUTSIDE, at=at, is_full=True)
    shown = [one for one in shown if not _is_untold(one, around)]
    previews = _sounds(project, shown)
    with translation.override(words.tongue(project)):
        return [_item(project, one, around, previews) for one in shown]


def _item(project: Project, entry: Entry, around: Around, previews: Mapping[str, Preview]) -> Item:
    card = entries.card(project, entry, around, language=words.tongue(project), is_full=True)
    sequels = around.sequels.get(entry.position, [])
    address = f"{project.path}{entry.position}"
    is_named = entry.kind in SPOKEN_BY_NAME and not entry.is_shredded
    return Item(
        project=project,
        position=entry.position,
        title=_title(entry, sequels, card),
        html=sheets.plain(card),
        published=entry.happened_at,
        updated=max([entry.told_at, *(one.told_at for one in sequels if one.kind not in PLACING)]),
        at=entry.told_at,
        topic=entry.topic,
        author=around.voices.get(entry.by, "") if is_named else "",
        picture=_picture(entry, address, around),
        sounds=[*_heard(entry, address, around, previews)],
    )


def _title(entry: Entry, sequels: Sequence[Entry], card: str) -> str:
    """Return an entry's number and its words, as they are said now."""
    said = headlines.named(entry, sequels)
    if said == words.kind(entry.topic) or not said:
        said = unescape(sheets.title(card)) or said
    return f"{entry.position} · {said}" if said else str(entry.position)


def _picture(entry: Entry, address: str, around: Around) -> pictures.Picture | None:
    changes = pictures.changes(entry.fact, address, around.versions)
    shown = [change["pictures"].get("after") for change in changes]
    shown += pictures.told(entry.fact, address, around.versions)
    return next((one for one in shown if one), None)


def _heard(
    entry: Entry, address: str, around: Around, previews: Mapping[str, Preview]
) -> list[Sound]:
    fact = entry.fact
    lanes = [change["lanes"] for change in pictures.changes(fact, address, around.versions)]
    lanes.append(pictures.heard(fact, address, around.versions))
    sides = [change.get("after") for change in pictures.changes_of(fact)]
    sides.append(getattr(fact, "sound", None) or None)
    found = []
    for one, side in zip(lanes, sides, strict=True):
        preview = previews.get(side["version"]) if side else None
        if one and one.after and preview:
            take = one.after
            found.append(Sound(take.src, preview.mime, preview.size, take.audible))
    return found


def _sounds(project: Project, shown: Sequence[Entry]) -> dict[str, Preview]:
    """Return the previews that can be heard, by the names of their versions, in one query."""
    names = {name for one in shown for name in one.fact.shows()}
    if not names:
        return {}
    rows = Preview.objects.filter(
        version__log=project.work_id, version__name__in=names, variant=A_SOUND
    )
    return {one.version.name: one for one in rows.select_related("version")}


def _is_quiet(entry: Entry) -> bool:
    fact = kinds.of(entry.kind)
    return bool(fact and fact.is_quiet)


def _is_untold(entry: Entry, around: Around) -> bool:
    if not entry.is_shredded:
        return False
    said = entries.latest(around.sequels.get(entry.position, ())).get("entry_shredded")
    return said is not None and getattr(said.fact, "reason", "") in UNTOLD
