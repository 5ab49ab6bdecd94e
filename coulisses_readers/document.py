"""What every reader of documents hands back, and what changed between two of them.

A document's words are blocks in reading order: paragraphs, a list's items, a table's rows, notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

from coulisses_readers import align, prose, text
from coulisses_readers.look import Look, Unreadable

MAX_BYTES = 64 * 1024 * 1024
LONGEST = 400_000  # characters that are shown and compared
_MOST_READ = 8_000_000  # characters; more of them are no document
NOTE_MARK = "*"  # not a number: numbers change when a note is put in before
_MOST_NAMED = 40  # pages that changed, by number

# Blocks of one of these kinds stand under each other without an empty line.
_CLOSE = ("item", "row")
_WORD = re.compile(r"\w+")


# Fields whose words are somebody's name, a place on a disk, a clock, or said elsewhere.
_UNTOLD = re.compile(
    r"\s*(?:ASK|AUTHOR|AUTOTEXT|BIBLIOGRAPHY|COMMENTS|CREATEDATE|DATABASE|DATE|DDE|DDEAUTO"
    r"|DOCPROPERTY|DOCVARIABLE|EDITTIME|FILENAME|FILESIZE|INCLUDE|INCLUDEPICTURE|INCLUDETEXT|INDEX"
    r"|INFO|KEYWORDS|LASTSAVEDBY|LINK|MERGEFIELD|NUMCHARS|NUMPAGES|NUMWORDS|PAGE|PRINTDATE|REVNUM"
    r"|SAVEDATE|SECTIONPAGES|SUBJECT|TEMPLATE|TIME|TOC|USERADDRESS|USERINITIALS|USERNAME)\b",
    re.IGNORECASE,
)


class Block(NamedTuple):
    """A paragraph, an item, a row or a note (`kind`), and its words."""

    words: str
    kind: str


class Paper:
    """Blocks as they come, bounded: Unreadable("too_large")."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._begun = ""
        self._notes: list[str] = []
        self._room = _MOST_READ

    def put(
        self,
        words: str,
        kind: str = "paragraph",
        *,
        notes: Iterable[str] = (),
        goes_on: bool = False,
    ) -> None:
        """Add a block and its notes; where it `goes_on`, the next one is its end."""
        self._room -= len(words) + 1
        if self._room < 0:
            raise Unreadable("too_large")
        self._begun += words
        self._notes += notes
        if goes_on:
            return
        words, self._begun = self._begun.rstrip(), ""
        notes, self._notes = self._notes, []
        if words:
            self._blocks.append(Block(words if kind == "item" else words.lstrip(), kind))
        self._blocks += [Block(f"{NOTE_MARK} {note}", "note") for note in notes]

    def on_a_line(self) -> str:
        """All of it as a table's cell or a note has it."""
        self.put("")
        return " ".join(" ".join(words.split()) for words, _ in self._blocks)

    def spelled(self) -> str:
        """All of it as text that is safe to show.

        An empty line stands between paragraphs, none between items, rows and notes.
        """
        self.put("")
        if not self._blocks:
            return ""
        parts = [self._blocks[0].words]
        for above, below in pairwise(self._blocks):
            is_close = below.kind == "note" or (above.kind == below.kind and below.kind in _CLOSE)
            parts += ["\n" if is_close else "\n\n", below.words]
        return text.neutral("".join(parts)) + "\n"


def item(words: str, level: int) -> str:
    """An item of a list: never with its number, which changes when another is put before it."""
    return f"{'    ' * level}• {words.strip()}"


def is_untold(instruction: str) -> bool:
    """Whether what a field of this instruction spells is nobody's business, or said elsewhere."""
    return _UNTOLD.match(instruction) is not None


def count(words: str) -> int:
    """How many words a text has."""
    return sum(1 for _ in _WORD.finditer(words))


def of_text(words: str, size: int) -> Look:
    """A document of `size` bytes that has no pages, or none that its reader could draw."""
    facts = {"bytes": size, "words": count(words)}
    return Look("document", facts, text=words[:LONGEST])


def compare(before: Look | None, after: Look, name: str) -> dict[str, Any]:
    """The word diff of prose; of documents with pages also which of them are new or changed."""
    found = prose.compare(before, after, name)
    former, later = _faces(before), _faces(after)
    if before and former and later:
        kept = {at for _, at in align.matches(former, later, lambda face: 1.0)}
        changed = [at + 1 for at in range(len(later)) if at not in kept]
        if len(former) < before.facts.get("pages", 0):
            # There was no time for its last pages: what they looked like nobody knows.
            changed = [number for number in changed if number <= len(former)]
        found["changed_pages"] = changed[:_MOST_NAMED]
    return found


def _faces(look: Look | None) -> list[str]:
    faces = look.facts.get("faces") if look else None
    return [str(face) for face in faces] if isinstance(faces, list) else []
