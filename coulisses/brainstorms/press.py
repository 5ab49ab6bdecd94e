"""The child that prints: words and fonts as JSON on its input, a PDF or a PNG on its output.

It knows neither Django nor the house: what it sets was read, and may be read by all.
"""

import json
import math
import sys
import tempfile
from pathlib import Path
from typing import Any

import resvg_py
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import XPos, YPos

INK, SOFT, BLUE = (18, 20, 31), (86, 90, 108), (34, 56, 232)
LEFT, WIDTH = 20, 170  # millimetres
BELOW = {"new_x": XPos.LMARGIN, "new_y": YPos.NEXT}
PIXELS = 10e6  # of a picture


def main() -> None:
    """Print what is asked for."""
    asked = json.load(sys.stdin)
    made = _png(asked) if asked["what"] == "png" else bytes(_pdf(asked).output())
    sys.stdout.buffer.write(made)


class Sheet(FPDF):
    """Pages with a line at their foot."""

    foot = ""

    def footer(self) -> None:
        """Write where it comes from, and the page."""
        self.set_y(-16)
        self.set_font("plain", size=8)
        self.set_text_color(*SOFT)
        self.cell(WIDTH - 20, 5, self.foot)
        self.cell(20, 5, f"{self.page_no()} / {{nb}}", align="R")


def _pdf(asked: dict[str, Any]) -> Sheet:
    sheet = Sheet(format="A4")
    said = asked["said"]
    _dress(sheet, asked["fonts"])
    sheet.foot = said["foot"]
    sheet.set_title(said["title"])
    sheet.set_author(said["studio"])
    sheet.set_lang(said["language"])
    sheet.set_margins(LEFT, 22, LEFT)
    sheet.set_auto_page_break(True, 24)
    sheet.add_page()
    _write(sheet, said["studio"], "plain", 11, SOFT, 6)
    _write(sheet, said["title"], "title", 26, INK, 11)
    _write(sheet, said["facts"], "plain", 11, SOFT, 7)
    for section in said["sections"]:
        if sheet.will_page_break(45):  # no name of a section stands alone at a page's end
            sheet.add_page()
        sheet.ln(7)
        sheet.set_draw_color(*INK)
        sheet.set_line_width(0.8)
        sheet.line(LEFT, sheet.get_y(), LEFT + WIDTH, sheet.get_y())
        sheet.ln(3)
        sheet.start_section(section["name"])
        _write(sheet, section["name"], "title", 16, INK, 8)
        for one in section["ideas"]:
            _idea(sheet, one)
    return sheet


def _idea(sheet: Sheet, one: dict[str, Any]) -> None:
    sheet.ln(3)
    with sheet.unbreakable() as whole:
        _write(whole, one["words"], "read", 14, INK, 6.4)
        _write(whole, one["facts"], "plain", 9.5, SOFT, 5.4)
        if one.get("why"):
            _write(whole, one["why"], "read", 12, BLUE, 6)
    for step in one.get("trail", []):
        with sheet.unbreakable() as whole:
            _write(whole, step["how"], "plain", 8.5, SOFT, 4.6, indent=8)
            _write(whole, step["words"], "read", 11, INK, 5.2, indent=8)


def _write(
    sheet: Any,
    words: str,
    font: str,
    size: float,
    colour: tuple[int, int, int],
    line: float,
    *,
    indent: int = 0,
) -> None:
    if words:
        sheet.set_font(font, size=size)
        sheet.set_text_color(*colour)
        sheet.set_x(LEFT + indent)
        sheet.multi_cell(WIDTH - indent, line, words, align="L", **BELOW)


def _dress(sheet: Sheet, fonts: dict[str, list[str]]) -> None:
    """Have a sheet know the fonts, and what else has the letters that they lack."""
    others = []
    for name, weight in (("read", 400.0), ("title", 800.0), ("plain", 400.0)):
        for at, file in enumerate(fonts["read" if name == "read" else "title"]):
            family = name if at == 0 else f"{name}-{at}"
            axes = {"wght": weight} if name == "read" else {"wght": weight, "wdth": 100.0}
            sheet.add_font(family, fname=file, variations=axes)
            others += [family] if at else []
    for at, file in enumerate(fonts["others"]):
        sheet.add_font(f"other-{at}", fname=file)
        others.append(f"other-{at}")
    sheet.set_fallback_fonts(others, exact_match=False)


def _png(asked: dict[str, Any]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        named = {"read": "Newsreader", "title": "Bricolage Grotesque"}
        files = [_plain(Path(file), family, Path(folder) / f"{what}{at}.ttf")
                 for what, family in named.items()
                 for at, file in enumerate(asked["fonts"][what])]  # fmt: skip
        wide, high = asked["size"]
        width = round(wide * min(2, math.sqrt(PIXELS / (wide * high))))
        return bytes(resvg_py.svg_to_bytes(svg_string=asked["svg"], font_files=files, width=width))


def _plain(file: Path, family: str, to: Path) -> str:
    """Write a font as resvg reads it, under a name by which a drawing asks for it."""
    font = TTFont(file)
    font.flavor = None
    for number in (1, 4, 6, 16):
        font["name"].setName(family, number, 3, 1, 0x409)
    font.save(to)
    return str(to)


if __name__ == "__main__":
    main()
