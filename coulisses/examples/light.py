"""The light of one morning: where it comes from, what it meets, what shines."""

from .vectors import Vector, add, cross, dot, mix, scale, smooth, unit

SUN = unit((-0.78, -0.26, 0.64))
"""Towards the window: to the left, and not quite as high as it is far."""
WARM: Vector = (1.06, 0.97, 0.80)
SKY: Vector = (0.30, 0.35, 0.43)
ACROSS = unit(cross(SUN, (0.0, 0.0, 1.0)))
ALONG = cross(ACROSS, SUN)
EYE: Vector = (0.0, -8.2, 5.4)

Ball = tuple[Vector, float]


class Room:
    """What a ray of light can meet: balls that stand for the things, and the colours around."""

    def __init__(self, balls: list[Ball], wood: Vector, cloth: Vector | None, saucer: Vector):
        """Keep the balls that throw shadows and the colours that throw reflections."""
        self.balls = balls
        self.wood = wood
        self.cloth = cloth
        self.saucer = saucer

    def sunlight(self, point: Vector, own: int = -1) -> float:
        """Say how much of the window's light reaches a point, from 0 to 1."""
        free = 1.0
        for number, (centre, radius) in enumerate(self.balls):
            if number == own:
                continue
            to = add(centre, point, -1)
            ahead = dot(to, SUN)
            if ahead <= 0:
                continue
            clear = max(0.0, dot(to, to) - ahead * ahead) ** 0.5 / radius
            if clear < 1.12:
                free = min(free, smooth(0.80, 1.12, clear))
        return free

    def mirrored(self, point: Vector, ray: Vector) -> Vector:
        """Return the colour that a polished thing shows when it sends the eye along a ray."""
        if ray[2] < -0.02:
            reach = -point[2] / ray[2]
            x, y = point[0] + ray[0] * reach, point[1] + ray[1] * reach
            if (x - 0.45) ** 2 + (y - 0.25) ** 2 < 4.0:
                return scale(self.saucer, 0.8)
            if self.cloth and x < -0.9:
                return scale(self.cloth, 0.85)
            return scale(self.wood, 0.8)
        facing = dot(ray, SUN)
        if facing > 0:
            u, v = dot(ray, ACROSS) / facing, dot(ray, ALONG) / facing
            if abs(u) < 0.42 and abs(v) < 0.55:
                bar = min(abs(u), abs(v - 0.08))
                return (1.5, 1.45, 1.30) if bar > 0.045 else (0.55, 0.50, 0.42)
        glow = smooth(-0.6, 0.9, facing)
        return mix((0.24, 0.22, 0.22), (0.74, 0.71, 0.64), glow * 0.9)

    def shade(
        self,
        point: Vector,
        normal: Vector,
        colour: Vector,
        *,
        polish: float = 0.0,
        metal: bool = False,
        own: int = -1,
        near: float = 1.0,
    ) -> Vector:
        """Return the colour the eye sees at a point of a thing.

        `polish` is the share that is mirrored face on; `own` is the ball that stands for the thing
        itself; `near` is how open its surroundings are, 0 in a crevice and 1 in the open.
        """
        view = unit(add(EYE, point, -1))
        facing = max(0.0, dot(normal, view))
        sun = max(0.0, dot(normal, SUN)) * self.sunlight(point, own)
        sky = 0.55 + 0.45 * normal[2] + 0.12 * normal[0]
        bounce = max(0.0, 0.45 - 0.65 * normal[2]) * near
        lit = tuple(
            colour[i]
            * (WARM[i] * sun + SKY[i] * sky * (0.45 + 0.55 * near) + self.wood[i] * 0.34 * bounce)
            for i in range(3)
        )
        if not polish:
            return lit[0], lit[1], lit[2]
        ray = add(scale(normal, 2 * dot(normal, view)), view, -1)
        seen = self.mirrored(point, ray)
        share = polish + (1 - polish) * (1 - facing) ** 5 * 0.7
        if metal:
            deep = seen if seen[0] > 1.2 else scale(seen, 0.35 + 1.5 * seen[0])
            return mix((lit[0], lit[1], lit[2]), deep, 0.92)
        if seen[0] > 1.2:
            return mix((lit[0], lit[1], lit[2]), seen, min(0.95, share * 7))
        return mix((lit[0], lit[1], lit[2]), seen, share)
