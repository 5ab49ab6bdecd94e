"""Drawings in SVG, made inert and drawn by resvg.

resvg runs no scripts, but it would read any file that an `image` names, so everything that points
out of the drawing is taken away before it sees it.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import resvg_py

from coulisses_readers.look import Unreadable
from coulisses_readers.text import decode

MAX_BYTES = 16 * 1024 * 1024
_MAX_ELEMENTS = 200_000
# Atomic groups: a hostile beginning gets one reading and not all of them.
_ROOT = re.compile(
    rb"(?:\xef\xbb\xbf)?"
    rb"(?>(?>\s+|<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*)"
    rb"<(?:svg|[a-z]+:svg)[\s>/]",
    re.DOTALL | re.IGNORECASE,
)
_PICTURE_WITHIN = re.compile(r"\s*data:image/(?:png|jpe?g|gif|webp)\s*;\s*base64\s*,", re.I)
_LENGTH = re.compile(r"\s*([0-9.]+(?:e[0-9]+)?)\s*(px|pt|pc|mm|cm|in|)\s*$", re.I)
_PIXELS = {
    "px": 1.0,
    "": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
}
_DROPPED = {"script", "foreignObject", "iframe", "audio", "video", "object", "embed", "metadata"}


def is_svg(head: bytes) -> bool:
    """Whether a file that begins like this is a drawing, whatever it is called."""
    return _ROOT.match(head[:65536]) is not None


def render(data: bytes, *, side: int) -> tuple[bytes, int, int]:
    """A PNG of the drawing within `side` pixels, and the width and height it gives itself.

    Raises Unreadable: "too_large", "bomb" (entities, too many elements) or "unreadable".
    """
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large")
    root = _parse(data)
    _make_inert(root)
    try:
        with _fonts_readable():
            png = resvg_py.svg_to_bytes(
                svg_string=ElementTree.tostring(root, encoding="unicode"), width=side, height=side
            )
    except ValueError:
        raise Unreadable("unreadable") from None
    width, height = _size(root) or (int.from_bytes(png[16:20]), int.from_bytes(png[20:24]))
    return png, width, height


def _parse(data: bytes) -> ElementTree.Element:
    # expat never fetches, and gives up on entities that multiply.
    try:
        root = ElementTree.fromstring(_without_declaration(decode(data)))
    except ElementTree.ParseError as error:
        is_bomb = "amplification" in str(error)
        raise Unreadable("bomb" if is_bomb else "unreadable") from None
    if sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        raise Unreadable("bomb")
    return root


def _without_declaration(text: str) -> str:
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1)


def _make_inert(root: ElementTree.Element) -> None:
    for parent in root.iter():
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag.rpartition("}")[2] in _DROPPED:
                parent.remove(child)
    for element in root.iter():
        is_picture = element.tag.rpartition("}")[2] in ("image", "feImage")
        for name, value in list(element.attrib.items()):
            local = name.rpartition("}")[2].lower()
            is_inside = value.lstrip().startswith("#") or (
                is_picture and _PICTURE_WITHIN.match(value)
            )
            if local.startswith("on") or (local in ("href", "src", "base") and not is_inside):
                del element.attrib[name]


def _size(root: ElementTree.Element) -> tuple[int, int] | None:
    sides = [_pixels(root.get(name, "")) for name in ("width", "height")]
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    if not all(sides) and len(box) == 4:
        sides = [_pixels(box[2]), _pixels(box[3])]
    if not sides[0] or not sides[1]:
        return None
    return max(1, round(sides[0])), max(1, round(sides[1]))


def _pixels(length: str) -> float | None:
    match = _LENGTH.match(length)
    try:
        return float(match[1]) * _PIXELS[match[2].lower()] if match else None
    except (ValueError, OverflowError):
        return None


@contextlib.contextmanager
def _fonts_readable() -> Iterator[None]:
    # In the child no file can be opened; resvg reads the system's fonts while it draws.
    try:
        import resource
    except ImportError:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
