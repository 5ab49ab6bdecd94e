"""Brushes of bristle, and the canvas they leave paint on."""

from dataclasses import dataclass
from functools import cache, lru_cache
from math import cos, pi, sin
from random import Random
from typing import Any

from PIL import Image, ImageChops, ImageFilter

from .scene import SIZE, Motif

Colour = tuple[int, int, int]
TURNS = 48
HANDS = 7


@cache
def _hair(hand: int) -> tuple[Image.Image, Image.Image]:
    """Press one brush on paper: what it covers, and where its hairs leave ridges (128 × 32)."""
    chance = Random(1000 + hand)
    long, tall = 128, 32
    covers, ridges = bytearray(), bytearray()
    load = [chance.uniform(0.55, 1.0) for _ in range(tall)]
    start = [chance.uniform(0.0, 0.08) for _ in range(tall)]
    dry = [chance.uniform(0.80, 1.05) for _ in range(tall)]
    lift = [chance.random() for _ in range(tall)]
    for row in range(tall):
        side = abs(row / (tall - 1) * 2 - 1)
        rounded = 0.14 * side**3
        waver = 0.0
        for column in range(long):
            along = column / long
            waver = 0.85 * waver + chance.uniform(-0.13, 0.13)
            wet = min(1.0, (along - start[row] - rounded) / 0.03)
            wet = min(wet, (dry[row] - rounded - along) / 0.10, (1 - side) / 0.10 + 0.12)
            body = load[row] * (1.08 - 0.35 * along) + waver
            amount = max(0.0, min(1.0, wet)) * max(0.0, min(1.0, body * 1.5))
            covers.append(int(255 * amount))
            ridges.append(int(255 * amount * (1.0 if lift[row] > 0.68 else 0.0)))
    return (
        Image.frombytes("L", (long, tall), bytes(covers)),
        Image.frombytes("L", (long, tall), bytes(ridges)),
    )


@cache
def _bent(hand: int, bend: int) -> tuple[Image.Image, Image.Image]:
    """Bow a stroke a little, as a wrist does: bend is -1, 0 or 1."""
    pressed = _hair(hand)
    if not bend:
        return pressed
    bowed = []
    for image in pressed:
        room = Image.new("L", (128, 44))
        for column in range(0, 128, 2):
            sag = int(12 * (1 - (2 * column / 128 - 1) ** 2))
            down = sag if bend > 0 else 12 - sag
            room.paste(image.crop((column, 0, column + 2, 32)), (column, down))
        bowed.append(room)
    return bowed[0], bowed[1]


@lru_cache(maxsize=20_000)
def _mark(
    hand: int, bend: int, length: int, width: int, turn: int, strength: int
) -> tuple[Image.Image, Image.Image]:
    """A stroke's two masks at a size, a turn (of TURNS for a half circle) and a strength of 8."""
    marks = []
    for image in _bent(hand, bend):
        tall = max(2, width * image.height // 32)
        sized = image.resize((max(3, length), tall), Image.Resampling.BILINEAR)
        turned = sized.rotate(-180 * turn / TURNS, Image.Resampling.BILINEAR, expand=True)
        marks.append(turned.point([value * strength // 8 for value in range(256)]))
    return marks[0], marks[1]


@dataclass(frozen=True)
class Handling:
    """How a passage is painted: the brush, the load, and how freely."""

    width: int
    length: float = 3.2
    cover: float = 1.3
    strength: int = 8
    jitter: int = 9
    swing: float = 0.16
    body: int = 110
    only_where_wrong_by: int = 0


class Canvas:
    """Linen, a ground, then paint: what has colour, and what has thickness."""

    def __init__(self, ground: Colour = (236, 230, 217)) -> None:
        """Stretch and prime a canvas."""
        self.paint = Image.new("RGB", SIZE, ground)
        self.body = Image.new("L", SIZE, 0)

    def stroke(
        self, x: float, y: float, angle: float, length: int, handling: Handling, colour: Colour,
        chance: Random,
    ) -> None:  # fmt: skip
        """Lay one stroke centred at a point, along an angle in radians."""
        hand = chance.randrange(HANDS)
        bend = chance.choice((-1, 0, 0, 1)) if length > 18 else 0
        turn = round(angle / pi * TURNS) % (2 * TURNS)
        width = handling.width
        cover, ridge = _mark(hand, bend, length, width, turn, handling.strength)
        at = (int(x - cover.width / 2), int(y - cover.height / 2))
        box = (at[0], at[1], at[0] + cover.width, at[1] + cover.height)
        self.paint.paste(colour, box, cover)
        lighter = chance.choice((13, 9, -12))
        red, green, blue = (min(255, max(0, value + lighter)) for value in colour)
        self.paint.paste((red, green, blue), box, ridge)
        if handling.body:
            self.body.paste(handling.body, box, cover)
            self.body.paste(min(255, handling.body + 70), box, ridge)

    def fill(
        self, motif: Motif, mask: Image.Image, handling: Handling, seed: int,
        *, colours: Image.Image | None = None, cross: float | None = None, clean: bool = False,
    ) -> None:  # fmt: skip
        """Paint a passage of a motif with strokes that follow its form.

        Only where the mask is white; with `only_where_wrong_by` only where the canvas still differs
        by that much from the colours wanted. `cross` replaces the form's direction by one angle.
        `clean` keeps the paint inside the mask, as a brush that turns along an edge does.
        """
        area = mask.getbbox()
        if not area:
            return
        chance = Random(seed)
        before = (self.paint.copy(), self.body.copy()) if clean else None
        wanted, way = pixels(colours or motif.colours), pixels(motif.way)
        inside, painted = pixels(mask), pixels(self.paint)
        long = handling.width * handling.length
        step = (handling.width * long / handling.cover) ** 0.5
        spots = []
        y = float(area[1])
        while y < area[3] + step:
            x = float(area[0])
            while x < area[2] + step:
                spots.append(
                    (x + chance.uniform(-0.6, 0.6) * step, y + chance.uniform(-0.6, 0.6) * step)
                )
                x += step
            y += step
        chance.shuffle(spots)
        for x, y in spots:
            column, row = int(min(SIZE[0] - 1, max(0, x))), int(min(SIZE[1] - 1, max(0, y)))
            if inside[column, row] < 128:
                continue
            colour = wanted[column, row]
            if handling.only_where_wrong_by and (
                _apart(colour, painted[column, row]) < handling.only_where_wrong_by
            ):
                continue
            angle = cross if cross is not None else way[column, row] * pi / 255
            angle += chance.gauss(0, handling.swing)
            length = _within(wanted, column, row, angle, long * chance.uniform(0.75, 1.2), colour)
            self.stroke(
                x, y, angle, int(length), handling, _varied(colour, handling.jitter, chance), chance
            )
        if before:
            soft = mask.filter(ImageFilter.GaussianBlur(1.2))
            self.paint = Image.composite(self.paint, before[0], soft)
            self.body = Image.composite(self.body, before[1], soft)

    def glaze(self, colour: Colour, strength: float, mask: Image.Image | None = None) -> None:
        """Lay a transparent film: it darkens and tints, and the paint below stays seen."""
        film = ImageChops.multiply(self.paint, Image.new("RGB", SIZE, colour))
        amount = int(255 * strength)
        if mask is None:
            self.paint = Image.blend(self.paint, film, strength)
        else:
            self.paint.paste(film, mask=mask.point([v * amount // 255 for v in range(256)]))

    def wipe(self, mask: Image.Image, seed: int, towards: Colour) -> None:
        """Wipe a passage with a cloth: smear what is there, and let the ground come through."""
        chance = Random(seed)
        smeared = self.paint.filter(ImageFilter.BoxBlur(9))
        area = mask.getbbox()
        assert area
        blurred = pixels(smeared)
        rubbed = Handling(width=34, length=4.2, strength=5, body=24)
        for _ in range(150):
            x, y = chance.randint(area[0], area[2] - 1), chance.randint(area[1], area[3] - 1)
            if mask.getpixel((x, y)):
                there = blurred[x, y]
                share = chance.uniform(0.25, 0.75)
                red, green, blue = (
                    int(a + (b - a) * share) for a, b in zip(there, towards, strict=True)
                )
                self.stroke(
                    x, y, 2.5 + chance.gauss(0, 0.25), 120, rubbed, (red, green, blue), chance
                )

    def look(self, *, sheen: float = 0.0) -> Image.Image:
        """See the canvas in the studio: the weave, and the light that grazes the paint."""
        thick = self.body.filter(ImageFilter.GaussianBlur(0.7))
        relief = ImageChops.subtract(thick, ImageChops.offset(thick, 2, 2), scale=2.6, offset=128)
        grain = Image.composite(Image.new("L", SIZE, 128), weave(), thick.point(
            [min(235, value * 2) for value in range(256)]
        ))  # fmt: skip
        surface = ImageChops.add(relief, grain, offset=-128)
        seen = ImageChops.overlay(self.paint, Image.merge("RGB", (surface,) * 3))
        if sheen:
            deep = seen.point([int(255 * (value / 255) ** 1.10) for value in range(256)] * 3)
            seen = Image.blend(seen, deep, sheen)
        return seen


@lru_cache(maxsize=1)
def weave() -> Image.Image:
    """The grain of a linen canvas, as light and dark around 128."""
    chance = Random(5)
    tile = Image.new("L", (12, 12))
    tile.putdata([
        128 + (22 if (x // 3 + y // 3) % 2 else -14) + (5 if x % 3 == 1 else -4) for y in range(12)
        for x in range(12)
    ])  # fmt: skip
    cloth = Image.new("L", SIZE)
    for y in range(0, SIZE[1], 12):
        for x in range(0, SIZE[0], 12):
            cloth.paste(tile, (x, y))
    speckle = Image.frombytes("L", (500, 334), chance.randbytes(500 * 334)).resize(
        SIZE, Image.Resampling.BICUBIC
    )
    return Image.blend(cloth.filter(ImageFilter.GaussianBlur(0.8)), speckle, 0.10).point(
        [128 + (value - 128) * 3 // 4 for value in range(256)]
    )


def pixels(image: Image.Image) -> Any:
    """Return access to an image's pixels by [x, y]: numbers or colours, as its mode has it."""
    return image.load()


def _apart(a: Colour, b: Colour) -> int:
    return abs(a[0] - b[0]) + abs(a[1] - b[1]) + abs(a[2] - b[2])


def _within(wanted: Any, x: int, y: int, angle: float, long: float, colour: Colour) -> float:
    """Shorten a stroke until both its ends are still of its colour, as a careful hand does."""
    for _ in range(3):
        dx, dy = cos(angle) * long * 0.46, sin(angle) * long * 0.46
        ends = ((x + dx, y + dy), (x - dx, y - dy))
        if all(
            not (0 <= u < SIZE[0] and 0 <= v < SIZE[1])
            or _apart(wanted[int(u), int(v)], colour) < 95
            for u, v in ends
        ):
            return long
        long *= 0.55
    return long


def _varied(colour: Colour, jitter: int, chance: Random) -> Colour:
    """Mix a colour anew: a little lighter or darker, a little warmer or cooler."""
    light = chance.gauss(0, jitter)
    warm = chance.gauss(0, jitter * 0.55)
    red, green, blue = (
        int(min(255, max(0, value + light + shift * warm)))
        for value, shift in zip(colour, (1.0, 0.1, -1.1), strict=True)
    )
    return red, green, blue
