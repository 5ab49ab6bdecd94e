"""Forty states of one picture, from the first pencil line to the varnish."""

from collections.abc import Iterator
from math import cos, pi, sin
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageOps

from . import things
from .pencil import draw, ellipse, hatch, line, outline
from .scene import SIZE, Arrangement, Motif, motif, seen
from .strokes import Canvas, Handling

FIRST = Arrangement(wall=(0.66, 0.50, 0.30), lemons=((2.75, 1.55, 0.60),), has_towel=False)
SECOND = Arrangement(
    wall=(0.43, 0.51, 0.47), lemons=((-2.75, 0.35, 0.64), (-1.75, -1.45, 0.56)), has_towel=True
)
EVERYWHERE = Image.new("L", SIZE, 255)
THINGS = ("cup", "coffee", "saucer", "lemon", "half", "spoon", "towel")


def states() -> Iterator[Image.Image]:
    """Paint, and show the canvas forty times on the way. The same pixels each time."""
    first = motif(FIRST)
    canvas = Canvas()
    yield from _drawn(canvas, first)
    yield from _washed(canvas, first)
    yield from _laid_flat(canvas, first)
    yield from _massed(canvas, first)
    yield from _lost(canvas, first)
    second = motif(SECOND)
    yield from _turned_round(canvas, second)
    yield from _lit(canvas, second)


def _drawn(canvas: Canvas, see: Motif) -> Iterator[Image.Image]:
    """Sitting 1: pencil. Axes and ellipses, the cup, the rest, the shadows."""
    x, y, z = things.CUP
    spoon = things.SPOON_AT
    chance = Random(1)
    for at, height, radius in (
        ((x, y), 0.4, 1.98),
        ((x, y), z + 1.55, 1.02),
        ((x, y), z + 1.12, 0.9),
        ((x, y), z, 0.52),
        (spoon, 0.1, 0.44),
    ):
        for again in range(5):
            wide = radius * (1 + chance.uniform(-0.035, 0.035))
            draw(
                ellipse(at[0], at[1], height, wide),
                canvas.paint,
                again + int(1000 * radius),
                hard=0.8,
                width=3,
            )
    across, down = seen(FIRST.lemons[0])
    for again in range(4):
        wide = 118 * (1 + chance.uniform(-0.04, 0.04))
        turns = [pi * step / 60 for step in range(128)]
        ball = [(across + wide * cos(turn), down + 0.82 * wide * sin(turn)) for turn in turns]
        draw(ball, canvas.paint, 300 + again, hard=0.8, width=3)
    for a, b in (
        ((x, y, 0.0), (x, y, 2.3)),
        ((x - 2.3, y, 0.4), (x + 2.3, y, 0.4)),
        ((-4.6, 4.0, 0.0), (4.6, 4.0, 0.0)),
        ((x - 1.6, y, 1.7), (x + 1.6, y, 1.7)),
        ((x - 1.02, y, 1.7), (x - 0.5, y, 0.15)),
        ((x + 1.02, y, 1.7), (x + 0.5, y, 0.15)),
        ((spoon[0], spoon[1], 0.1), (spoon[0] + 2.5, spoon[1] + 1.15, 0.2)),
    ):
        for again in range(2):
            draw(line(seen(a), seen(b)), canvas.paint, int(a[0] * 9 + 60 + again), hard=0.8)
    yield canvas.look()
    outline(canvas, see, ("cup", "coffee", "saucer"), 21)
    yield canvas.look()
    outline(canvas, see, ("lemon", "spoon"), 22)
    outline(canvas, see, ("wall",), 23)
    draw(line((40, 930), (720, 905)), canvas.paint, 5, hard=0.3)
    draw(line((0, 610), (480, 596)), canvas.paint, 6, hard=0.3)
    yield canvas.look()
    hatch(canvas, see, below=95, gap=11, angle=2.25, seed=31)
    hatch(canvas, see, below=58, gap=9, angle=0.75, seed=32)
    yield canvas.look()


def _washed(canvas: Canvas, see: Motif) -> Iterator[Image.Image]:
    """Sitting 2: a wash of earth, the shadows, and the lights taken back with a cloth."""
    chance = Random(2)
    drawing = canvas.paint.copy()
    thin = Handling(width=84, length=3.4, strength=5, body=0)
    for _ in range(330):
        tint = chance.choice(((196, 144, 94), (184, 128, 78), (208, 158, 108), (170, 112, 66)))
        spot = (chance.randrange(SIZE[0]), chance.randrange(SIZE[1]))
        canvas.stroke(*spot, 0.35 + chance.gauss(0, 0.4), 290, thin, tint, chance)
    canvas.paint = ImageChops.multiply(canvas.paint, ImageEnhance.Brightness(drawing).enhance(1.09))
    yield canvas.look()
    grey = ImageOps.grayscale(see.colours).filter(ImageFilter.GaussianBlur(2))
    earth = ImageOps.colorize(grey, (46, 27, 20), (240, 208, 160), (150, 99, 62), midpoint=105)
    dark = grey.point([255 if value < 88 else 0 for value in range(256)])
    canvas.fill(
        see, dark, Handling(22, strength=5, body=16, jitter=6, cover=1.7), 41, colours=earth
    )
    yield canvas.look()
    light = grey.point([255 if value > 138 else 0 for value in range(256)])
    cloth = Handling(20, strength=5, body=8, jitter=5, cover=1.5)
    canvas.fill(see, light, cloth, 42, colours=earth)
    yield canvas.look()
    canvas.fill(
        see, see.only(*THINGS), Handling(13, strength=6, body=24, jitter=5, cover=1.6), 43,
        colours=earth,
    )  # fmt: skip
    yield canvas.look()


def _laid_flat(canvas: Canvas, see: Motif) -> Iterator[Image.Image]:
    """Sitting 3: flat patches of colour, thing after thing, the red far too loud."""
    calm = see.colours.filter(ImageFilter.GaussianBlur(7))
    flat = calm.quantize(14, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    loud = ImageEnhance.Color(Image.blend(flat.convert("RGB"), calm, 0.45)).enhance(1.18)
    big, middling = Handling(56, cover=1.7, body=70), Handling(34, cover=1.7, body=80)
    canvas.fill(see, see.only("wall"), big, 51, colours=loud)
    yield canvas.look()
    canvas.fill(see, see.only("table"), big, 52, colours=loud)
    yield canvas.look()
    canvas.fill(
        see, see.only("saucer"), middling, 53, colours=ImageEnhance.Color(loud).enhance(1.3)
    )
    yield canvas.look()
    canvas.fill(see, see.only("cup", "coffee"), Handling(26, cover=1.8, body=80), 54, colours=loud)
    yield canvas.look()
    canvas.fill(see, see.only("lemon", "spoon"), Handling(24, cover=1.8, body=80), 55, colours=loud)
    yield canvas.look()


def _massed(canvas: Canvas, see: Motif) -> Iterator[Image.Image]:
    """Sitting 4: masses. What turns away from the window, what faces it."""
    soft = see.colours.filter(ImageFilter.GaussianBlur(3))
    brush = Handling(24, cover=1.7, jitter=8, only_where_wrong_by=24)
    canvas.fill(see, see.only("wall", "table"), brush, 61, colours=soft)
    yield canvas.look()
    round_brush = Handling(15, cover=1.8, jitter=7, swing=0.10)
    canvas.fill(see, see.only("saucer"), round_brush, 62, colours=soft, clean=True)
    yield canvas.look()
    canvas.fill(see, see.only("cup"), round_brush, 63, colours=soft, clean=True)
    yield canvas.look()
    small = Handling(10, cover=1.9, jitter=6, swing=0.10)
    canvas.fill(see, see.only("coffee"), small, 64, clean=True)
    canvas.fill(see, see.only("cup"), small, 65, clean=True)
    yield canvas.look()
    canvas.fill(see, see.only("lemon"), small, 66, clean=True)
    canvas.fill(see, see.only("table"), Handling(13, only_where_wrong_by=34), 67)
    yield canvas.look()


def _lost(canvas: Canvas, see: Motif) -> Iterator[Image.Image]:
    """Sitting 5: three hours on the reflection in a spoon, then the cloth."""
    spoon = see.only("spoon")
    canvas.fill(see, spoon, Handling(9, cover=1.9, jitter=6), 71, clean=True)
    yield canvas.look()
    canvas.fill(see, spoon, Handling(6, cover=1.6, jitter=26, swing=0.5), 72, clean=True)
    yield canvas.look()
    chance = Random(73)
    bowl = seen((things.SPOON_AT[0] - 0.05, things.SPOON_AT[1], 0.12))
    for tint in ((236, 228, 208), (176, 58, 44), (58, 48, 48), (128, 146, 164), (206, 176, 82)):
        for _ in range(26):
            x, y = bowl[0] + chance.gauss(0, 58), bowl[1] + chance.gauss(0, 26)
            inside = 0 <= x < SIZE[0] and 0 <= y < SIZE[1] and spoon.getpixel((int(x), int(y)))
            if inside:
                fussy = Handling(9, body=150, strength=7)
                canvas.stroke(x, y, 0.3 + chance.gauss(0, 0.9), 30, fussy, tint, chance)
    yield canvas.look()
    for _ in range(90):
        x, y = bowl[0] + chance.gauss(0, 74), bowl[1] + chance.gauss(0, 36)
        canvas.stroke(x, y, 0.4, 34, Handling(8, body=150), (168, 160, 150), chance)
    yield canvas.look()
    rubbed = spoon.filter(ImageFilter.MaxFilter(43)).filter(ImageFilter.GaussianBlur(6))
    canvas.wipe(
        rubbed.point([255 if value > 90 else 0 for value in range(256)]), 74, (186, 132, 84)
    )
    yield canvas.look()


def _turned_round(canvas: Canvas, see: Motif) -> Iterator[Image.Image]:
    """Sitting 6: the lemon changes sides, a blue towel comes in, the wall turns green-grey."""
    calm = see.colours.filter(ImageFilter.GaussianBlur(5))
    soft = see.colours.filter(ImageFilter.GaussianBlur(2))
    right = Image.new("L", SIZE)
    ImageDraw.Draw(right).rectangle((950, 0, SIZE[0], 560), fill=255)
    behind = ImageChops.multiply(right, see.only("wall", "table"))
    cool = ImageEnhance.Color(calm).enhance(0.7)
    for seed in (80, 81):
        over = Handling(34, cover=3.0, jitter=10)
        canvas.fill(see, behind, over, seed, colours=cool, cross=2.6)
    yield canvas.look()
    canvas.fill(see, see.only("towel", "half"), Handling(44, cover=1.9), 82, colours=calm)
    yield canvas.look()
    canvas.fill(
        see, see.only("wall"), Handling(50, cover=2.1, jitter=11), 83, colours=calm, cross=2.4
    )
    yield canvas.look()
    canvas.fill(
        see, see.only("lemon", "half"), Handling(24, cover=2.0), 84, colours=soft, clean=True
    )
    yield canvas.look()
    canvas.fill(see, see.only("towel"), Handling(18, cover=1.8, jitter=7), 85, colours=soft)
    yield canvas.look()
    canvas.fill(see, see.only("lemon"), Handling(10, cover=1.9, jitter=6), 86, clean=True)
    canvas.fill(see, see.only("half"), Handling(8, cover=2.8, jitter=5), 87, clean=True)
    yield canvas.look()
    wide = Handling(26, cover=1.9, jitter=8, only_where_wrong_by=20)
    canvas.fill(see, see.only("wall"), wide, 88, colours=soft, cross=2.2)
    plank = Handling(17, length=6.5, cover=1.9, jitter=8, swing=0.05, only_where_wrong_by=22)
    canvas.fill(see, see.only("table"), plank, 89, colours=soft)
    yield canvas.look()


def _lit(canvas: Canvas, see: Motif) -> Iterator[Image.Image]:
    """Sittings 7 and 8: the spoon in four strokes, glazes, lights, a name, the varnish."""
    canvas.fill(see, see.only("spoon"), Handling(11, cover=1.9, jitter=5), 91, clean=True)
    yield canvas.look()
    plank = Handling(9, length=8, cover=1.8, jitter=6, swing=0.04, only_where_wrong_by=30)
    for seed in (92, 102):
        canvas.fill(see, see.only("table"), plank, seed, clean=True)
    edge = Handling(12, cover=1.6, jitter=6, only_where_wrong_by=44)
    canvas.fill(see, see.only("wall"), edge, 90, cross=2.3, clean=True)
    folds = Handling(10, cover=1.9, jitter=5, only_where_wrong_by=24)
    for seed in (93, 103):
        canvas.fill(see, see.only("towel"), folds, seed, clean=True)
    yield canvas.look()
    dark = ImageOps.grayscale(see.colours).filter(ImageFilter.GaussianBlur(8))
    shadow = dark.point([max(0, min(255, (120 - value) * 4)) for value in range(256)])
    canvas.glaze((150, 172, 150), 0.45, ImageChops.multiply(shadow, see.only("wall", "table")))
    yield canvas.look()
    canvas.fill(see, see.only("saucer"), Handling(8, jitter=5, swing=0.06), 94, clean=True)
    canvas.glaze((255, 150, 140), 0.30, see.only("saucer").filter(ImageFilter.GaussianBlur(2)))
    yield canvas.look()
    fine = Handling(6, length=4.4, cover=2.0, jitter=4, swing=0.06, body=120)
    canvas.fill(see, see.only("cup"), fine, 95, clean=True)
    yield canvas.look()
    canvas.fill(see, see.only("coffee"), fine, 96, clean=True)
    canvas.fill(see, see.only("lemon"), fine, 97, clean=True)
    yield canvas.look()
    canvas.fill(see, see.only("half", "spoon"), fine, 98, clean=True)
    seam = Handling(4, length=9, cover=1.8, jitter=5, swing=0.02, only_where_wrong_by=48)
    canvas.fill(see, see.only("table"), seam, 100, clean=True)
    yield canvas.look()
    bright = ImageOps.grayscale(see.colours).point(
        [255 if value > 196 else 0 for value in range(256)]
    )
    paste = Handling(7, length=2.6, cover=1.1, jitter=4, swing=0.12, body=190)
    lights = ImageChops.multiply(bright, see.only(*THINGS))
    canvas.fill(see, lights, paste, 99, colours=ImageEnhance.Brightness(see.colours).enhance(1.08))
    yield canvas.look()
    _sign(canvas)
    yield canvas.look()
    canvas.glaze((255, 246, 226), 0.35)
    canvas.paint = ImageEnhance.Contrast(ImageEnhance.Color(canvas.paint).enhance(1.05)).enhance(
        1.07
    )
    yield canvas.look(sheen=0.5)


def _sign(canvas: Canvas) -> None:
    """Sign at the lower right: two letters and a year, with the small brush."""
    chance = Random(7)
    brush = Handling(5, body=150)
    strokes = (
        (0, 22, 5, -1.5), (10, 18, 5, 1.1), (18, 18, 5, -1.1), (26, 22, 5, 1.5), (38, 31, 2, 0.2),
        (50, 22, 5, 1.5), (58, 15, 5, -0.7), (58, 28, 5, 0.7), (70, 31, 2, 0.2),
    )  # fmt: skip
    for x, y, half, angle in strokes:
        canvas.stroke(1310 + x, 925 + y, angle, half * 4, brush, (74, 26, 20), chance)
