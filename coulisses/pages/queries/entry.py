"""One entry whole, with its neighbours and what was said of it before and since."""

from dataclasses import dataclass

from coulisses.capture import originals
from coulisses.capture.originals import Original
from coulisses.lib.html import plain
from coulisses.log.ledger import Curtained
from coulisses.log.models import Entry
from coulisses.moments import laying
from coulisses.pages.queries import page
from coulisses.pages.queries.runs import Item
from coulisses.ui import entries, headlines, pictures
from coulisses.ui.pictures import Picture
from coulisses.ui.scene import Scene

Known = Entry | Curtained


@dataclass(frozen=True)
class Words:
    """Words that an entry had before they were said anew."""

    title: str
    body: str
    told: Entry


@dataclass(frozen=True)
class Neighbour:
    """The entry before or after, and a few words of it."""

    position: int
    words: str


@dataclass(frozen=True)
class Whole:
    """An entry's page: the card in full, its neighbours, its earlier words, a picture to share.

    `originals` are the files themselves that the reader may take; `sentence` is the position of
    the words that it stands under, and `is_folded` says that others stand under its own.
    """

    item: Item
    entry: Entry | None
    older: Neighbour | None
    newer: Neighbour | None
    earlier: list[Words]
    current: Words | None
    face: Picture | None
    title: str
    originals: list[Original]
    sentence: int | None
    is_folded: bool


def read(scene: Scene, position: int) -> Whole:
    """Return an entry's page. Raises EntryNotFound."""
    known = scene.entry(position)
    older = scene.read(before=position, newest_first=True, limit=1)
    newer = scene.read(after=position, limit=1)
    entry = known if isinstance(known, Entry) else None
    said = _said(scene, entry) if entry else []
    item = page.gather(scene, [known], is_full=True)[0]
    return Whole(
        item=item,
        entry=entry,
        older=_neighbour(scene, older[0]) if older else None,
        newer=_neighbour(scene, newer[0]) if newer else None,
        earlier=said[:-1],
        current=said[-1] if said else None,
        face=_face(scene, entry) if entry else None,
        title=_title(known, said),
        originals=_originals(scene, entry) if entry else [],
        sentence=laying.over(scene.project, [position]).get(position) if entry else None,
        is_folded=bool(laying.over(scene.project, getattr(entry.fact, "over", ())))
        if entry
        else False,
    )


def headline(known: Known) -> str:
    """Return a few words for an entry without marks, empty where it has none."""
    return plain(known.teaser if isinstance(known, Curtained) else known.fact.headline())


def title(scene: Scene, known: Known) -> str:
    """Return what an entry is called as its words are now."""
    return _title(known, _said(scene, known) if isinstance(known, Entry) else [])


def _title(known: Known, said: list[Words]) -> str:
    return headline(said[-1].told if said else known)


def _neighbour(scene: Scene, known: Known) -> Neighbour:
    if isinstance(known, Curtained):
        return Neighbour(known.position, headline(known))
    eyes = scene.sight.audiences
    lines = headlines.of(scene.project, [known], audiences=eyes, at=scene.at)
    return Neighbour(known.position, lines[0].words if lines else "")


def _said(scene: Scene, entry: Entry) -> list[Words]:
    """Return the words of a moment as they were said and said anew, oldest first."""
    if entry.kind != "moment.told" or entry.is_shredded:
        return []
    around = entries.look_around(
        scene.project, [entry], audiences=scene.sight.audiences, at=scene.at
    )
    sequels = around.sequels.get(entry.position, [])
    told = [entry, *(one for one in sequels if one.kind == "moment.amended")]
    return [
        Words(getattr(one.fact, "title", ""), getattr(one.fact, "body", ""), one)
        for one in told
        if not one.is_shredded
    ]


def _originals(scene: Scene, entry: Entry) -> list[Original]:
    if entry.is_shredded or not scene.sight.has_originals(scene.project):
        return []
    return originals.of(scene.project, entry.fact)


def _face(scene: Scene, entry: Entry) -> Picture | None:
    address = f"{scene.project.path}{entry.position}"
    kept = pictures.kept(scene.project.work, entry.fact.shows())
    changes = pictures.changes(entry.fact, address, kept)
    shown = [change["pictures"].get("after") for change in changes]
    shown += pictures.told(entry.fact, address, kept)
    return next((picture for picture in shown if picture), None)
