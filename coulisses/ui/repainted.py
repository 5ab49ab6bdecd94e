"""Where a picture changed: a frame over it, and words for who does not see the frame."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

Box = tuple[int, int, int, int]
"""Left, top, width and height in thousandths of a picture's sides."""

NEARLY_ALL = 700_000  # millionths of the surface: a frame around that much says nothing
WIDE = 600  # thousandths: what spans so much is on no side

PLACES = {
    (0, 0): gettext_lazy("mostly at the upper left"),
    (1, 0): gettext_lazy("mostly at the top"),
    (2, 0): gettext_lazy("mostly at the upper right"),
    (0, 1): gettext_lazy("mostly at the left"),
    (1, 1): gettext_lazy("mostly in the middle"),
    (2, 1): gettext_lazy("mostly at the right"),
    (0, 2): gettext_lazy("mostly at the lower left"),
    (1, 2): gettext_lazy("mostly at the bottom"),
    (2, 2): gettext_lazy("mostly at the lower right"),
}


@dataclass(frozen=True)
class Frame:
    """A frame over a picture, in pixels of the picture as it is shown."""

    x: int
    y: int
    width: int
    height: int


def where(facts: Mapping[str, Any]) -> Box | None:
    """Return where a version changed; None where nobody knows, or where it is nearly all of it."""
    told = facts.get("where")
    if not isinstance(told, list) or len(told) != 4 or any(type(one) is not int for one in told):
        return None
    left, top, width, height = told
    is_within = min(left, top) >= 0 and left + width <= 1000 and top + height <= 1000
    if not is_within or min(width, height) <= 0 or width * height >= NEARLY_ALL:
        return None
    return left, top, width, height


def place(box: Box) -> str:
    """Return words for where a box lies, in the page's language."""
    return str(PLACES[_third(box[0], box[2]), _third(box[1], box[3])])


def frame(box: Box, width: int, height: int) -> Frame:
    """Return the frame around a box on a picture of this size in pixels."""
    return Frame(
        x=box[0] * width // 1000,
        y=box[1] * height // 1000,
        width=max(1, box[2] * width // 1000),
        height=max(1, box[3] * height // 1000),
    )


def _third(begin: int, length: int) -> int:
    return 1 if length >= WIDE else min(2, (begin + length // 2) * 3 // 1000)
