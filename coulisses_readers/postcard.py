"""A picture that stands for a page in a link's preview: 1200 × 630, drawn in the limited child.

Words are set in the fonts that come along, the first that has a character first. A symbol that none
has is left out; of words with a letter that none has nothing is drawn: half a word says less.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import resvg_py
from PIL import Image, ImageDraw, ImageFont, ImageOps

from coulisses_readers.look import POSTCARD
from coulisses_readers.setting import Setting, in_fonts

WIDTH, HEIGHT = POSTCARD
LEFT, RIGHT = 96, 690  # between which words stand; the picture is on their right
SEEN = (720, 0, WIDTH, HEIGHT)
GROUND, INK, SOFT, LINE = "#f4f4f1", "#12141f", "#565a6c", "#dcdcd5"
TAPE, TAPE_INK, BLUE = "#ffdb3c", "#191604", "#2238e8"
TURN = 1.5  # degrees by which tape is askew
QUALITY = 86
SIZES = (84, 72, 60, 50)
MOST_LINES = {84: 3, 72: 4, 60: 5, 50: 6}


@dataclass(frozen=True)
class Words:
    """What a card says; empty words are not drawn. `colour` (#rrggbb) is that of its kind."""

    title: str = ""
    line: str = ""
    number: str = ""
    tape: str = ""
    colour: str = BLUE
    place: str = ""
    house: str = ""


def draw(
    said: Mapping[str, str], fonts: Mapping[str, Sequence[bytes]], shown: bytes | str
) -> bytes:
    """Return a JPEG of words beside a picture.

    `fonts` are the files for "title", "read" and "mono", each list in the order of preference;
    `shown` is a PNG or WebP, or as text an SVG of the house's own.
    """
    words = Words(**{name: str(said[name])[:600] for name in Words.__annotations__ if name in said})
    card = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    card.paste(_picture(shown), SEEN[:2])
    pen = ImageDraw.Draw(card)
    pen.rectangle((RIGHT + 24, 0, RIGHT + 29, HEIGHT), fill=words.colour)
    pen.rectangle((46, 0, 48, HEIGHT), fill=LINE)
    top = _head(card, pen, words, fonts)
    _foot(pen, words, fonts)
    _body(pen, words, fonts, top)
    out = io.BytesIO()
    card.save(out, "JPEG", quality=QUALITY, subsampling=0, progressive=True)
    return out.getvalue()


def warm() -> None:
    """Import what drawing needs while files can still be opened."""
    ImageFont.load_default(10).getbbox("a")


def _picture(shown: bytes | str) -> Image.Image:
    size = (SEEN[2] - SEEN[0], SEEN[3] - SEEN[1])
    if isinstance(shown, str):
        drawn = resvg_py.svg_to_bytes(svg_string=shown, height=HEIGHT, skip_system_fonts=True)
        shown = bytes(drawn)
    with Image.open(io.BytesIO(shown), formats=["PNG", "WEBP"]) as opened:
        over = Image.new("RGB", opened.size, GROUND)
        whole = opened.convert("RGBA")
        over.paste(whole, mask=whole.getchannel("A"))
    return ImageOps.fit(over, size, Image.Resampling.LANCZOS)


def _head(
    card: Image.Image, pen: ImageDraw.ImageDraw, words: Words, fonts: Mapping[str, Any]
) -> int:
    """Draw the cue's number and its tape; returns where the words may begin."""
    pen.ellipse((38, 66, 56, 84), fill=words.colour)
    x = LEFT
    if words.number:
        mono = in_fonts(fonts["mono"], 44, (600,))
        mono.draw(pen, (x, 50), words.number, INK)
        x += int(mono.width(words.number)) + 28
    if words.tape:
        title = in_fonts(fonts["title"], 30, (600, 100))
        text = title.drawn(words.tape)
        if text:
            strip = Image.new("RGBA", (int(title.width(text)) + 36, 48), TAPE)
            title.draw(ImageDraw.Draw(strip), (18, 6), text, TAPE_INK)
            turned = strip.rotate(TURN, Image.Resampling.BICUBIC, expand=True)
            card.paste(turned, (x, 50), turned)
    return 136


def _foot(pen: ImageDraw.ImageDraw, words: Words, fonts: Mapping[str, Any]) -> None:
    small = in_fonts(fonts["title"], 28, (600, 100))
    pen.rectangle((LEFT, 562, LEFT + 9, 590), fill=BLUE)
    pen.rectangle((LEFT + 14, 562, LEFT + 23, 590), fill=BLUE)
    pen.rectangle((LEFT, 556, LEFT + 23, 560), fill="#8a9bff")
    house = small.cut(words.house, RIGHT - LEFT - 40)
    small.draw(pen, (LEFT + 40, 556), house, SOFT)
    place = in_fonts(fonts["title"], 32, (600, 100))
    place.draw(pen, (LEFT, 500), place.cut(words.place, RIGHT - LEFT), INK)


def _body(pen: ImageDraw.ImageDraw, words: Words, fonts: Mapping[str, Any], top: int) -> None:
    foot, width = 480, RIGHT - LEFT
    for size in SIZES:
        title = in_fonts(fonts["title"], size, (800, 82))
        lines = title.lines(words.title, width, most=MOST_LINES[size])
        if not title.is_cut or size == SIZES[-1]:
            break
    y = _lines(pen, title, lines, top, foot, INK)
    read = in_fonts(fonts["read"], 36, (400,))
    room = max(0, (foot - y - 24) // int(read.size * 1.3))
    if words.line and room:
        lines = read.lines(words.line, width, most=room)
        _lines(pen, read, lines, y + 24, foot, SOFT)


def _lines(
    pen: ImageDraw.ImageDraw, setting: Setting, lines: list[str], y: int, foot: int, ink: str
) -> int:
    step = int(setting.size * (1.02 if setting.size >= SIZES[-1] else 1.3))
    for line in lines:
        if y + setting.size > foot:
            break
        x = RIGHT - setting.width(line) if setting.is_leftward(line) else LEFT
        setting.draw(pen, (int(x), y), line, ink)
        y += step
    return y
