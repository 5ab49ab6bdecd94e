"""Whether something can be seen at a place of a page that was drawn: ink beside paper."""

from __future__ import annotations

import math

from PIL import Image, ImageChops

# Between ink and paper, of 255: less of a contrast is nothing that somebody could read.
_SEEN = 10
_CELL = 2  # pixels


class Ink:
    """A drawn page, asked letter by letter: a page has thousands of them."""

    def __init__(self, picture: Image.Image) -> None:
        self._grey = picture.convert("L")
        beside = [
            ImageChops.difference(self._grey, ImageChops.offset(self._grey, *step))
            for step in ((1, 0), (0, 1))
        ]
        edges = ImageChops.lighter(*beside).point(_is_edge).reduce(_CELL)
        self._cells, self._width = edges.tobytes(), edges.width

    def shows(self, left: float, top: float, right: float, bottom: float) -> bool:
        """Whether there is any contrast within a box, in pixels from the upper left corner."""
        row = int((top + bottom) / 2 / _CELL) * self._width
        first, last = math.ceil(left / _CELL), int(right / _CELL)
        if 0 <= first < last < self._width and any(self._cells[row + first : row + last]):
            return True
        # A pixel around it: a stroke fills its own box, and would have no contrast.
        area = (
            max(0, math.floor(left) - 1),
            max(0, math.floor(top) - 1),
            min(self._grey.width, math.ceil(right) + 1),
            min(self._grey.height, math.ceil(bottom) + 1),
        )
        if area[0] >= area[2] or area[1] >= area[3]:
            return False
        darkest, lightest = self._grey.crop(area).getextrema()
        return bool(lightest - darkest >= _SEEN)  # type: ignore[operator]


def _is_edge(difference: int) -> int:
    return 255 if difference >= _SEEN else 0
