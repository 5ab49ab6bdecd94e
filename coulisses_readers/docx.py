"""The reader of Word's documents: their words in reading order, as if every change was accepted.

Nothing of who wrote, commented or saved them, of what is hidden, or of where files lie: comments,
properties, headers, and the fields that spell such things are never read.
"""

from __future__ import annotations

import posixpath

from coulisses_readers import document
from coulisses_readers.look import Look, Unreadable
from coulisses_readers.markup import Attributes, Story, walk
from coulisses_readers.registry import Reader
from coulisses_readers.wordstory import WordStory
from coulisses_readers.wordstyles import PREFIXES, Styles
from coulisses_readers.zipped import Zipped, may_be_zip


def look(data: bytes, name: str) -> Look:
    """The text, and how many words it has. Raises Unreadable."""
    if len(data) > document.MAX_BYTES:
        raise Unreadable("too_large")
    book = Zipped(data)
    main = _target(book, "", "/officeDocument") or "word/document.xml"
    styles = Styles()
    if (path := _target(book, main, "/styles")) in book:
        walk(book.read(path), styles, PREFIXES)
    notes: dict[str, str] = {}
    for kind in ("footnote", "endnote"):
        if (path := _target(book, main, f"/{kind}s")) in book:
            written = WordStory(styles)
            walk(book.read(path), written, PREFIXES)
            notes |= {f"{kind} {number}": words for number, words in written.notes.items()}
    story = WordStory(styles, notes)
    walk(book.read(main), story, PREFIXES)
    if not story.has_body:
        raise Unreadable("unreadable")
    return document.of_text(story.paper.spelled(), len(data))


def _target(book: Zipped, part: str, kind: str) -> str:
    """The name of the member that a part is related to so; empty where there is none."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in book:
        return ""
    targets = _Targets()
    walk(book.read(relations), targets)
    target = targets.found.get(kind, "")
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") if target else ""


class _Targets(Story):
    """Where a part's relations lead, by the ends of their types."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def opened(self, name: str, said: Attributes) -> None:
        """Hear of a relation."""
        if name == "Relationship" and said.get("TargetMode") != "External":
            kind = "/" + said.get("Type", "").rpartition("/")[2]
            self.found.setdefault(kind, said.get("Target", ""))


READER = Reader(
    name="document",
    look=look,
    compare=document.compare,
    rank=15,
    suffixes=frozenset({".docx", ".docm", ".dotx", ".dotm"}),
    is_fit=may_be_zip,
)
