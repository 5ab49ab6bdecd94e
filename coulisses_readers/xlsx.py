"""The reader of workbooks (XLSX): what their cells show, and nothing that is hidden in them.

Formulas are never evaluated: their cells hold what they came to when the file was saved. Hidden
sheets, rows and columns, comments, names and macros are not read.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from coulisses_readers import figures, text, written, zipped
from coulisses_readers.look import Look, Unreadable
from coulisses_readers.markup import Attributes, Story, walk
from coulisses_readers.registry import Reader

MAX_SHEETS = 30
_MOST_STRINGS = 1_000_000
_LONGEST_CELL = 2_000  # characters


def look(data: bytes, name: str) -> Look:
    """The text of the sheets that are shown, and their series; see `figures`."""
    book = _Book(zipped.Zipped(data))
    tables = [figures.Table(title, rows) for title, rows in book.sheets()]
    return figures.look(tables, ".", len(data))


@dataclass
class _Part(Story):
    """Hears a part: `begun` and `ended` are called by an element's name, the latter with words."""

    begun: Mapping[str, Callable[[Attributes], None]] = field(default_factory=dict)
    ended: Mapping[str, Callable[[str], None]] = field(default_factory=dict)
    _words: list[str] = field(default_factory=list)

    def opened(self, name: str, said: Attributes) -> None:
        """Hear that an element begins."""
        self._words.clear()
        if heard := self.begun.get(name):
            heard(said)

    def closed(self, name: str) -> None:
        """Hear that it ends."""
        if heard := self.ended.get(name):
            heard("".join(self._words)[:_LONGEST_CELL])
        self._words.clear()

    def words(self, words: str) -> None:
        """Hear what stands in it."""
        self._words.append(words)


class _Book:
    """A workbook whose parts are unpacked one by one, within one bound for all."""

    def __init__(self, archive: zipped.Zipped) -> None:
        self._archive = archive
        self._sheets: list[tuple[str, str]] = []  # titles and keys
        self._targets: dict[str, str] = {}
        self._is_1904 = False
        self._strings: list[str] = []
        self._styles = written.Styles()

    def sheets(self) -> Iterator[tuple[str, list[list[str]]]]:
        """Yield the title and the rows of each sheet that is shown."""
        self._read_contents()
        self._read_strings()
        self._read_styles()
        for title, key in self._sheets[:MAX_SHEETS]:
            data = self._part(self._targets.get(key, ""))
            if data is not None:
                sheet = _Sheet(self._strings, self._styles, is_1904=self._is_1904)
                walk(data, _Part(sheet.begun, sheet.ended))
                yield _clean(title), sheet.rows()

    def _part(self, path: str) -> bytes | None:
        return self._archive.read(path) if path in self._archive else None

    def _hear(self, path: str, part: _Part) -> None:
        """Hear a part that a workbook may do without."""
        if (data := self._part(path)) is not None:
            walk(data, part)

    def _read_contents(self) -> None:
        contents = self._part("xl/workbook.xml")
        if contents is None:
            raise Unreadable("unreadable")

        def sheet(told: Attributes) -> None:
            if told.get("state", "visible") == "visible":
                self._sheets.append((told.get("name", ""), told.get("id", "")))

        def about(told: Attributes) -> None:
            self._is_1904 = told.get("date1904") in ("1", "true")

        def target(told: Attributes) -> None:
            path = told.get("Target", "")
            whole = path[1:] if path.startswith("/") else posixpath.normpath(f"xl/{path}")
            self._targets[told.get("Id", "")] = whole

        walk(contents, _Part({"sheet": sheet, "workbookPr": about}))
        self._hear("xl/_rels/workbook.xml.rels", _Part({"Relationship": target}))

    def _read_strings(self) -> None:
        pieces: list[str] = []

        def begun(_: Attributes) -> None:
            pieces.clear()

        def unsaid(_: str) -> None:
            # How a word is read aloud stands between the pieces of it and is none of them.
            del pieces[-1:]

        def kept(_: str) -> None:
            if len(self._strings) >= _MOST_STRINGS:
                raise Unreadable("too_large")
            self._strings.append(_clean("".join(pieces)[:_LONGEST_CELL]))

        ended = {"t": pieces.append, "rPh": unsaid, "si": kept}
        self._hear("xl/sharedStrings.xml", _Part({"si": begun}, ended))

    def _read_styles(self) -> None:
        is_within = [False]

        def form(told: Attributes) -> None:
            self._styles.name(told.get("numFmtId", ""), told.get("formatCode", ""))

        def within(_: Attributes) -> None:
            is_within[0] = True

        def style(told: Attributes) -> None:
            if is_within[0]:
                self._styles.add(told.get("numFmtId", "0"))

        def left(_: str) -> None:
            is_within[0] = False

        begun = {"numFmt": form, "cellXfs": within, "xf": style}
        self._hear("xl/styles.xml", _Part(begun, {"cellXfs": left}))


class _Sheet:
    """Hears the cells of one sheet."""

    def __init__(self, strings: list[str], styles: written.Styles, *, is_1904: bool) -> None:
        self._strings, self._styles, self._is_1904 = strings, styles, is_1904
        self._hidden: list[range] = []
        self._rows: list[dict[int, str]] = []
        self._is_row_hidden = False
        self._column = -1
        self._kind = self._style = self._value = ""
        self._left = figures.MAX_CELLS
        self.begun = {"col": self._col, "row": self._row, "c": self._cell}
        self.ended = {"v": self._said, "t": self._said, "c": self._kept}

    def rows(self) -> list[list[str]]:
        """Return the rows that are shown, without the columns that are not."""
        wide = max((max(row, default=0) for row in self._rows), default=0) + 1
        shown = [
            at
            for at in range(min(wide, figures.MAX_COLUMNS))
            if not any(at in hidden for hidden in self._hidden)
        ]
        return [[row.get(at, "") for at in shown] for row in self._rows]

    def _col(self, told: Attributes) -> None:
        if told.get("hidden") in ("1", "true"):
            first, last = _number(told.get("min", "")), _number(told.get("max", ""))
            self._hidden.append(range(first - 1, last))

    def _row(self, told: Attributes) -> None:
        self._is_row_hidden = told.get("hidden") in ("1", "true")
        self._column = -1
        if not self._is_row_hidden:
            self._rows.append({})

    def _cell(self, told: Attributes) -> None:
        named = _column(told.get("r", ""))
        self._column = self._column + 1 if named is None else named
        self._kind, self._style, self._value = told.get("t", "n"), told.get("s", ""), ""

    def _said(self, words: str) -> None:
        self._value += words

    def _kept(self, _: str) -> None:
        self._left -= 1
        if self._left < 0:
            raise Unreadable("too_large")
        if self._is_row_hidden or not self._rows or not self._value:
            return
        self._rows[-1][self._column] = self._shown()

    def _shown(self) -> str:
        if self._styles.hides(self._style, number=self._kind == "n"):
            return ""
        if self._kind == "s":
            at = _number(self._value)
            return self._strings[at] if at < len(self._strings) else ""
        if self._kind == "n":
            return self._styles.shown(self._value, self._style, is_1904=self._is_1904)
        return "" if self._kind == "e" else _clean(self._value)


def _clean(words: str) -> str:
    return " ".join(text.neutral(words).split())


def _number(digits: str) -> int:
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 8 else 0


def _column(reference: str) -> int | None:
    """Return the number of a cell's column, "A" being 0; None where it does not say."""
    letters = reference.rstrip("0123456789")
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        return None
    found = 0
    for letter in letters.upper():
        found = found * 26 + ord(letter) - 64
    return found - 1


READER = Reader(
    name="figures",
    look=look,
    rank=20,
    suffixes=frozenset({".xlsx", ".xlsm"}),
    is_fit=zipped.may_be_zip,
    compare=figures.compare,
)
