"""Pictures that stand for pages in a link's preview: what each says, drawn once, kept in memory.

A card's key is all that it shows: what is said anew is another card, and nobody is given the one
before. What is shredded leaves this process at once, and no other process shows it again.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore, Lock

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from coulisses.lib.refusals import Refusal, require
from coulisses.log.models import Entry
from coulisses.media import looking, store
from coulisses.projects import billed
from coulisses.projects.models import Project, Studio
from coulisses.ui import assets, headlines, pictures, poster, words
from coulisses_readers.look import POSTCARD, Unreadable

WIDTH, HEIGHT = POSTCARD
MOST_AT_ONCE = 3  # threads that draw or wait for it: of four, one is left for pages
ROOM = 24 * 1024 * 1024  # bytes of drawn cards that one process keeps
LATIN = 0x24F  # the last character that the house's own fonts may have
FALLBACKS = ("DejaVuSans-Bold.ttf", "NotoSansCJK-Bold.ttc", "NotoSansDevanagari-Bold.ttf")
FONTS = Path("/usr/share/fonts")
COLOURS = {
    "doubt": "#c0156f",
    "failure": "#c03c08",
    "breakthrough": "#087a43",
    "question": "#6b3fc4",
    "milestone": "#1c2fd0",
}
GREY, BLUE = "#62667a", "#2238e8"


class TooManyDrawings(Refusal):
    """More pictures are asked for at once than are drawn."""

    status = 503
    wait = 5
    sentence = _("The house is drawing other pictures just now. Try again in a moment.")


@dataclass(frozen=True)
class Card:
    """What a card shows: its words, and a version's preview or else a poster by seed and number."""

    said: tuple[tuple[str, str], ...]
    log: str
    version: str
    seed: str
    number: int

    @property
    def state(self) -> str:
        """A short name for exactly this card."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:24]


def of_entry(project: Project, entry: Entry, sequels: Sequence[Entry] = ()) -> Card:
    """Return the card of an entry that everybody may read, with its words as they are now."""
    with translation.override(words.tongue(project)):
        title, tape = headlines.said(entry, sequels), words.kind(entry.topic)
    has_words = title not in ("", tape)
    said = {
        "title": title if has_words else project.title,
        "number": str(entry.position),
        "tape": tape,
        "colour": COLOURS.get(entry.topic, GREY),
        "place": project.title if has_words else "",
        "house": project.studio.name,
    }
    shown = [change.get("after") for change in pictures.changes_of(entry.fact)]
    shown += pictures.pictures_of(entry.fact)
    return _card(said, project, *(one["version"] for one in shown if one), project.cover_version)


def of_project(project: Project, newest: str = "") -> Card:
    """Return the card of a project; `newest` is the version that its maker lets stand for it."""
    said = {
        "title": project.title,
        "line": project.line,
        "place": project.studio.name,
        "colour": BLUE,
        "house": "Coulisses",
    }
    with translation.override(words.tongue(project)):
        said |= billed.on_card(project)
    return _card(said, project, project.cover_version, newest)


def of_studio(studio: Studio, project: Project, newest: str = "") -> Card:
    """Return the card of a studio, with the face of one of its projects; `newest` as above."""
    said = {"title": studio.name, "line": studio.line, "colour": BLUE, "house": "Coulisses"}
    return _card(said, project, project.cover_version, newest)


def drawn(card: Card) -> bytes:
    """Return a card as JPEG.

    Raises TooManyDrawings where others wait already, and Unreadable where it cannot be drawn.
    """
    return _known(card) or _in_turn(card)


def _known(card: Card) -> bytes | None:
    with _lock:
        if card in _kept:
            _kept.move_to_end(card)
        return _kept.get(card)


def _in_turn(card: Card) -> bytes:
    require(_waiting.acquire(blocking=False), TooManyDrawings)
    try:
        with _drawing:  # one after the other: those who wait for the same find it drawn
            made = _known(card) or _draw(card)
            with _lock:
                _kept[card] = made
                while sum(map(len, _kept.values())) > ROOM:
                    _kept.popitem(last=False)
            return made
    finally:
        _waiting.release()


def forget(entry: Entry) -> None:
    """Drop the cards of an entry's log from this process: others may show its picture."""
    with _lock:
        for one in [one for one in _kept if one.log == entry.log_id]:
            del _kept[one]


def _card(said: dict[str, str], project: Project, *versions: str) -> Card:
    """Return a card with the first of these versions that has a preview still."""
    known = pictures.kept(project.work, filter(None, versions))
    there = (one for one in versions if one in known and "small" in known[one].sizes)
    return Card(
        said=tuple(said.items()),
        log=project.work_id,
        version=next((one for one in there if not known[one].is_shredded), ""),
        seed=project.pk,
        number=project.poster,
    )


def _draw(card: Card) -> bytes:
    letters = "".join(value for _what, value in card.said)
    fonts = _fonts(any(ord(one) > LATIN and one.isalpha() for one in letters))
    eye, said = looking.eye(), dict(card.said)
    if picture := _picture(card):
        try:
            return eye.draw_postcard(said, fonts, picture)
        except Unreadable:
            pass  # a preview that cannot be read: the poster can
    return eye.draw_postcard(said, fonts, _poster(card))


def _picture(card: Card) -> bytes | None:
    project = Project.objects.select_related("work").get(pk=card.seed)
    for variant in ("large", "small") if card.version else ():
        try:
            return store.location(
                store.open_preview(project.work, card.version, variant)
            ).read_bytes()
        except (store.PreviewNotFound, OSError):
            continue
    return None


def _poster(card: Card) -> str:
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{poster.WIDTH}" height="{poster.HEIGHT}" '
    )
    return poster.draw(card.seed, card.number).replace("<svg ", whole, 1)


def _fonts(is_beyond: bool) -> dict[str, list[bytes]]:
    others = _others() if is_beyond else []
    families = {"title": "bricolage-grotesque", "read": "newsreader", "mono": "jetbrains-mono"}
    return {
        name: [*(_font(f"{family}-{part}.woff2") for part in ("latin", "latin-ext")), *others]
        for name, family in families.items()
    }


@lru_cache(maxsize=8)
def _font(name: str) -> bytes:
    return assets.path(name).read_bytes()


@lru_cache(maxsize=1)
def _others() -> list[bytes]:
    """Return fonts of the machine for letters that the house's own lack."""
    found = {path.name: path for path in FONTS.rglob("*.tt[fc]") if path.name in FALLBACKS}
    return [found[name].read_bytes() for name in FALLBACKS if name in found]


_kept: OrderedDict[Card, bytes] = OrderedDict()
_lock, _drawing, _waiting = Lock(), Lock(), BoundedSemaphore(MOST_AT_ONCE)
