"""What stands on the table, as many small facets."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import cos, pi, sin

from .vectors import Vector, add, cross, dot, scale, unit


@dataclass(frozen=True)
class Facet:
    """A small flat piece of a thing, the way the brush would follow it, and its colour."""

    corners: tuple[Vector, ...]
    normal: Vector
    along: Vector
    colour: Vector

    @property
    def centre(self) -> Vector:
        """The point in the middle of the corners."""
        x, y, z = (sum(axis) / len(self.corners) for axis in zip(*self.corners, strict=True))
        return x, y, z


Colouring = Callable[[float, float], Vector]


def turned(
    profile: list[tuple[float, float]],
    *,
    at: Vector,
    colouring: Colouring,
    axis: Vector = (0.0, 0.0, 1.0),
    around: int = 120,
    lengthwise: bool = False,
) -> Iterator[Facet]:
    """Turn a profile of (radius, height) around an axis, as a potter does.

    `colouring` is asked with (turn from 0 to 1, place along the profile from 0 to 1). The outside
    is to the right of somebody who walks along the profile with the axis on the left.
    """
    axis = unit(axis)
    first = unit(cross(axis, (0.31, 0.95, 0.02) if abs(axis[1]) < 0.9 else (1.0, 0.0, 0.0)))
    second = cross(axis, first)

    def place(step: int, turn: int) -> Vector:
        radius, height = profile[step]
        angle = 2 * pi * turn / around
        flat = add(scale(first, radius * cos(angle)), second, radius * sin(angle))
        return add(add(at, flat), axis, height)

    for step in range(len(profile) - 1):
        for turn in range(around):
            corners = (
                place(step, turn),
                place(step, turn + 1),
                place(step + 1, turn + 1),
                place(step + 1, turn),
            )
            side = add(corners[2], corners[0], -1)
            other = add(corners[3], corners[1], -1)
            normal = unit(cross(side, other))
            rising = add(corners[3], corners[0], -1)
            circling = add(corners[1], corners[0], -1)
            colour = colouring(turn / around, step / (len(profile) - 1))
            yield Facet(corners, normal, rising if lengthwise else circling, colour)


def swept(path: list[Vector], radius: float, colour: Vector, around: int = 14) -> Iterator[Facet]:
    """Sweep a rope of a radius along a path, as a handle is pulled."""
    rings = []
    for step, here in enumerate(path):
        ahead = unit(add(path[min(step + 1, len(path) - 1)], path[max(step - 1, 0)], -1))
        first = unit(cross(ahead, (0.0, 1.0, 0.12)))
        second = cross(ahead, first)
        rings.append(
            [
                add(
                    add(here, first, radius * 0.8 * cos(2 * pi * turn / around)),
                    second,
                    radius * 1.25 * sin(2 * pi * turn / around),
                )
                for turn in range(around)
            ]
        )
    for step in range(len(path) - 1):
        for turn in range(around):
            following = (turn + 1) % around
            corners = (
                rings[step][turn],
                rings[step][following],
                rings[step + 1][following],
                rings[step + 1][turn],
            )
            normal = unit(cross(add(corners[2], corners[0], -1), add(corners[3], corners[1], -1)))
            if dot(normal, add(corners[0], path[step], -1)) < 0:
                normal = scale(normal, -1)
            yield Facet(corners, normal, add(path[step + 1], path[step], -1), colour)


def draped(
    place: Callable[[float, float], Vector],
    colouring: Colouring,
    columns: int,
    rows: int,
    *,
    across: bool = False,
) -> Iterator[Facet]:
    """Lay a sheet whose points `place` tells for (u, v) from 0 to 1; its upper side is seen."""
    for row in range(rows):
        for column in range(columns):
            u, v = column / columns, row / rows
            du, dv = 1 / columns, 1 / rows
            corners = (place(u, v), place(u + du, v), place(u + du, v + dv), place(u, v + dv))
            normal = unit(cross(add(corners[2], corners[0], -1), add(corners[3], corners[1], -1)))
            if normal[2] < 0:
                normal = scale(normal, -1)
            along = add(corners[3 if across else 1], corners[0], -1)
            yield Facet(corners, normal, along, colouring(u + du / 2, v + dv / 2))
