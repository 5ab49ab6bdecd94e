"""One picture of a text's film: the passage that changed, what was struck struck, what is new lit.

Words are set in the fonts that the caller names, the first that has a letter; where none has, in
one of the machine's, and at last in Pillow's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from PIL import Image, ImageDraw, ImageFont

from coulisses_readers.editing import Run

PAPER, INK, SOFT = "#f6f5f1", "#12141f", "#6a6e80"
CUT, PUT = "#b83807", "#cfe9da"
_WIDTH, _HEIGHT = 0.05, 0.042  # a letter's size, as a part of the picture's; the smaller one
_LEADING = 1.5
_COLUMN = 27  # times the size of a letter: some sixty of them
_MARGIN = 0.08  # of the picture's width
_GAP = 0.25  # times the size of a letter, between what is struck and what is put
_SIGHT = 0.36  # of the height: where the first change stands in a text that is too long
_ELSEWHERE = ("DejaVuSerif.ttf", "DejaVuSans.ttf", "NotoSerif-Regular.ttf", "Arial Unicode.ttf")
_NOWHERE = "\U0010fffe"  # a character that no font has
_TOKEN = re.compile(r"\n+|[^\S\n]+|\S+")

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@dataclass(frozen=True)
class _Piece:
    """Letters of one run, in one font, `x` pixels from the column's edge."""

    words: str
    op: str
    font: Font
    x: float
    width: float


Line = list[_Piece]


def page(runs: Sequence[Run], size: tuple[int, int], fonts: Iterable[str]) -> Image.Image:
    """Return a picture of this size, in pixels, of runs as `editing` knows them."""
    letters = round(min(size[0] * _WIDTH, size[1] * _HEIGHT))
    column = min(size[0] * (1 - 2 * _MARGIN), letters * _COLUMN)
    lines = _Setter(letters, column, tuple(fonts)).set(runs)
    picture = Image.new("RGB", size, PAPER)
    draw = ImageDraw.Draw(picture)
    step = letters * _LEADING
    left, top = (size[0] - column) / 2, _top(lines, step, size[1])
    for number, line in enumerate(lines):
        y = top + number * step
        if step * 0.4 <= y <= size[1] - step * 1.6:
            _draw(draw, line, left, y, letters)
    return picture


def _top(lines: Sequence[Line], step: float, height: int) -> float:
    """Where the first line stands: all of it in the middle, or the first change in sight."""
    whole = len(lines) * step
    margin = 2 * step
    if whole <= height - 2 * margin:
        return (height - whole) / 2
    changed = (at for at, line in enumerate(lines) if any(piece.op in "+-" for piece in line))
    wished = _SIGHT * height - next(changed, 0) * step
    return min(margin, max(height - margin - whole, wished))


def _draw(draw: ImageDraw.ImageDraw, line: Line, left: float, top: float, letters: int) -> None:
    for piece in line:
        x, end = left + piece.x, left + piece.x + piece.width
        if piece.op == "+":
            draw.rectangle((x, top - letters * 0.08, end, top + letters * 1.28), fill=PUT)
        colour = {"-": CUT, "…": SOFT}.get(piece.op, INK)
        draw.text((x, top + letters), piece.words, font=piece.font, fill=colour, anchor="ls")
        if piece.op == "-":
            across = top + letters * 0.72
            draw.line((x, across, end, across), fill=CUT, width=max(2, letters // 16))


class _Setter:
    """Breaks runs into lines of one width."""

    def __init__(self, letters: int, column: float, fonts: tuple[str, ...]) -> None:
        self._letters, self._column, self._fonts = letters, column, fonts
        self._lines: list[Line] = [[]]
        self._x = 0.0
        self._space = ""

    def set(self, runs: Sequence[Run]) -> list[Line]:
        """Return the lines; an empty one stands between paragraphs."""
        word: list[tuple[str, str]] = []
        for token, op in _tokens(runs):
            if token.isspace() or (word and {word[-1][1], op} == {"-", "+"}):
                self._put(word)
                word = []
            if "\n" in token:
                self._break(2 if token.count("\n") > 1 else 1)
            elif token.isspace():
                self._space = op
            else:
                word.append((token, op))
        self._put(word)
        while self._lines and not self._lines[-1]:
            self._lines.pop()
        return self._lines

    def _break(self, count: int) -> None:
        if len(self._lines) > 1 or self._lines[0]:
            self._lines += [[] for _ in range(count)]
        self._x, self._space = 0.0, ""

    def _put(self, word: Sequence[tuple[str, str]]) -> None:
        pieces = [piece for letters, op in word for piece in self._pieces(letters, op)]
        room = self._column - self._x - self._letters * _GAP
        if pieces and self._x and sum(width for *_, width in pieces) > room:
            self._break(1)
        if pieces and self._x and self._space:
            pieces = [*self._pieces(" ", self._space), *pieces]
        elif pieces and self._x and {self._lines[-1][-1].op, word[0][1]} == {"-", "+"}:
            self._x += self._letters * _GAP
        for part, op, font, width in pieces:
            if self._x and self._x + width > self._column:
                self._break(1)  # a word longer than a line goes on in the next
            self._lines[-1].append(_Piece(part, op, font, self._x, width))
            self._x += width
        self._space = "" if pieces else self._space

    def _pieces(self, letters: str, op: str) -> Iterable[tuple[str, str, Font, float]]:
        for part, font in self._in_fonts(letters):
            # What is longer than a line is cut: an address, a line of dashes.
            most = max(1, int(len(part) * self._column / max(1.0, font.getlength(part))))
            for start in range(0, len(part), most):
                cut = part[start : start + most]
                yield cut, op, font, float(font.getlength(cut))

    def _in_fonts(self, letters: str) -> Iterable[tuple[str, Font]]:
        for font, group in groupby(letters, lambda one: _font(one, self._fonts, self._letters)):
            yield "".join(group), font


def _tokens(runs: Sequence[Run]) -> Iterable[tuple[str, str]]:
    for op, words in runs:
        plain = words.replace("\u2011", "-")  # which few fonts have
        for token in _TOKEN.findall(" … " if op == "…" else plain):
            yield token, op


@cache
def _font(letter: str, paths: tuple[str, ...], size: int) -> Font:
    fonts = [font for path in (*paths, *_ELSEWHERE) if (font := _loaded(path, size))]
    own = ImageFont.load_default(size)
    return next((one for one in fonts if letter == " " or _has(one, letter)), own)


@cache
def _loaded(path: str, size: int) -> Font | None:
    try:
        return ImageFont.truetype(path, size)
    except OSError:
        return None  # not on this machine


def _has(font: Font, letter: str) -> bool:
    return bytes(font.getmask(letter)) != bytes(font.getmask(_NOWHERE))
