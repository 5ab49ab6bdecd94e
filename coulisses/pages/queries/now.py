"""What a stage shows first: the work as it stands, in the form its craft has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from coulisses.capture import queries as capture
from coulisses.capture.models import PieceVersion
from coulisses.log.ledger import Curtained
from coulisses.log.models import Entry
from coulisses.pages.queries import charted
from coulisses.ui import paper, pictures
from coulisses.ui.chart import MOST, Chart
from coulisses.ui.paper import Page
from coulisses.ui.pictures import Kept, Picture
from coulisses.ui.scene import Scene

NEAR = 40  # entries within which a picture is still what the work looks like now
TRIED = 6  # versions looked at for one whose preview is there


@dataclass(frozen=True)
class Now:
    """The work as it stands: two pictures or takes of a file, a line of figures, words or lines."""

    form: str
    position: int
    path: str = ""
    before: Picture | None = None
    after: Picture | None = None
    change: dict[str, Any] | None = None
    page: Page | None = None
    others: int = 0
    chart: Chart | None = None

    @property
    def is_pair(self) -> bool:
        """Whether it has been worked on, and not only put there."""
        lanes = self.change and self.change.get("lanes")
        return self.before is not None or bool(lanes and len(lanes.takes) > 1)


def read(scene: Scene, known: Sequence[Entry | Curtained]) -> Now | None:
    """Return what to show of a project now; None where only a poster can be drawn."""
    eyes = scene.sight.audiences
    picture = capture.latest(scene.project, "picture", audiences=eyes)
    text = capture.latest(scene.project, "prose", "document", "code", "figures", audiences=eyes)
    sound = capture.latest(scene.project, "sound", audiences=eyes)
    seen = _picture(scene, picture) if picture else None
    heard = _sound(scene, sound) if sound else None
    shown = max((one for one in (seen, heard) if one), key=lambda one: one.position, default=None)
    if shown and _is_the_work(shown, text):
        return shown
    return (_text(scene, text) if text else None) or _photograph(scene, known)


def _is_the_work(shown: Now, text: PieceVersion | None) -> bool:
    """Whether a picture or a sound is what is made, and no illustration of what is written."""
    if text is None or shown.position > text.position:
        return True
    return shown.is_pair and shown.position > text.position - NEAR


def _picture(scene: Scene, latest: PieceVersion) -> Now | None:
    eyes = scene.sight.audiences
    first = list(capture.versions(latest.piece, audiences=eyes)[:TRIED])
    last = list(capture.versions(latest.piece, audiences=eyes, newest_first=True)[:TRIED])
    kept = pictures.kept(scene.project.work, {one.version for one in first + last} - {""})
    after = _shown(scene, last, kept)
    before = _shown(scene, first, kept)
    if after is None:
        return None
    is_same = before is None or before[0].version == after[0].version
    return Now(
        "picture",
        after[0].position,
        after[0].path,
        before=None if is_same or before is None else before[1],
        after=after[1],
    )


def _shown(
    scene: Scene, versions: list[PieceVersion], kept: dict[str, Kept]
) -> tuple[PieceVersion, Picture] | None:
    for one in versions:
        address = f"{scene.project.path}{one.position}"
        picture = pictures.picture(address, one.index, "after", kept.get(one.version))
        if picture:
            return one, picture
    return None


def _sound(scene: Scene, latest: PieceVersion) -> Now | None:
    """Return a sound's last two takes, of the newest version that can be listened to."""
    eyes = scene.sight.audiences
    newest = list(capture.versions(latest.piece, audiences=eyes, newest_first=True)[:TRIED])
    told = scene.read(positions=[one.position for one in newest])
    facts = {one.position: one.fact for one in told if isinstance(one, Entry)}
    names = {name for fact in facts.values() for name in pictures.names(fact)}
    kept = pictures.kept(scene.project.work, names)
    for one in newest:
        fact, address = facts.get(one.position), f"{scene.project.path}{one.position}"
        changes = pictures.changes(fact, address, kept) if fact else []
        change = changes[one.index] if one.index < len(changes) else {}
        if (lanes := change.get("lanes")) and lanes.after:
            return Now("sound", one.position, one.path, change=change)
    return None


def _text(scene: Scene, latest: PieceVersion) -> Now | None:
    if latest.reader == "figures":
        return _figures(scene, latest)
    found = scene.read(positions=[latest.position])
    if not found or not isinstance(found[0], Entry):
        return None
    fact = found[0].fact
    kept = pictures.kept(scene.project.work, {latest.version})
    changes = paper.changes(fact, f"{scene.project.path}{latest.position}", kept)
    change: dict[str, Any] = changes[latest.index] if latest.index < len(changes) else {}
    form = "prose" if change.get("words") else "code" if change.get("hunks") else ""
    if not form:  # a document without words is looked at: a score, a scan
        return _picture(scene, latest) if change.get("paper") else None
    page = change["paper"].face if change["paper"] else None
    here = latest.position, latest.path
    return Now(form, *here, change=change, page=page, others=len(changes) - 1)


def _figures(scene: Scene, latest: PieceVersion) -> Now | None:
    whole = capture.thinned(latest.piece, audiences=scene.sight.audiences, most=MOST)
    address = f"{scene.project.path}files/{quote(latest.path)}"
    drawn = charted.read(
        scene, dict(enumerate(whole)), len(whole), at=len(whole) - 1, address=address
    )
    return Now("figures", latest.position, latest.path, chart=drawn) if drawn else None


def _photograph(scene: Scene, known: Sequence[Entry | Curtained]) -> Now | None:
    """Return the newest picture that a maker told, among the entries of the page."""
    told = [one for one in known if isinstance(one, Entry) and getattr(one.fact, "pictures", [])]
    if not told:
        return None
    kept = pictures.kept(scene.project.work, told[0].fact.shows())
    shown = pictures.told(told[0].fact, f"{scene.project.path}{told[0].position}", kept)
    return Now("picture", told[0].position, after=shown[0]) if shown else None
