"""A file's life: one version large, all of them on the strip."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coulisses.capture import queries as capture
from coulisses.capture.models import Piece, PieceVersion
from coulisses.lib import text
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.media import store
from coulisses.pages.queries import charted
from coulisses.pages.refusals import NothingToShow
from coulisses.ui import chart, paper, pictures, words
from coulisses.ui.chart import Chart
from coulisses.ui.lanes import Lanes
from coulisses.ui.pictures import Picture
from coulisses.ui.scene import Scene
from coulisses.ui.strip import MOST, Mark, Strip, spread
from coulisses_readers.figures import Table, tables_of

READ = {"prose", "document", "code"}
LONGEST = 60_000  # characters of a text that are shown
MOST_ROWS, MOST_COLUMNS = 60, 20  # of a table


@dataclass(frozen=True)
class Life:
    """A file at one of its versions, with its neighbours in time."""

    path: str
    piece: Piece
    reader: str
    number: int
    count: int
    entry: Entry
    change: dict[str, Any]
    after: Picture | None
    lanes: Lanes | None
    text: str
    tables: Sequence[Table]
    chart: Chart | None
    previous: PieceVersion | None
    next: PieceVersion | None
    strip: Strip

    @property
    def lapse(self) -> str:
        """The element that plays its versions: of pictures, or of what is read; else none."""
        if self.count < 2:
            return ""
        if self.after:
            return "time-lapse"
        return "text-lapse" if self.reader in READ else ""


def read(scene: Scene, path: str, at: int | None, series: str = "") -> Life:
    """Return a file's life as it stood at a position, or lately. Raises PieceNotFound.

    Of a file of figures, `series` names the one to be charted.
    """
    eyes = scene.sight.audiences
    life = capture.life(scene.project, path, audiences=eyes, at=at)
    whole = capture.whole(life.piece, audiences=eyes)
    until = whole.upto(at)
    here = max(0, until - 1)
    wanted = {here - 1, here, here + 1, *_marked(len(whole), here)}
    some = whole.some({*wanted, *chart.sampled(len(whole), here)})
    shown = some[here]
    entry = scene.entry(shown.position)
    require(isinstance(entry, Entry) and not entry.is_shredded, NothingToShow)
    assert isinstance(entry, Entry)
    address = f"{scene.project.path}{shown.position}"
    kept = pictures.kept(scene.project.work, pictures.names(entry.fact))
    change = paper.changes(entry.fact, address, kept)[shown.index]
    said = _text(scene, shown) if change["text"] else ""
    is_table = shown.reader == "figures"
    return Life(
        path=shown.path,
        piece=life.piece,
        reader=shown.reader,
        number=here + 1,
        count=len(whole),
        entry=entry,
        change=change,
        after=change["pictures"].get("after"),
        lanes=change["lanes"],
        text="" if is_table else said,
        tables=_tables(said) if is_table else (),
        chart=charted.read(scene, some, len(whole), at=here, name=series) if is_table else None,
        previous=some.get(here - 1),
        next=some.get(here + 1),
        strip=_strip(scene, some, len(whole), here),
    )


def _text(scene: Scene, shown: PieceVersion) -> str:
    preview = store.open_preview(scene.project.work, shown.version, "text")
    read = store.kept(preview).read().decode("utf-8", errors="replace")
    return text.clean(read[:LONGEST])


def _tables(said: str) -> list[Table]:
    return [
        Table(table.name, [row[:MOST_COLUMNS] for row in table.rows[:MOST_ROWS]])
        for table in tables_of(said)
        if any(map(any, table.rows))
    ]


def _marked(count: int, here: int) -> list[int]:
    """Return which of so many versions have a mark on the strip."""
    size = -(-count // MOST) or 1
    return sorted({*range(0, count, size), here, count - 1})


def _strip(scene: Scene, some: Mapping[int, PieceVersion], count: int, here: int) -> Strip:
    chosen = _marked(count, here)
    at = spread(chosen)
    named = dict.fromkeys(some[index].version for index in chosen if some[index].version)
    kept = pictures.kept(scene.project.work, named)
    marks = [
        _mark(scene, some[index], index, place, kept, is_now=index == here)
        for index, place in zip(chosen, at, strict=True)
    ]
    said = ngettext("%(count)s version", "%(count)s versions", count) % {"count": count}
    return Strip(marks, _("first"), said, _("now"))


def _mark(
    scene: Scene,
    one: PieceVersion,
    index: int,
    at: float,
    kept: dict[str, pictures.Kept],
    *,
    is_now: bool,
) -> Mark:
    address = f"{scene.project.path}{one.position}"
    shown = paper.face(address, one.index, kept.get(one.version))
    return Mark(
        href=f"?at={one.position}",
        when=words.numbered(index + 1),
        label=f"{one.position} · {one.path}",
        height=34 if one.what == "removed" else 60,
        picture=shown.small if shown else "",
        is_now=is_now,
        at=at,
    )
