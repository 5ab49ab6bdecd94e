"""The generated poster: a bare stage in a project's own colours, drawn from its id alone."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe

WIDTH, HEIGHT = 800, 500
Points = Sequence[tuple[float, float]]
FLOOR: Points = [
    *((0, 500), (0, 430), (250, 330)),
    *((550, 330), (800, 430), (800, 500)),
]
STEP = 30  # degrees between the hues of two posters of one project
WARM = 44  # the hue of a work light, whatever the colours it falls on


@lru_cache(maxsize=256)
def draw(seed: str, number: int = 0) -> SafeString:
    """Return an inline SVG (800 × 500 units), always the same for one seed and number.

    Each number is another stage, lit in a hue of its own. Colours are attributes, not styles: the
    house's pages allow no inline style.
    """
    hue = _Dice(seed).below(360) + number * STEP
    dice = _Dice(f"{seed}:{number}" if number else seed)
    dice.below(360)
    turn = dice.pick([32, 150, 180, 205, 328])
    shapes = [
        _rect(0, 0, WIDTH, HEIGHT, _hsl(hue, 42, 11)),
        _polygon(FLOOR, _hsl(hue, 30, 20)),
        *_planks(hue),
        _light(dice),
        *_wings(dice, hue, turn),
        *_lamps(dice),
        _tape(dice),
    ]
    return mark_safe(  # noqa: S308  made of numbers only
        f'<svg class="painted" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMid slice"'
        f' aria-hidden="true">{"".join(shapes)}</svg>'
    )


class _Dice:
    def __init__(self, seed: str) -> None:
        self._bytes = iter(hashlib.shake_256(seed.encode()).digest(96))

    def below(self, limit: int) -> int:
        return (next(self._bytes) * 256 + next(self._bytes)) % limit

    def pick(self, options: list[int]) -> int:
        return options[self.below(len(options))]


def _hsl(hue: int, saturation: int, light: int) -> str:
    return f"hsl({hue % 360},{saturation}%,{light}%)"


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    return f'<path fill="{fill}" d="M{x:g} {y:g}h{width:g}v{height:g}h{-width:g}z"/>'


def _polygon(points: Points, fill: str, opacity: float = 1) -> str:
    spelled = " ".join(f"{x:g},{y:g}" for x, y in points)
    return f'<polygon fill="{fill}" fill-opacity="{opacity:g}" points="{spelled}"/>'


def _planks(hue: int) -> list[str]:
    lines = [f"M{400 + (x - 400) * 0.38:g} 330L{x:g} 500" for x in range(-200, 1001, 75)]
    return [f'<path stroke="{_hsl(hue, 34, 13)}" stroke-width="1.5" d="{"".join(lines)}"/>']


def _light(dice: _Dice) -> str:
    top, foot = 260 + dice.below(280), 250 + dice.below(300)
    spread = 90 + dice.below(70)
    cone = [(top - 12, 0), (top + 12, 0), (foot + spread, 420), (foot - spread, 420)]
    pool = (
        f'<ellipse cx="{foot}" cy="420" rx="{spread}" ry="{spread * 0.22:g}"'
        f' fill="{_hsl(WARM, 42, 62)}"/>'
    )
    return _polygon(cone, _hsl(WARM, 90, 82), 0.16) + pool


def _wings(dice: _Dice, hue: int, turn: int) -> list[str]:
    """Return the flats that give the house its name: the further, the darker and the smaller."""
    count = 3 + dice.below(3)
    other = dice.below(count)  # one pair in a second colour, as a stage borrows from the last show
    shapes = []
    for index in reversed(range(count)):
        depth = index / count
        width = max(62 + dice.below(46), 230 / count + 12)
        inset = index * (230 / count)
        foot = 486 - depth * 150
        tone = hue + (turn if index == other else index * 5)
        fill = _hsl(tone, 50 - index * 3, 46 - int(depth * 28))
        shade = _hsl(tone, 52 - index * 3, 39 - int(depth * 25))
        for x in (inset - 30, WIDTH - inset + 30 - width):
            shapes.append(_rect(x, 0, width, foot, fill))
            shapes.append(_rect(x + (width * 0.72 if x < 400 else 0), 0, width * 0.28, foot, shade))
    return shapes


def _lamps(dice: _Dice) -> list[str]:
    y = 26 + dice.below(30)
    places = [250 + step * 75 + dice.below(20) for step in range(5)]
    bar = f'<path stroke="#05060c" stroke-width="5" d="M0 {y}H{WIDTH}"/>'
    lamps = (
        f'<path fill="#05060c" d="M{x - 9} {y}h18l6 24h-30z"/>'
        f'<path fill="#fff3c4" d="M{x - 13} {y + 24}h26v3h-26z"/>'
        for x in places
    )
    return [bar, *lamps]


def _tape(dice: _Dice) -> str:
    """Return the cross that marks where to stand."""
    x, y = 300 + dice.below(200), 436 + dice.below(24)
    return (
        f'<g transform="translate({x} {y}) scale(1 .5)" fill="#ffdb3c">'
        '<path transform="rotate(45)" d="M-26-4.5h52v9h-52z"/>'
        '<path transform="rotate(-45)" d="M-26-4.5h52v9h-52z"/></g>'
    )
