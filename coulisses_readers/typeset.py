"""From a page as it is set to paragraphs: lines that a machine broke are joined again.

Between two versions of a text its lines break elsewhere; only the words are what somebody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

# Marks that PDFs have for a hyphen that only a line's end put there.
_HYPHENS = frozenset("\x02\xad\ufffe")
_NUMBER = re.compile(r"[\s\-–—·|/]*\d{1,4}(?:\s*/\s*\d{1,4})?[\s\-–—·|/]*")
_ENDED = re.compile(r"[.!?…][\"'’”»)\]]*\s*$")
_ITEM = re.compile(r"\s*(?:[•◦▪‣·–—-]|\d{1,2}[.)])\s")
_LEADING = 1.35  # times the usual distance of two lines: more is a new paragraph
_WIDEST = 3.2  # times the height of a line: no leading is wider, of a manuscript either
_HEIGHT = 1.55  # times another line's letters: a heading
_SHORT = 0.88  # of the width of the text: a line that ends before is a paragraph's last
_INDENT = 0.6  # times the height of a line

Box = tuple[float, float, float, float]
"""Left, bottom, right, top; y grows upwards."""


@dataclass
class Line:
    """Letters side by side, and the box around them."""

    letters: list[str] = field(default_factory=list)
    box: Box | None = None

    def put(self, letter: str, box: Box | None) -> None:
        """Add a letter; a space has no box."""
        self.letters.append(letter)
        if box:
            old = self.box or box
            left, bottom = min(old[0], box[0]), min(old[1], box[1])
            self.box = left, bottom, max(old[2], box[2]), max(old[3], box[3])

    @property
    def words(self) -> str:
        """What the line says."""
        return "".join(self.letters).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def paragraphs(lines: Iterable[Line]) -> list[str]:
    """Return the paragraphs of one page; its number is left out."""
    set_lines = [line for line in lines if line.box and line.words.strip()]
    for end in (0, -1):
        if set_lines and _NUMBER.fullmatch(set_lines[end].words):
            del set_lines[end]
    if not set_lines:
        return []
    boxes = [line.box for line in set_lines if line.box]
    steps = [above[3] - below[3] for above, below in pairwise(boxes) if above[3] > below[3]]
    tallest = _WIDEST * median(box[3] - box[1] for box in boxes)
    leading = min(tallest, median(steps)) if steps else 0.0
    right, left = max(box[2] for box in boxes), min(box[0] for box in boxes)
    found = [set_lines[0].words]
    for above, below in pairwise(set_lines):
        if _begins(above, below, leading, left, right):
            found.append(below.words)
        else:
            found[-1] = _joined(found[-1], below.words)
    return [" ".join(words.split()) for words in found]


def flowing(pages: Iterable[Sequence[str]]) -> str:
    """Return the text of pages; a paragraph that goes on over the page stays one."""
    found: list[str] = []
    for page in pages:
        for index, words in enumerate(page):
            goes_on = not index and found and words[:1].islower() and not _ENDED.search(found[-1])
            if goes_on:
                found[-1] = _joined(found[-1], words)
            else:
                found.append(words)
    return "\n\n".join(found)


def is_hyphen(letter: str) -> bool:
    """Whether a letter only says that a word goes on in the next line."""
    return letter in _HYPHENS


def _begins(above: Line, below: Line, leading: float, left: float, right: float) -> bool:
    assert above.box and below.box
    step = above.box[3] - below.box[3]
    heights = sorted(line.box[3] - line.box[1] for line in (above, below) if line.box)
    is_apart = step <= 0 or step > _LEADING * leading or heights[1] > _HEIGHT * heights[0]
    is_short = above.box[2] - left < _SHORT * (right - left) and bool(_ENDED.search(above.words))
    is_indented = below.box[0] - above.box[0] > _INDENT * heights[1]
    return is_apart or is_short or is_indented or bool(_ITEM.match(below.words))


def _joined(above: str, below: str) -> str:
    above = above.rstrip()
    if above and is_hyphen(above[-1]):
        return above[:-1] + below.lstrip()
    return f"{above} {below.lstrip()}"
