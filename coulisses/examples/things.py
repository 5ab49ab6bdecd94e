"""The cup, the saucer, the coffee, the spoon, the lemons and the tea towel."""

from collections.abc import Iterator
from math import cos, pi, sin
from random import Random

from .light import Ball
from .shapes import Facet, draped, swept, turned
from .vectors import Vector, mix, smooth

RED: Vector = (0.80, 0.13, 0.08)
CREAM: Vector = (0.93, 0.89, 0.80)
YELLOW: Vector = (0.98, 0.78, 0.10)
TOWEL: Vector = (0.46, 0.55, 0.66)
INDIGO: Vector = (0.13, 0.19, 0.36)
STEEL: Vector = (0.55, 0.54, 0.52)
CUP: Vector = (0.45, 0.25, 0.145)

SAUCER_PROFILE = [
    (1.78, 0.24), (1.90, 0.31), (1.965, 0.365), (1.975, 0.39), (1.96, 0.41), (1.92, 0.415),
    (1.86, 0.405), (1.79, 0.390), (1.72, 0.375), (1.64, 0.358), (1.56, 0.340), (1.48, 0.322),
    (1.40, 0.304), (1.32, 0.286), (1.24, 0.266), (1.16, 0.240), (1.10, 0.205), (1.06, 0.180),
    (1.00, 0.165), (0.90, 0.158), (0.80, 0.154), (0.70, 0.150), (0.55, 0.147), (0.30, 0.145),
    (0.02, 0.145),
]  # fmt: skip
CUP_PROFILE = [
    (0.50, 0.00), (0.53, 0.03), (0.54, 0.09), (0.60, 0.15), (0.71, 0.26), (0.80, 0.40),
    (0.87, 0.56), (0.92, 0.72), (0.955, 0.88), (0.98, 1.04), (0.997, 1.20), (1.01, 1.36),
    (1.02, 1.48), (1.022, 1.52),
]  # fmt: skip
LIP_PROFILE = [(1.022, 1.52), (1.015, 1.545), (0.995, 1.555), (0.970, 1.545), (0.955, 1.52)]
INSIDE_PROFILE = [(0.955, 1.52), (0.945, 1.40), (0.93, 1.28), (0.91, 1.14), (0.89, 1.04)]
COFFEE_PROFILE = [
    (0.90, 1.13), (0.84, 1.125), (0.78, 1.12), (0.70, 1.12), (0.58, 1.12), (0.44, 1.12),
    (0.28, 1.12), (0.12, 1.12), (0.0, 1.12),
]  # fmt: skip


def finer(profile: list[tuple[float, float]], times: int = 5) -> list[tuple[float, float]]:
    """Round a profile: a smooth curve (Catmull and Rom's) through its points."""
    ends = [profile[0], *profile, profile[-1]]
    curve = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(times):
            t = step / times
            curve.append(
                tuple(
                    0.5 * (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t**2
                           + (3 * q - p - 3 * r + s) * t**3)
                    for p, q, r, s in zip(a, b, c, d, strict=True)
                )
            )  # fmt: skip
    return [(radius, height) for radius, height in (*curve, profile[-1])]


def saucer() -> Iterator[Facet]:
    """A red saucer, with a darker line where the well begins."""

    def colouring(turn: float, place: float) -> Vector:
        return mix(RED, (0.42, 0.05, 0.05), 0.5 if 0.62 < place < 0.70 else 0.0)

    yield from turned(
        finer(SAUCER_PROFILE, 3), at=(CUP[0], CUP[1], 0.0), colouring=colouring, around=200
    )


def cup_outside() -> Iterator[Facet]:
    """The cup's body, cream, with a blue line under the lip."""

    def colouring(turn: float, place: float) -> Vector:
        return mix(CREAM, (0.20, 0.30, 0.52), 0.75 if 0.80 < place < 0.88 else 0.0)

    yield from turned(finer(CUP_PROFILE), at=CUP, colouring=colouring, around=180)


def cup_lip() -> Iterator[Facet]:
    """The rounded edge one drinks from."""
    yield from turned(finer(LIP_PROFILE), at=CUP, colouring=lambda turn, place: CREAM, around=180)


def cup_inside() -> Iterator[Facet]:
    """The wall above the coffee."""
    yield from turned(
        finer(INSIDE_PROFILE), at=CUP, colouring=lambda turn, place: CREAM, around=180
    )


def coffee() -> Iterator[Facet]:
    """A black coffee with its ring of foam, thicker on one side."""

    def colouring(turn: float, place: float) -> Vector:
        edge = 0.20 + 0.16 * sin(2 * pi * turn + 0.6) + 0.05 * sin(14 * pi * turn)
        foam = 1 - smooth(edge, edge + 0.18, place)
        swirl = 0.25 * max(0.0, sin(9 * place + 2 * pi * turn * 2)) * (1 - place)
        return mix((0.16, 0.065, 0.03), (0.72, 0.45, 0.20), min(1.0, foam + swirl))

    yield from turned(COFFEE_PROFILE, at=CUP, colouring=colouring, around=120)


def handle() -> Iterator[Facet]:
    """The handle, to the right and a little towards us."""
    toward = (cos(-0.42), sin(-0.42))
    path = []
    for step in range(41):
        angle = 2.05 - 4.0 * step / 40
        out, height = 0.93 + 0.50 * cos(angle), 0.86 + 0.42 * sin(angle)
        path.append((CUP[0] + toward[0] * out, CUP[1] + toward[1] * out, CUP[2] + height))
    yield from swept(path, 0.095, CREAM, around=24)


def lemon(at: Vector, axis: Vector) -> Iterator[Facet]:
    """A whole lemon lying on its side."""
    profile = []
    for step in range(65):
        place = -1 + step / 32
        body = 0.60 * max(0.0, 1 - (abs(place) / 0.90) ** 2.15) ** 0.60
        nipple = 0.17 * max(0.0, 1 - ((abs(place) - 0.70) / 0.30) ** 2) ** 0.5
        nipple *= smooth(0.60, 0.86, abs(place))
        profile.append((max(0.004, (body**3 + nipple**3) ** (1 / 3)), 0.90 * place))
    grain = Random(3)

    def colouring(turn: float, place: float) -> Vector:
        green = smooth(0.86, 1.0, place) * 0.45
        return mix(mix(YELLOW, (0.93, 0.62, 0.05), grain.random() * 0.35), (0.5, 0.6, 0.1), green)

    yield from turned(profile, at=at, colouring=colouring, axis=axis, around=150, lengthwise=True)


def half_lemon(at: Vector, axis: Vector) -> Iterator[Facet]:
    """Half a lemon, its cut face along the axis."""
    shell = [(0.60 * max(0.0, 1 - (1 - step / 12) ** 2.2) ** 0.55, 0.62 * (step / 12 - 1))
             for step in range(13)]  # fmt: skip
    yield from turned(
        shell, at=at, colouring=lambda turn, place: YELLOW, axis=axis, around=70, lengthwise=True
    )

    def colouring(turn: float, place: float) -> Vector:
        radius = 1 - place
        if radius > 0.93:
            return YELLOW
        if radius > 0.82 or radius < 0.09:
            return (0.97, 0.93, 0.76)
        slice_of_nine = turn * 9 % 1
        from_wall = min(slice_of_nine, 1 - slice_of_nine) * 2 * pi * radius / 9
        juice = 0.5 + 0.5 * sin(8 * slice_of_nine + 17 * radius + 2.2 * (turn * 9 // 1))
        pulp = mix((0.90, 0.74, 0.20), (0.98, 0.88, 0.45), juice)
        return mix((0.98, 0.94, 0.76), pulp, smooth(0.02, 0.06, from_wall))

    face = [(0.60 * (1 - step / 28), 0.0) for step in range(29)]
    yield from turned(face, at=at, colouring=colouring, axis=axis, around=180, lengthwise=True)


SPOON_AT = (1.25, -2.55)
SPOON_ALONG = (cos(0.42), sin(0.42))


def spoon() -> Iterator[Facet]:
    """A spoon lying on the wood, its bowl towards us and its handle away to the right."""
    ahead, aside = SPOON_ALONG, (-SPOON_ALONG[1], SPOON_ALONG[0])

    def on(along: float, across: float, height: float) -> Vector:
        return (
            SPOON_AT[0] + ahead[0] * along + aside[0] * across,
            SPOON_AT[1] + ahead[1] * along + aside[1] * across,
            height,
        )

    def bowl(u: float, v: float) -> Vector:
        along, across = 2 * u - 1, 2 * v - 1
        width = 0.36 * max(0.0, 1 - along * along) ** 0.5 * (1 - 0.18 * along)
        deep = 0.17 * max(0.0, 1 - along * along) * (1 - across * across)
        return on(0.56 * along, width * across, 0.24 + 0.04 * along - deep)

    def stem(u: float, v: float) -> Vector:
        along, across = 0.50 + 2.15 * u, 2 * v - 1
        width = 0.055 + 0.10 * smooth(0.45, 1.0, u) + 0.05 * (1 - smooth(0.0, 0.12, u))
        arch = 0.24 + 0.16 * sin(pi * min(1.0, u * 1.1)) - 0.20 * u
        return on(along, width * across, arch + 0.05 * (1 - across * across))

    yield from draped(stem, lambda u, v: STEEL, 60, 6)
    yield from draped(bowl, lambda u, v: STEEL, 44, 30)


def towel() -> Iterator[Facet]:
    """A blue-grey tea towel with two indigo stripes, thrown rather than folded."""

    def place(u: float, v: float) -> Vector:
        x = -5.3 + 4.4 * u - 0.9 * v + 0.12 * sin(6 * v + 1) + 0.05 * sin(17 * v)
        y = -3.6 + 5.3 * v - 0.75 * u + 0.13 * sin(7 * u) + 0.05 * sin(19 * u)
        folds = (
            0.13 * max(0.0, sin(8.2 * u - 3.6 * v + 0.6)) ** 2
            + 0.17 * max(0.0, sin(4.1 * u + 9.3 * v)) ** 3
            + 0.10 * max(0.0, sin(13 * u + 5 * v + 2)) ** 4
            + 0.03 * sin(9 * u + 11 * v)
        )
        edge = min(1.0, 6 * min(u, 1 - u, v, 1 - v))
        return x, y, 0.04 + max(0.0, folds) * (0.35 + 0.65 * edge)

    def colouring(u: float, v: float) -> Vector:
        striped = 0.80 < u < 0.855 or 0.885 < u < 0.905 or 0.10 < v < 0.15
        return INDIGO if striped else TOWEL

    yield from draped(place, colouring, 150, 140, across=True)


def shadows_of(lemons: list[Vector]) -> list[Ball]:
    """Balls that stand for the things when a ray asks what is in its way; the lemons first."""
    balls: list[Ball] = [((x, y, 0.58), 0.60) for x, y, _ in lemons]
    for height, radius in ((0.30, 0.58), (0.62, 0.80), (0.95, 0.93), (1.25, 0.98)):
        balls.append(((CUP[0], CUP[1], CUP[2] + height), radius))
    return balls
