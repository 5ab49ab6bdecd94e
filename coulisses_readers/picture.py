"""The reader of pictures: two previews and a colour, and nothing that tells where or by whom."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image

from coulisses_readers import repainted, surface, svg
from coulisses_readers.look import Look, Unreadable
from coulisses_readers.registry import Reader
from coulisses_readers.text import is_text

_FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "GIF", "TIFF")
# Previews made elsewhere may be as large as ours, and no larger.
_MAX_PREVIEW_SIDE = max(surface.SIDES.values())
_MAX_PREVIEW_BYTES = 8 * 1024 * 1024


def look(data: bytes, name: str) -> Look:
    """Previews "small" (within 640) and "large" (within 1600), and the picture's facts.

    Facts: width, height (as seen, after turning), colour ("#rrggbb"), format, bytes. Every kind
    of metadata is dropped; colours become sRGB. Of an animation the first frame only.
    """
    picture, facts = _open_svg(data) if svg.is_svg(data) else surface.opened(data, _FORMATS)
    return surface.shown(picture, facts, len(data))


def verify_webp(data: bytes) -> tuple[int, int]:
    """Width and height of a preview made elsewhere; raises Unreadable unless it is just that.

    A still WebP within 1600, whole, and without any metadata.
    """
    if not data:
        raise Unreadable("empty")
    if len(data) > _MAX_PREVIEW_BYTES:
        raise Unreadable("too_large")
    try:
        with Image.open(io.BytesIO(data), formats=("WEBP",)) as picture:
            if max(picture.size) > _MAX_PREVIEW_SIDE:
                raise Unreadable("too_large")
            is_still = getattr(picture, "n_frames", 1) == 1
            has_metadata = bool({"exif", "xmp", "icc_profile"} & picture.info.keys())
            picture.load()
    except (OSError, ValueError, SyntaxError, EOFError):
        raise Unreadable("unreadable") from None
    if not is_still or has_metadata or _has_tail(data):
        raise Unreadable("unreadable")
    return picture.size


def _open_svg(data: bytes) -> tuple[Image.Image, dict[str, Any]]:
    png, width, height = svg.render(data, side=surface.SIDES["large"])
    picture = Image.open(io.BytesIO(png), formats=("PNG",))
    picture.load()
    return picture.convert("RGBA"), {"format": "svg", "width": width, "height": height}


def _has_tail(data: bytes) -> bool:
    return len(data) < 12 or int.from_bytes(data[4:8], "little") + 8 != len(data)


def _is_magic(head: bytes) -> bool:
    return (
        head.startswith(
            (
                b"\x89PNG\r\n\x1a\n",
                b"\xff\xd8\xff",
                b"GIF87a",
                b"GIF89a",
                b"II*\x00",
                b"MM\x00*",
                b"II+\x00",
                b"MM\x00+",
            )
        )
        or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")
        or (head[4:8] == b"ftyp" and head[8:12] in (b"avif", b"avis"))
        or (head[4:8] == b"ftyp" and b"avif" in head[12:64])
    )


def _is_fit(head: bytes) -> bool:
    # A name that ends in .png over text (a large-file pointer, say) is text.
    return not head or not is_text(head) or svg.is_svg(head)


READER = Reader(
    name="picture",
    look=look,
    rank=10,
    suffixes=frozenset(
        {".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif", ".tif", ".tiff", ".svg"}
    ),
    is_magic=_is_magic,
    is_fit=_is_fit,
    compare=repainted.compare,
)
