"""The motif: what the painter sees, as maps the brush can ask for colour, form and direction."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import atan2, pi
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from . import things
from .light import EYE, SUN, Ball, Room
from .shapes import Facet
from .vectors import Vector, add, cross, dot, mix, scale, smooth, unit

SIZE = (1500, 1000)
LOOKED_AT: Vector = (0.02, -0.30, 0.55)
FOCAL = 1760.0
FORWARD = unit(add(LOOKED_AT, EYE, -1))
RIGHT = unit(cross(FORWARD, (0.0, 0.0, 1.0)))
UP = cross(RIGHT, FORWARD)
TABLE = (-9.0, 9.0, -5.0, 4.0)
PER_UNIT = 90
FORMS = {"wall": 0, "table": 1, "towel": 2, "saucer": 3, "cup": 4, "coffee": 5, "lemon": 6,
         "half": 7, "spoon": 8}  # fmt: skip


def seen(point: Vector) -> tuple[float, float]:
    """Return where on the canvas a point of the room is seen."""
    to = add(point, EYE, -1)
    depth = dot(to, FORWARD)
    return (
        SIZE[0] / 2 + FOCAL * dot(to, RIGHT) / depth,
        SIZE[1] / 2 - FOCAL * dot(to, UP) / depth,
    )


@dataclass(frozen=True)
class Motif:
    """Three pictures of one size: colours, which thing is where (FORMS), and the brush's way.

    `way` holds an angle of 0 to π as 0 to 255, measured from the right, downwards.
    """

    colours: Image.Image
    forms: Image.Image
    way: Image.Image

    def only(self, *names: str) -> Image.Image:
        """Return a mask that is white where these things are."""
        numbers = {FORMS[name] for name in names}
        return self.forms.point([255 if value in numbers else 0 for value in range(256)])


@dataclass(frozen=True)
class Arrangement:
    """What the painter has put on the table, and the wall behind it."""

    wall: Vector
    lemons: tuple[Vector, ...]
    has_towel: bool


def motif(arrangement: Arrangement) -> Motif:
    """See an arrangement: the wall, the table with its shadows, then the things, far to near."""
    cloth = things.TOWEL if arrangement.has_towel else None
    balls = things.shadows_of(list(arrangement.lemons))
    room = Room(balls, (0.60, 0.37, 0.19), cloth, things.RED)
    colours = _wall(arrangement.wall)
    forms = Image.new("L", SIZE, FORMS["wall"])
    way = Image.new("L", SIZE, 40)
    _lay_table(colours, forms, way, balls)
    drawn = _Drawing(colours, forms, way, room)
    if cloth:
        drawn.add(things.towel(), "towel")
    if not cloth:
        drawn.add(things.lemon(arrangement.lemons[0], (0.9, 0.42, 0.05)), "lemon", 0.02, own=0)
    drawn.add(things.saucer(), "saucer", 0.07)
    drawn.add(things.cup_inside(), "cup", 0.05, own=-2, is_mouth=True)
    drawn.add(things.coffee(), "coffee", 0.10, own=-2, is_mouth=True)
    drawn.add(things.cup_outside(), "cup", 0.045, own=-2)
    drawn.add(things.cup_lip(), "cup", 0.08, own=-2)
    drawn.add(things.handle(), "cup", 0.045, own=-2)
    if cloth:
        drawn.add(things.lemon(arrangement.lemons[0], (0.86, -0.42, 0.10)), "lemon", 0.03, own=0)
        drawn.add(things.half_lemon(arrangement.lemons[1], (-0.36, -0.62, 0.70)), "half", own=1)
    drawn.add(things.spoon(), "spoon", 0.6, metal=True)
    return Motif(colours.filter(ImageFilter.GaussianBlur(1.0)), forms, way)


class _Drawing:
    def __init__(
        self, colours: Image.Image, forms: Image.Image, way: Image.Image, room: Room
    ) -> None:
        self.colours = ImageDraw.Draw(colours)
        self.forms = ImageDraw.Draw(forms)
        self.way = ImageDraw.Draw(way)
        self.room = room

    def add(
        self,
        facets: Iterable[Facet],
        form: str,
        polish: float = 0.0,
        *,
        metal: bool = False,
        own: int = -1,
        is_mouth: bool = False,
    ) -> None:
        """Draw what is turned to us of a thing, far facets first."""
        visible = []
        for facet in facets:
            to = add(EYE, facet.centre, -1)
            if dot(facet.normal, to) > 0:
                visible.append((-dot(to, to), facet))
        visible.sort(key=lambda pair: pair[0])
        room = self.room
        if own == -2:
            room = Room(self.room.balls[:-4], room.wood, room.cloth, room.saucer)
            own = -1
        for _, facet in visible:
            centre = facet.centre
            colour = room.shade(
                centre, facet.normal, facet.colour, polish=polish, metal=metal, own=own,
                near=_openness(centre, form),
            )  # fmt: skip
            if is_mouth:
                colour = scale(colour, _in_the_cup(centre))
            corners = [seen(corner) for corner in facet.corners]
            self.colours.polygon(corners, fill=paint(colour))
            self.forms.polygon(corners, fill=FORMS[form])
            start, end = seen(centre), seen(add(centre, facet.along))
            angle = atan2(end[1] - start[1], end[0] - start[0]) % pi
            self.way.polygon(corners, fill=int(angle / pi * 255))


def paint(colour: Vector) -> tuple[int, int, int]:
    """Return a colour as bytes, its brightest part softly rolled off."""
    red, green, blue = (
        int(255 * min(1.0, max(0.0, c if c < 0.8 else 0.8 + 0.2 * (1 - 2.7 ** (-(c - 0.8) / 0.2)))))
        for c in colour
    )
    return red, green, blue


def _openness(point: Vector, form: str) -> float:
    if form == "saucer":
        from_cup = ((point[0] - things.CUP[0]) ** 2 + (point[1] - things.CUP[1]) ** 2) ** 0.5
        return 0.35 + 0.65 * smooth(0.5, 1.0, from_cup)
    return 0.30 + 0.70 * smooth(0.0, 0.5, point[2])


def _in_the_cup(point: Vector) -> float:
    """Darken the side of the mouth that turns its back to the window."""
    side = ((point[0] - things.CUP[0]) * SUN[0] + (point[1] - things.CUP[1]) * SUN[1]) / 0.95
    deep = smooth(1.72, 1.25, point[2]) if point[2] < 1.72 else 0.0
    return 1 - smooth(-0.35, 0.75, side) * 0.55 * (0.45 + 0.55 * deep)


def _wall(colour: Vector) -> Image.Image:
    """A wall with the window's light slanting across it."""
    small = Image.new("RGB", (150, 100))
    pixels = small.load()
    assert pixels is not None
    for y in range(100):
        for x in range(150):
            slant = x / 150 + y / 260
            patch = smooth(0.16, 0.30, slant) * (1 - smooth(0.52, 0.72, slant))
            bright = 0.62 + 0.50 * patch - 0.18 * x / 150
            pixels[x, y] = paint(mix(scale(colour, bright), (0.98, 0.86, 0.62), 0.16 * patch))
    return small.resize(SIZE, Image.Resampling.BICUBIC)


def _lay_table(
    colours: Image.Image, forms: Image.Image, way: Image.Image, balls: list[Ball]
) -> None:
    """Lay planks in the room's own measures, throw the shadows on them, and look from the eye."""
    left, right, front, back = TABLE
    wide, high = int((right - left) * PER_UNIT), int((back - front) * PER_UNIT)
    top = _planks(wide, high)
    shade = Image.new("L", (wide, high), 0)
    for steps in (
        _slices(things.CUP, [(r, h) for r, h in things.CUP_PROFILE]),
        [(things.CUP[0], things.CUP[1], 0.0, 1.9), (things.CUP[0], things.CUP[1], 0.38, 1.96)],
        [(c[0], c[1], c[2] + h, (max(0.0, r * r - h * h)) ** 0.5)
         for c, r in balls[:-4] for h in (-0.5, -0.3, 0.0, 0.3, 0.5)],
        [(things.SPOON_AT[0] + things.SPOON_ALONG[0] * t,
          things.SPOON_AT[1] + things.SPOON_ALONG[1] * t, 0.15, 0.30 if abs(t) < 0.4 else 0.10)
         for t in (-0.25, 0.0, 0.25, *(0.5 + i * 0.08 for i in range(26)))],
    ):  # fmt: skip
        part = Image.new("L", (wide, high), 0)
        draw = ImageDraw.Draw(part)
        for x, y, height, radius in steps:
            x, y = x - SUN[0] / SUN[2] * height, y - SUN[1] / SUN[2] * height
            px, py, pr = (x - left) * PER_UNIT, (back - y) * PER_UNIT, radius * PER_UNIT
            draw.ellipse((px - pr, py - pr, px + pr, py + pr), fill=255)
        soft = max(height for _, _, height, _ in steps)
        shade.paste(255, mask=part.filter(ImageFilter.GaussianBlur(3 + 7 * soft)))
    cool = Image.new("RGB", top.size, (58, 38, 40))
    top.paste(cool, mask=shade.point(lambda value: int(value * 0.80)))
    quad = [
        seen((x, y, 0.0)) for x, y in ((left, back), (right, back), (right, front), (left, front))
    ]
    data = _homography(quad, [(0, 0), (wide, 0), (wide, high), (0, high)])
    flat = top.transform(SIZE, Image.Transform.PERSPECTIVE, data, Image.Resampling.BICUBIC)
    mask = Image.new("L", SIZE, 0)
    ImageDraw.Draw(mask).polygon(quad, fill=255)
    colours.paste(flat, mask=mask)
    edge = quad[0][1]
    ImageDraw.Draw(colours).rectangle((0, edge - 3, SIZE[0], edge + 1), fill=(92, 58, 34))
    forms.paste(FORMS["table"], mask=mask)
    way.paste(3, mask=mask)


def _slices(
    at: Vector, profile: list[tuple[float, float]]
) -> list[tuple[float, float, float, float]]:
    return [
        (at[0], at[1], at[2] + height + extra * 0.04, radius)
        for radius, height in profile
        for extra in range(4)
    ]


def _planks(wide: int, high: int) -> Image.Image:
    """Old planks: honey and umber, grain along the table, light that falls off to the right."""
    chance = Random(11)
    top = Image.new("RGB", (wide, high))
    draw = ImageDraw.Draw(top)
    y = -40
    while y < high:
        tall = chance.randint(105, 150)
        tone = chance.uniform(0.86, 1.10)
        draw.rectangle((0, y, wide, y + tall), fill=paint(scale((0.66, 0.45, 0.262), tone)))
        draw.line((0, y, wide, y), fill=(78, 46, 26), width=4)
        y += tall
    for _ in range(1500):
        x, y, length = chance.randrange(wide), chance.randrange(high), chance.randint(60, 420)
        vein = chance.choice(((0.55, 0.33, 0.16), (0.80, 0.55, 0.31), (0.46, 0.27, 0.14)))
        draw.line((x, y, x + length, y + chance.randint(-3, 3)), fill=paint(vein), width=2)
    top = top.filter(ImageFilter.GaussianBlur(1.6))
    lamp = Image.new("L", (60, 30))
    for y in range(30):
        for x in range(60):
            far = ((x / 60 - 0.42) ** 2 * 2.2 + (y / 30 - 0.30) ** 2) ** 0.5
            lamp.putpixel((x, y), int(150 * (1 - smooth(0.0, 1.0, far))))
    lit = Image.new("RGB", top.size, (255, 214, 150))
    dark = Image.new("RGB", top.size, (52, 30, 22))
    lamp = lamp.resize(top.size, Image.Resampling.BICUBIC)
    top = Image.composite(top, Image.blend(top, dark, 0.50), lamp.point(lambda v: min(255, v * 2)))
    return Image.composite(Image.blend(top, lit, 0.30), top, lamp)


def _homography(
    seen_at: list[tuple[float, float]], source: list[tuple[float, float]]
) -> tuple[float, ...]:
    """Solve the eight numbers Pillow's PERSPECTIVE wants, from where four corners are seen."""
    rows = []
    for (x, y), (u, v) in zip(seen_at, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for column in range(8):
        best = max(range(column, 8), key=lambda row: abs(rows[row][column]))
        rows[column], rows[best] = rows[best], rows[column]
        pivot = rows[column][column]
        rows[column] = [value / pivot for value in rows[column]]
        for other in range(8):
            if other != column:
                times = rows[other][column]
                rows[other] = [
                    a - times * b for a, b in zip(rows[other], rows[column], strict=True)
                ]
    return tuple(row[8] for row in rows)
