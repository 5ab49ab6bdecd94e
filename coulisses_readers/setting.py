"""Setting words in several fonts: which has which character, and where lines break."""

from __future__ import annotations

import contextlib
import io
import unicodedata
from collections.abc import Sequence

from PIL import ImageDraw, ImageFont, features

_ABSENT = "\U0010fffe"  # a character that no font has: what it is drawn as, is drawn for all such
_LEFTWARD = {"R", "AL"}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


class Setting:
    """Fonts at one size, the first that has a character first."""

    def __init__(self, fonts: Sequence[ImageFont.FreeTypeFont], size: int) -> None:
        self.size = size
        self.is_cut = False
        self._fonts = fonts
        self._absent = [_mask(font, _ABSENT) for font in fonts]
        self._known: dict[str, int | None] = {}

    def drawn(self, text: str) -> str:
        """Return what of a text can be drawn: without symbols that no font has.

        Empty where a letter is missing, or where letters are to be joined and nothing joins them.
        """
        text = " ".join(unicodedata.normalize("NFC", text).split())
        if self.is_leftward(text) and not features.check("raqm"):
            return ""
        kept = []
        for one in text:
            if unicodedata.category(one) in _UNSEEN:
                continue
            if self._font_of(one) is not None:
                kept.append(one)
            elif unicodedata.category(one)[0] in "LNM":
                return ""
        return " ".join("".join(kept).split())

    def width(self, line: str) -> float:
        """Return how wide a line is, in pixels."""
        return sum(self._fonts[font].getlength(part) for font, part in self._runs(line))

    def is_leftward(self, line: str) -> bool:
        """Return whether a line is read from right to left, as its first letter says."""
        for one in line:
            kind = unicodedata.bidirectional(one)
            if kind in _LEFTWARD:
                return True
            if kind == "L":
                return False
        return False

    def draw(self, pen: ImageDraw.ImageDraw, at: tuple[int, int], line: str, ink: str) -> None:
        """Draw a line, its top left corner at a place."""
        x, y = float(at[0]), at[1] + self.size * 0.95
        for font, part in self._runs(self.drawn(line)):
            pen.text((x, y), part, fill=ink, font=self._fonts[font], anchor="ls")
            x += self._fonts[font].getlength(part)

    def lines(self, text: str, width: float, *, most: int) -> list[str]:
        """Return a text in lines, a word too long broken anywhere; `is_cut` says there was more."""
        self.is_cut, lines, line = False, list[str](), ""
        for word in self.drawn(text).split(" "):
            tried = f"{line} {word}".strip()
            if self.width(tried) <= width:
                line = tried
                continue
            if line:
                lines.append(line)
            *whole, line = self._broken(word, width)
            lines += whole
            if len(lines) > most:
                break
        lines += [line] if line else []
        self.is_cut = len(lines) > most
        if self.is_cut:
            lines = [*lines[: most - 1], self.cut(f"{lines[most - 1]} {lines[most]}", width)]
        return lines

    def cut(self, text: str, width: float) -> str:
        """Return a text on one line, cut with an ellipsis where it is too long."""
        text = self.drawn(text)
        if self.width(text) <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.width(text[:middle].rstrip() + "…") <= width
            low, high = (middle, high) if fits else (low, middle - 1)
        return text[:low].rstrip() + "…"

    def _broken(self, word: str, width: float) -> list[str]:
        pieces, piece = [], ""
        for one in word:
            if piece and self.width(piece + one) > width:
                pieces.append(piece)
                piece = ""
            piece += one
        return [*pieces, piece]

    def _runs(self, line: str) -> list[tuple[int, str]]:
        """Return a line's stretches of one font each; a line read leftward has one font."""
        if self.is_leftward(line):
            fonts = [self._font_of(one) or 0 for one in line]
            return [(max(fonts), line)] if line else []
        runs: list[tuple[int, str]] = []
        for one in line:
            font = self._font_of(one) or 0
            if runs and (runs[-1][0] == font or one == " "):
                runs[-1] = (runs[-1][0], runs[-1][1] + one)
            else:
                runs.append((font, one))
        return runs

    def _font_of(self, one: str) -> int | None:
        if one not in self._known:
            self._known[one] = self._look_for(one)
        return self._known[one]

    def _look_for(self, one: str) -> int | None:
        if one.isspace():
            return 0
        for place, font in enumerate(self._fonts):
            if _mask(font, one) != self._absent[place]:
                return place
        return None


def in_fonts(files: Sequence[bytes], size: int, axes: Sequence[float]) -> Setting:
    """Return a setting of font files; those that vary stand at these values of their axes."""
    return Setting([_font(file, size, axes) for file in files], size)


def _font(file: bytes, size: int, axes: Sequence[float]) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(io.BytesIO(file), size)
    with contextlib.suppress(OSError):  # a font that does not vary
        font.set_variation_by_axes(list(axes[: len(font.get_variation_axes())]))
    return font


def _mask(font: ImageFont.FreeTypeFont, one: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(one)
    return mask.size, bytes(mask)
