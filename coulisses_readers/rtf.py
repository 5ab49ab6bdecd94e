"""The reader of RTF: its words in reading order, every tracked change accepted.

Nothing of who wrote or commented them, of what is hidden, or of where files lie.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from coulisses_readers import document
from coulisses_readers.document import NOTE_MARK, Paper, is_untold, item
from coulisses_readers.look import Look, Unreadable
from coulisses_readers.registry import Reader

_DEEPEST = 1000
_LONGEST_NAME = 200  # characters of a field's instruction in which its name stands
_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.DOTALL,
)
# Groups that are no words of the text, or nobody's business.
_SKIPPED = re.compile(
    r"annotation|atn(?:author|date|icn|id|parent|ref|time)|author|bkmkend|bkmkstart|buptim|colortbl"
    r"|comment|company|creatim|datafield|doccomm|filetbl|fldinst|fonttbl|(?:footer|header)[flr]?"
    r"|info|keywords|listtable|listtext|manager|nonshppict|object|operator|pict|pn|pntext|printim"
    r"|revtbl|revtim|rsidtbl|rxe|stylesheet|subject|tc|template|title|txe|xe"
)
_SPELLED = {
    **{"tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "bullet": "•"},
    **{"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"},
    **{"emspace": " ", "enspace": " ", "qmspace": " "},
}
_SIGNS = {"~": "\u00a0", "_": "\u2011", "{": "{", "}": "}", "\\": "\\"}
_PAGES = ("cp437", "cp850", *(f"cp{number}" for number in range(1250, 1259)), "mac_roman")


def look(data: bytes, name: str) -> Look:
    """The text, and how many words it has. Raises Unreadable."""
    if len(data) > document.MAX_BYTES:
        raise Unreadable("too_large")
    if not _is_magic(data):
        raise Unreadable("unreadable")
    story = _Story()
    story.read(data.decode("latin-1"))
    return document.of_text(story.paper.spelled(), len(data))


def _warm() -> None:
    for page in _PAGES:
        "".encode(page)


@dataclass
class _Group:
    is_skipped: bool = False
    is_hidden: bool = False
    is_deleted: bool = False
    is_note: bool = False
    is_instruction: bool = False
    after_unicode: int = 1


@dataclass
class _Place:
    """A paragraph that is being written, of the text or of a note."""

    words: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class _Story:
    def __init__(self) -> None:
        self.paper = Paper()
        self._groups = [_Group()]
        self._places = [_Place()]
        self._cells: list[str] = []
        self._in_row = self._is_item = False
        self._page = "cp1252"
        self._bytes = bytearray()
        self._passing = 0
        self._instruction = ""

    def read(self, rtf: str) -> None:
        """Hear all of a document."""
        at, end = 0, len(rtf)
        while at < end and (token := _TOKEN.match(rtf, at)):
            at = token.end()
            word, number, code, sign, brace, words = token.groups()
            if code:
                self._hear_byte(int(code, 16))
                continue
            self._flush()
            if word == "bin":
                at += max(0, int(number or 0))
            elif word:
                self._hear(word, None if number is None else int(number))
            elif sign:
                self._hear_sign(sign)
            elif brace:
                self._turn(brace)
            elif words:
                passed = min(self._passing, len(words))
                self._passing -= passed
                self._say(words[passed:])
        self._flush()
        self._end_paragraph()

    @property
    def _here(self) -> _Group:
        return self._groups[-1]

    def _hear(self, word: str, number: int | None) -> None:
        self._passing = 0
        is_on = number != 0
        act = _ACTS.get(word)
        if _SKIPPED.fullmatch(word):
            self._here.is_skipped = True
            self._here.is_instruction = word == "fldinst"
            self._is_item = self._is_item or word in ("listtext", "pntext")
        elif word in _SPELLED:
            self._say(_SPELLED[word])
        elif word == "u" and number is not None:
            self._say(chr(number % 0x10000))
            self._passing = self._here.after_unicode
        elif word == "uc":
            self._here.after_unicode = min(8, number or 0)
        elif word == "v":
            self._here.is_hidden = is_on
        elif word == "deleted":
            self._here.is_deleted = is_on
        elif word == "ansicpg":
            page = "mac_roman" if number == 10000 else f"cp{number}"
            self._page = page if page in _PAGES else "cp1252"
        elif word == "mac":
            self._page = "mac_roman"
        elif act:
            act(self)

    def _hear_sign(self, sign: str) -> None:
        self._passing = 0
        if sign == "*":
            self._here.is_skipped = True
        elif sign in "\r\n":
            self._end_paragraph()
        elif sign in _SIGNS:
            self._say(_SIGNS[sign])

    def _hear_byte(self, code: int) -> None:
        if self._passing:
            self._passing -= 1
        else:
            self._bytes.append(code)

    def _flush(self) -> None:
        if self._bytes:
            words, self._bytes = bytes(self._bytes), bytearray()
            self._say(words.decode(self._page, "replace"))

    def _turn(self, brace: str) -> None:
        self._passing = 0
        if brace == "{":
            if len(self._groups) > _DEEPEST:
                raise Unreadable("bomb")
            self._groups.append(replace(self._here, is_note=False))
        elif len(self._groups) > 1:
            closed = self._groups.pop()
            if closed.is_note:
                self._end_note()

    def _say(self, words: str) -> None:
        here = self._here
        if here.is_instruction and len(self._instruction) < _LONGEST_NAME:
            self._instruction = f"{self._instruction}{words}".lstrip()
        if not (here.is_skipped or here.is_hidden or here.is_deleted):
            self._places[-1].words.append(words)

    def _begin_field(self) -> None:
        self._instruction = ""

    def _begin_result(self) -> None:
        self._here.is_skipped = self._here.is_skipped or is_untold(self._instruction)

    def _begin_note(self) -> None:
        if not self._here.is_skipped:
            self._say(NOTE_MARK)
            self._here.is_note = True
            self._places.append(_Place())

    def _end_note(self) -> None:
        words = " ".join("".join(self._places.pop().words).split())
        if words:
            self._places[-1].notes.append(words)

    def _plain(self) -> None:
        self._here.is_hidden = self._here.is_deleted = False

    def _begin_paragraph(self) -> None:
        self._in_row = False

    def _begin_row(self) -> None:
        self._in_row = True

    def _end_paragraph(self) -> None:
        if len(self._places) > 1 or self._in_row:
            self._say(" ")
        elif not self._here.is_skipped:
            place, self._places[-1] = self._places[-1], _Place()
            words, kind = _whole(place.words), "paragraph"
            if self._is_item and words.strip():
                words, kind = item(words, 0), "item"
            self._is_item = False
            # A paragraph's mark that was struck joins it with the next.
            self.paper.put(words, kind, notes=place.notes, goes_on=self._here.is_deleted)

    def _end_cell(self) -> None:
        place, self._places[-1] = self._places[-1], _Place()
        self._cells.append(" ".join(_whole(place.words).split()))
        self._is_item = False

    def _end_row(self) -> None:
        self.paper.put(" | ".join(self._cells), "row")
        self._cells = []


def _whole(words: list[str]) -> str:
    # Characters beyond the first plane come as two.
    return "".join(words).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _is_magic(head: bytes) -> bool:
    return head.startswith(b"{\\rtf")


_ACTS: dict[str, Callable[[_Story], None]] = {
    "par": _Story._end_paragraph,
    "sect": _Story._end_paragraph,
    "page": _Story._end_paragraph,
    "pard": _Story._begin_paragraph,
    "plain": _Story._plain,
    "intbl": _Story._begin_row,
    "cell": _Story._end_cell,
    "row": _Story._end_row,
    "field": _Story._begin_field,
    "fldrslt": _Story._begin_result,
    "footnote": _Story._begin_note,
}

READER = Reader(
    name="document",
    look=look,
    compare=document.compare,
    warm=_warm,
    rank=15,
    suffixes=frozenset({".rtf"}),
    is_magic=_is_magic,
    is_fit=lambda head: not head or _is_magic(head),
)
