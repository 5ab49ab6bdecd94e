"""The reader of OpenDocument texts: their words in reading order, every tracked change accepted.

Nothing of who wrote, commented or saved them, of what is hidden, or of where files lie.
"""

from __future__ import annotations

from collections.abc import Callable

from coulisses_readers import document
from coulisses_readers.document import NOTE_MARK, Paper, item
from coulisses_readers.look import Look, Unreadable
from coulisses_readers.markup import Attributes, Play, Story, walk
from coulisses_readers.registry import Reader
from coulisses_readers.zipped import Zipped, is_called, may_be_zip

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    f"{_URN}{name}:1.0": name for name in ("office", "text", "table", "style", "drawing", "script")
} | {f"{_URN}svg-compatible:1.0": "svg"}
# What was struck, notes on the margin, what hides, what is said elsewhere, what describes a
# picture, and fields whose words are somebody's name, a place on a disk or a clock.
_SKIPPED = frozenset(
    {
        *("office:annotation", "office:annotation-end", "office:forms", "office:event-listeners"),
        *("text:tracked-changes", "text:hidden-text", "text:note-citation", "text:ruby-text"),
        *("text:table-of-content", "text:alphabetical-index", "text:bibliography", "text:script"),
        *("text:user-index", "text:object-index", "text:table-index", "text:illustration-index"),
        *("text:author-name", "text:author-initials", "text:creator", "text:initial-creator"),
        *("text:printed-by", "text:file-name", "text:template-name", "text:user-field-get"),
        *("text:user-defined", "text:description", "text:keywords", "text:subject", "text:chapter"),
        *("text:date", "text:time", "text:creation-date", "text:creation-time", "text:print-date"),
        *("text:print-time", "text:modification-date", "text:modification-time", "text:meta"),
        *("text:page-number", "text:page-count", "text:word-count", "text:character-count"),
        *("text:paragraph-count", "text:editing-cycles", "text:editing-duration"),
        *("text:database-display", "text:database-name", "text:placeholder", "text:variable-get"),
        *("svg:title", "svg:desc", "script:event-listener"),
    }
)
_SENDER = "text:sender-"
_MOST_SPACES = 40
_MIME = b"application/vnd.oasis.opendocument.text"


def look(data: bytes, name: str) -> Look:
    """The text, and how many words it has. Raises Unreadable."""
    if len(data) > document.MAX_BYTES:
        raise Unreadable("too_large")
    book = Zipped(data)
    hidden = _HiddenStyles()
    if "styles.xml" in book:
        walk(book.read("styles.xml"), hidden, _PREFIXES)
    content = book.read("content.xml")
    # A document's own styles stand before its words; the words may name them all.
    walk(content, hidden, _PREFIXES)
    story = _Text(hidden)
    walk(content, story, _PREFIXES)
    if not story.has_body:
        raise Unreadable("unreadable")
    return document.of_text(story.paper.spelled(), len(data))


class _HiddenStyles(Story):
    """Hears the styles of words and of sections, and knows which of them hide."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}
        self._displays: dict[str, str] = {}
        self._known: dict[str, bool] = {}
        self._style = ""

    def hide(self, name: str) -> bool:
        """Return whether a style hides, by itself or as the one that it comes from does."""
        if name not in self._known:
            seen, at = {name}, name
            while at not in self._displays and self._parents.get(at, at) not in seen:
                at = self._parents[at]
                seen.add(at)
            self._known[name] = self._displays.get(at) == "none"
        return self._known[name]

    def opened(self, name: str, said: Attributes) -> None:
        """Hear what a style says."""
        if name == "style:style":
            self._style = said.get("style:name", "")
            if "style:parent-style-name" in said:
                self._parents[self._style] = said["style:parent-style-name"]
        elif name == "style:text-properties" and "text:display" in said:
            self._displays[self._style] = said["text:display"]


class _Text(Play):
    """Hears a document's content and puts its blocks on paper."""

    def __init__(self, hidden: _HiddenStyles) -> None:
        super().__init__(_BEGINNINGS, _ENDS)
        self.paper = Paper()
        self.has_body = False
        self._hidden = hidden
        self._papers: list[Paper] = [self.paper]
        self._rows: list[list[str]] = []
        self._lines: list[list[str]] = []
        self._unseen: set[int] = set()  # open lines that are hidden, by their depth
        self._notes: list[list[str]] = []
        self._levels: list[int] = [-1]

    def words(self, words: str) -> None:
        """Hear what is written."""
        if self.is_heard and self._lines and self.path[-1] not in _BETWEEN:
            self._lines[-1].append(" " if words.isspace() else _flat(words))

    def is_skipped(self, name: str, said: Attributes) -> bool:
        """Whether it is not written, or hidden."""
        is_hidden = said.get("text:display") == "none" or said.get("text:is-hidden") == "true"
        if is_hidden and name == "text:hidden-paragraph":
            self._unseen.add(len(self._lines))  # it stands in the paragraph that it hides
        style = said.get("text:style-name", "")
        is_hidden = is_hidden or (name != "text:list" and self._hidden.hide(style))
        return name in _SKIPPED or name.startswith(_SENDER) or is_hidden

    # What elements do when they open …

    def _begin_body(self, said: Attributes) -> None:
        self.has_body = True

    def _begin_paragraph(self, said: Attributes) -> None:
        self._lines.append([])
        self._notes.append([])

    def _begin_list(self, said: Attributes) -> None:
        self._levels[-1] += 1

    def _begin_row(self, said: Attributes) -> None:
        self._rows.append([])

    def _begin_place(self, said: Attributes) -> None:
        """A cell or a note: blocks of its own, in no list."""
        self._papers.append(Paper())
        self._levels.append(-1)

    def _say_spaces(self, said: Attributes) -> None:
        count = said.get("text:c", "1")
        self._say(" " * min(_MOST_SPACES, int(count) if count.isdecimal() else 1))

    def _say_tab(self, said: Attributes) -> None:
        self._say("\t")

    def _say_break(self, said: Attributes) -> None:
        self._say("\n")

    def _say(self, words: str) -> None:
        if self._lines:
            self._lines[-1].append(words)

    # … and when they close.

    def _end_paragraph(self) -> None:
        depth = len(self._lines)
        words, notes = "".join(self._lines.pop()), self._notes.pop()
        if depth in self._unseen:
            words, notes = "", []
            self._unseen.discard(depth)
        level, kind = self._levels[-1], "paragraph"
        if level >= 0 and words.strip():
            words, kind = item(words, min(8, level)), "item"
        self._papers[-1].put(words, kind, notes=notes)

    def _end_list(self) -> None:
        self._levels[-1] -= 1

    def _end_row(self) -> None:
        self._papers[-1].put(" | ".join(self._rows.pop()), "row")

    def _end_cell(self) -> None:
        words = self._end_place()
        if self._rows:
            self._rows[-1].append(words)

    def _end_note(self) -> None:
        words = self._end_place()
        if words and self._lines:
            self._say(NOTE_MARK)
            self._notes[-1].append(words)

    def _end_place(self) -> str:
        self._levels.pop()
        return self._papers.pop().on_a_line()


def _flat(words: str) -> str:
    """White space as OpenDocument counts it: any of it is one space."""
    inner = " ".join(words.split())
    return f"{' ' * words[0].isspace()}{inner}{' ' * words[-1].isspace()}"


# Where white space only indents the source.
_BETWEEN = frozenset({"text:note", "text:note-body", "text:list", "text:list-item", "text:section"})
_BEGINNINGS: dict[str, Callable[[_Text, Attributes], None]] = {
    "office:text": _Text._begin_body,
    "text:p": _Text._begin_paragraph,
    "text:h": _Text._begin_paragraph,
    "text:list": _Text._begin_list,
    "table:table-row": _Text._begin_row,
    "table:table-cell": _Text._begin_place,
    "text:note-body": _Text._begin_place,
    "text:s": _Text._say_spaces,
    "text:tab": _Text._say_tab,
    "text:line-break": _Text._say_break,
}
_ENDS: dict[str, Callable[[_Text], None]] = {
    "text:p": _Text._end_paragraph,
    "text:h": _Text._end_paragraph,
    "text:list": _Text._end_list,
    "table:table-row": _Text._end_row,
    "table:table-cell": _Text._end_cell,
    "text:note-body": _Text._end_note,
}

READER = Reader(
    name="document",
    look=look,
    compare=document.compare,
    rank=15,
    suffixes=frozenset({".odt", ".ott"}),
    is_magic=lambda head: is_called(head, _MIME),
    is_fit=may_be_zip,
)
