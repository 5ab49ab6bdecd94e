"""The pencil: lines that tremble, outlines whose pressure comes and goes, hatching."""

import itertools
from math import cos, pi, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from .scene import SIZE, Motif, seen
from .strokes import Canvas, pixels, weave

Path = list[tuple[float, float]]


def draw(
    points: Path, on: Image.Image, seed: int, *, hard: float = 1.0, width: float = 2.0
) -> None:
    """Draw a line by hand through points: it trembles, and its pressure comes and goes."""
    chance = Random(seed)
    layer = Image.new("L", SIZE)
    lead = ImageDraw.Draw(layer)
    press, off_x, off_y = 0.8, 0.0, 0.0
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        press = min(1.0, max(0.35, press + chance.gauss(0, 0.07)))
        off_x, off_y = 0.9 * off_x + chance.gauss(0, 0.25), 0.9 * off_y + chance.gauss(0, 0.25)
        line = (x0 + off_x, y0 + off_y, x1 + off_x, y1 + off_y)
        lead.line(line, fill=int(255 * press * hard), width=max(1, round(width * press)))
    grain = weave().point([min(255, max(90, 128 + (v - 128) * 7)) for v in range(256)])
    on.paste(
        (66, 60, 58), mask=ImageChops.multiply(layer.filter(ImageFilter.GaussianBlur(0.6)), grain)
    )


def ellipse(x: float, y: float, height: float, radius: float) -> Path:
    """Return where a level circle of the room is seen, drawn a little past its beginning."""
    return [
        seen((x + radius * cos(pi * step / 60), y + radius * sin(pi * step / 60), height))
        for step in range(128)
    ]


def line(a: tuple[float, float], b: tuple[float, float]) -> Path:
    """Return a straight line in sixty steps, so that the hand can tremble."""
    return [(a[0] + (b[0] - a[0]) * t / 60, a[1] + (b[1] - a[1]) * t / 60) for t in range(61)]


def outline(canvas: Canvas, see: Motif, names: tuple[str, ...], seed: int) -> None:
    """Draw around things with a soft pencil whose pressure comes and goes."""
    chance = Random(seed)
    edge = Image.new("L", SIZE)
    for name in names:
        edges = see.only(name).filter(ImageFilter.FIND_EDGES).filter(ImageFilter.MaxFilter(3))
        edge = ImageChops.lighter(edge, edges)
    ImageDraw.Draw(edge).rectangle((0, 0, SIZE[0] - 1, SIZE[1] - 1), outline=0, width=4)
    press = Image.frombytes("L", (24, 16), chance.randbytes(24 * 16)).resize(
        SIZE, Image.Resampling.BICUBIC
    )
    press = press.point([min(255, 90 + value) for value in range(256)])
    tooth = Image.frombytes("L", (750, 500), chance.randbytes(375_000)).resize(SIZE)
    worn = ImageChops.multiply(press, tooth.point([min(255, 110 + value) for value in range(256)]))
    soft = edge.filter(ImageFilter.GaussianBlur(0.8))
    canvas.paint.paste((58, 52, 50), mask=ImageChops.multiply(soft, worn))


def hatch(canvas: Canvas, see: Motif, *, below: int, gap: int, angle: float, seed: int) -> None:
    """Hatch what is darker than a grey, in parallel strokes of the wrist."""
    chance = Random(seed)
    grey = pixels(ImageOps.grayscale(see.colours).filter(ImageFilter.GaussianBlur(6)))
    layer = Image.new("L", SIZE)
    lead = ImageDraw.Draw(layer)
    dx, dy = cos(angle), sin(angle)
    for _ in range(int(SIZE[0] * SIZE[1] / gap / 26)):
        x, y = chance.randrange(SIZE[0]), chance.randrange(SIZE[1])
        if grey[x, y] < below:
            long = chance.uniform(10, 26)
            lead.line((x - dx * long, y - dy * long, x + dx * long, y + dy * long),
                      fill=chance.randint(60, 150), width=1)  # fmt: skip
    canvas.paint.paste((70, 64, 62), mask=layer)
