"""What a part of a Word document says: blocks in reading order, every tracked change accepted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from coulisses_readers.document import NOTE_MARK, Paper, is_untold, item
from coulisses_readers.markup import Attributes, Play
from coulisses_readers.wordstyles import Styles, is_on

# What was struck or stood before it was moved or set anew, what another office would draw
# instead, what describes content and isn't it, and how a word is pronounced.
_SKIPPED = frozenset(
    {
        *("w:moveFrom", "w:pPrChange", "w:rPrChange", "w:tblPrChange", "w:trPrChange"),
        *("w:tcPrChange", "w:sectPrChange", "w:sectPr", "w:sdtPr", "w:object", "w:rt"),
        "mc:Fallback",
    }
)


@dataclass
class _Paragraph:
    words: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    level: int | None = None
    is_hidden: bool = False
    is_heading: bool = False
    goes_on: bool = False


@dataclass
class _Field:
    instruction: list[str] = field(default_factory=list)
    is_result: bool = False
    is_untold: bool = False


class WordStory(Play):
    """Hears a part of a document and puts its blocks on paper, or each of its notes in `notes`."""

    def __init__(self, styles: Styles, notes: Mapping[str, str] | None = None) -> None:
        super().__init__(_BEGINNINGS, _ENDS)
        self.paper = Paper()
        self.notes: dict[str, str] = {}
        self.has_body = False
        self._styles, self._known = styles, notes or {}
        self._papers: list[Paper] = [self.paper]
        self._rows: list[list[str]] = []
        self._dropped: list[bool] = []
        self._paragraphs: list[_Paragraph] = []
        self._runs: list[bool] = []
        self._fields: list[_Field] = []
        self._note = ""

    def words(self, words: str) -> None:
        """Hear what is written."""
        if not self.is_heard or not self.path:
            return
        if self.path[-1] in ("w:t", "m:t"):
            self._say(words)
        elif self.path[-1] == "w:instrText" and self._fields:
            self._fields[-1].instruction.append(words)

    def is_skipped(self, name: str, said: Attributes) -> bool:
        """Whether it was struck, or is said elsewhere."""
        is_mark = self.path[-1:] in (["w:rPr"], ["w:trPr"])
        return name in _SKIPPED or (name == "w:del" and not is_mark)

    def _say(self, words: str) -> None:
        is_seen = not any(self._runs) and not any(self._dropped)
        is_told = all(one.is_result and not one.is_untold for one in self._fields)
        if self._paragraphs and is_seen and is_told:
            self._paragraphs[-1].words.append(words)

    # What elements do when they open, told what they say.

    def _begin_body(self, said: Attributes) -> None:
        self.has_body = True

    def _begin_paragraph(self, said: Attributes) -> None:
        self._paragraphs.append(_Paragraph())

    def _begin_run(self, said: Attributes) -> None:
        is_hidden = self._paragraphs[-1].is_hidden if self._paragraphs else False
        self._runs.append(is_hidden)

    def _style_paragraph(self, said: Attributes) -> None:
        if self.under == "w:pPr" and self._paragraphs:
            style = self._styles.of(said.get("w:val", ""))
            here = self._paragraphs[-1]
            here.is_hidden, here.is_heading = bool(style.is_hidden), style.is_heading
            if style.is_listed and not style.is_heading and here.level is None:
                here.level = 0

    def _style_run(self, said: Attributes) -> None:
        if self.under == "w:rPr" and self.path[-3:-2] == ["w:r"]:
            is_hidden = self._styles.of(said.get("w:val", "")).is_hidden
            if is_hidden is not None:
                self._runs[-1] = is_hidden

    def _hide(self, said: Attributes) -> None:
        if self.under == "w:rPr" and self.path[-3:-2] == ["w:r"]:
            self._runs[-1] = is_on(said)

    def _list(self, said: Attributes) -> None:
        if self.under == "w:numPr" and self._paragraphs and not self._paragraphs[-1].is_heading:
            is_listed = said.get("w:val") != "0"
            level = self._paragraphs[-1].level or 0
            self._paragraphs[-1].level = level if is_listed else None

    def _indent(self, said: Attributes) -> None:
        if self.under == "w:numPr" and self._paragraphs:
            level = said.get("w:val", "0")
            self._paragraphs[-1].level = min(8, int(level)) if level.isdecimal() else 0

    def _strike(self, said: Attributes) -> None:
        """A row that was struck, or the mark at a paragraph's end."""
        if self.under == "w:trPr" and self._dropped:
            self._dropped[-1] = True
        elif self.path[-3:-2] == ["w:pPr"] and self._paragraphs:
            self._paragraphs[-1].goes_on = True

    def _strike_cell(self, said: Attributes) -> None:
        if self._dropped:
            self._dropped[-1] = True

    def _begin_row(self, said: Attributes) -> None:
        self._rows.append([])
        self._dropped.append(False)

    def _begin_cell(self, said: Attributes) -> None:
        self._papers.append(Paper())
        self._dropped.append(False)

    def _begin_note(self, said: Attributes) -> None:
        self._note = said.get("w:id", "")
        self._papers.append(Paper())

    def _refer(self, said: Attributes) -> None:
        kind = "endnote" if self.path[-1] == "w:endnoteReference" else "footnote"
        words = self._known.get(f"{kind} {said.get('w:id', '')}", "")
        if words and self._paragraphs:
            length = len(self._paragraphs[-1].words)
            self._say(NOTE_MARK)
            if len(self._paragraphs[-1].words) > length:
                self._paragraphs[-1].notes.append(words)

    def _turn_field(self, said: Attributes) -> None:
        step = said.get("w:fldCharType")
        if step == "begin":
            self._fields.append(_Field())
        elif step == "separate" and self._fields:
            here = self._fields[-1]
            here.is_result, here.is_untold = True, is_untold("".join(here.instruction))
        elif step == "end" and self._fields:
            self._fields.pop()

    def _begin_field(self, said: Attributes) -> None:
        self._fields.append(_Field([], True, is_untold(said.get("w:instr", ""))))

    def _say_tab(self, said: Attributes) -> None:
        if self.under == "w:r":
            self._say("\t")

    def _say_break(self, said: Attributes) -> None:
        self._say("\n")

    def _say_hyphen(self, said: Attributes) -> None:
        self._say("\u2011")

    # What they do when they close.

    def _end_paragraph(self) -> None:
        here = self._paragraphs.pop()
        words, kind = "".join(here.words), "paragraph"
        if here.level is not None and words.strip():
            words, kind = item(words, here.level), "item"
        self._papers[-1].put(words, kind, notes=here.notes, goes_on=here.goes_on)

    def _end_run(self) -> None:
        self._runs.pop()

    def _end_cell(self) -> None:
        is_dropped, paper = self._dropped.pop(), self._papers.pop()
        if self._rows and not is_dropped:
            self._rows[-1].append(paper.on_a_line())

    def _end_row(self) -> None:
        is_dropped, cells = self._dropped.pop(), self._rows.pop()
        if not is_dropped:
            self._papers[-1].put(" | ".join(cells), "row")

    def _end_note(self) -> None:
        self.notes[self._note] = self._papers.pop().on_a_line()

    def _end_field(self) -> None:
        if self._fields:
            self._fields.pop()


_BEGINNINGS: dict[str, Callable[[WordStory, Attributes], None]] = {
    "w:body": WordStory._begin_body,
    "w:p": WordStory._begin_paragraph,
    "w:r": WordStory._begin_run,
    "m:r": WordStory._begin_run,
    "w:pStyle": WordStory._style_paragraph,
    "w:rStyle": WordStory._style_run,
    "w:vanish": WordStory._hide,
    "w:specVanish": WordStory._hide,
    "w:numId": WordStory._list,
    "w:ilvl": WordStory._indent,
    "w:del": WordStory._strike,
    "w:hidden": WordStory._strike,
    "w:cellDel": WordStory._strike_cell,
    "w:tr": WordStory._begin_row,
    "w:tc": WordStory._begin_cell,
    "w:footnote": WordStory._begin_note,
    "w:endnote": WordStory._begin_note,
    "w:footnoteReference": WordStory._refer,
    "w:endnoteReference": WordStory._refer,
    "w:fldChar": WordStory._turn_field,
    "w:fldSimple": WordStory._begin_field,
    "w:tab": WordStory._say_tab,
    "w:br": WordStory._say_break,
    "w:cr": WordStory._say_break,
    "w:noBreakHyphen": WordStory._say_hyphen,
}
_ENDS: dict[str, Callable[[WordStory], None]] = {
    "w:p": WordStory._end_paragraph,
    "w:r": WordStory._end_run,
    "m:r": WordStory._end_run,
    "w:tc": WordStory._end_cell,
    "w:tr": WordStory._end_row,
    "w:footnote": WordStory._end_note,
    "w:endnote": WordStory._end_note,
    "w:fldSimple": WordStory._end_field,
}
