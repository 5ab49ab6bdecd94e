"""What changed between two states of a picture: how much of its surface, and where.

Both are told from the small previews, so that the house and the maker's machine say the same.
Nothing is warped: a canvas photographed from another angle has changed as far as one sees it so.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageChops

from coulisses_readers import surface
from coulisses_readers.look import Look, Unreadable

# A difference of a band, of 255, that an eye sees and compression does not make by itself.
_SEEN = 24
_CELL = 4  # pixels of the grid; changes in cells that touch belong to one patch
_SPECK = 4  # pixels: what is smaller is noise and not a change
_STRAY = 50  # a patch that is as many times smaller than the largest does not widen the box
_WHOLE = [0, 0, 1000, 1000]

_Cell = tuple[int, int]


def compare(before: Look | None, after: Look, name: str) -> dict[str, Any]:
    """The share of the surface that `changed`, in thousandths, and `where`, if anywhere.

    `where` is [left, top, width, height] in thousandths of the picture's sides: the box that holds
    what changed. {} for a new picture, or one whose former state was not shown.
    """
    smalls = [look.previews.get("small") for look in (before, after) if look]
    if len(smalls) != 2 or not smalls[0] or not smalls[1]:
        return {}
    return difference(smalls[0].bytes, smalls[1].bytes)


def difference(before: bytes, after: bytes) -> dict[str, Any]:
    """What `compare` tells, of two small previews (WebP). Raises Unreadable.

    All of it changed when their shapes differ. What is too faint to be seen, or a speck, as another
    compression makes them, does not count.
    """
    old, new = (_as_grid(data) for data in (before, after))
    if abs(old.width * new.height - new.width * old.height) > surface.SIDES["small"]:
        return {"changed": 1000, "where": _WHOLE}
    size = (min(old.width, new.width), min(old.height, new.height))
    mask = _mask(old.resize(size), new.resize(size))
    patches = [patch for patch in _patches(mask) if _weight(patch) >= _SPECK]
    if not patches:
        return {"changed": 0}
    pixels = sum(map(_weight, patches))
    changed = min(1000, max(1, round(1000 * pixels / (size[0] * size[1]))))
    largest = max(map(_weight, patches))
    telling = [patch for patch in patches if _weight(patch) * _STRAY >= largest]
    return {"changed": changed, "where": _box(mask, telling)}


def _as_grid(data: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data), formats=("WEBP",)) as picture:
            if max(picture.size) > max(surface.SIDES.values()):
                raise Unreadable("too_large")
            paper = Image.new("RGBA", picture.size, "white")
            paper.alpha_composite(picture.convert("RGBA"))
    except (OSError, ValueError, SyntaxError, EOFError):
        raise Unreadable("unreadable") from None
    return paper.convert("RGB").reduce(2)


def _mask(before: Image.Image, after: Image.Image) -> Image.Image:
    """255 where a change is seen, 0 elsewhere; the band that differs most decides."""
    red, green, blue = ImageChops.difference(before, after).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point(lambda value: 255 if value >= _SEEN else 0)


def _patches(mask: Image.Image) -> Iterator[dict[_Cell, int]]:
    """Yield the cells that lie side by side, each with how many of its pixels changed."""
    left = _cells(mask)
    while left:
        begun, weight = left.popitem()
        patch, edge = {begun: weight}, [begun]
        while edge:
            column, row = edge.pop()
            for cell in _around(column, row):
                if cell in left:
                    patch[cell] = left.pop(cell)
                    edge.append(cell)
        yield patch


def _cells(mask: Image.Image) -> dict[_Cell, int]:
    # Padded with what did not change, so that every cell has as many pixels.
    columns, rows = -(-mask.width // _CELL), -(-mask.height // _CELL)
    whole = Image.new("L", (columns * _CELL, rows * _CELL))
    whole.paste(mask)
    means = whole.reduce(_CELL).tobytes()
    return {
        (index % columns, index // columns): round(mean * _CELL * _CELL / 255)
        for index, mean in enumerate(means)
        if mean
    }


def _around(column: int, row: int) -> Iterator[_Cell]:
    for aside in (-1, 0, 1):
        for below in (-1, 0, 1):
            yield column + aside, row + below


def _weight(patch: dict[_Cell, int]) -> int:
    return sum(patch.values())


def _box(mask: Image.Image, patches: list[dict[_Cell, int]]) -> list[int]:
    """Return the box around the changed pixels of these patches, in thousandths, rounded out."""
    kept = Image.new("L", mask.size)
    for patch in patches:
        for column, row in patch:
            corner = (column * _CELL, row * _CELL)
            kept.paste(255, (*corner, corner[0] + _CELL, corner[1] + _CELL))
    found = ImageChops.multiply(mask, kept).getbbox()
    assert found  # a patch has changed pixels
    left, top = found[0] * 1000 // mask.width, found[1] * 1000 // mask.height
    right, bottom = -(-found[2] * 1000 // mask.width), -(-found[3] * 1000 // mask.height)
    return [left, top, right - left, bottom - top]
