"""The reader of pictures: two previews and a colour, and nothing that tells where or by whom."""

from __future__ import annotations

import io
import warnings
from typing import cast

from PIL import (
    AvifImagePlugin,
    Image,
    ImageChops,
    ImageCms,
    ImageFile,
    ImageOps,
    UnidentifiedImageError,
)

from coulisses_readers import svg
from coulisses_readers.look import Look, Preview, Unreadable
from coulisses_readers.registry import Reader
from coulisses_readers.text import is_text

MAX_PIXELS = 80_000_000
# One byte of an honest file rarely unfolds into more pixels than this; a bomb's always does.
_BOMB_PIXELS_A_BYTE = 200
_SIDES = {"small": 640, "large": 1600}
_QUALITY = 82
_FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "GIF", "TIFF")
_MIME = "image/webp"
# A difference of a band, of 255, that an eye sees and compression does not make by itself.
_SEEN = 24
# Previews made elsewhere may be as large as ours, and no larger.
_MAX_PREVIEW_SIDE = max(_SIDES.values())
_MAX_PREVIEW_BYTES = 8 * 1024 * 1024

# Our own limit stands before any decoding, with our own reason.
Image.MAX_IMAGE_PIXELS = None
ImageFile.LOAD_TRUNCATED_IMAGES = False
# The child may not start threads, and one picture at a time is fair to the other readers.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1


def look(data: bytes, name: str) -> Look:
    """Previews "small" (within 640) and "large" (within 1600), and the picture's facts.

    Facts: width, height (as seen, after turning), colour ("#rrggbb"), format, bytes. Every kind
    of metadata is dropped; colours become sRGB. Of an animation the first frame only.
    """
    if svg.is_svg(data):
        picture, facts = _open_svg(data)
    else:
        picture, facts = _open_pixels(data)
    previews = {variant: _preview(picture, side) for variant, side in _SIDES.items()}
    facts |= {"colour": _average(picture), "bytes": len(data)}
    return Look("picture", facts, previews)


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


def share_changed(before_small: bytes, after_small: bytes) -> float:
    """The share of the surface that differs between two previews of equal aspect, 0 to 1.

    1.0 when their shapes differ. Differences too faint to be seen, as another compression makes
    them, do not count.
    """
    before, after = (_as_grid(data) for data in (before_small, after_small))
    if abs(before.width * after.height - after.width * before.height) > _SIDES["small"]:
        return 1.0
    size = (min(before.width, after.width), min(before.height, after.height))
    difference = ImageChops.difference(before.resize(size), after.resize(size))
    # The band that differs most decides, pixel by pixel.
    red, green, blue = difference.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return sum(most.histogram()[_SEEN:]) / (size[0] * size[1])


def _open_pixels(data: bytes) -> tuple[Image.Image, dict[str, object]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data), formats=_FORMATS)
            pixels = picture.width * picture.height
            if pixels > MAX_PIXELS:
                is_bomb = pixels > _BOMB_PIXELS_A_BYTE * len(data)
                raise Unreadable("bomb" if is_bomb else "too_large")
            facts: dict[str, object] = {"format": (picture.format or "").lower()}
            turn = picture.getexif().get(0x0112, 1)
            seen = picture.size if turn < 5 or turn > 8 else picture.size[::-1]
            facts |= {"width": seen[0], "height": seen[1]}
            return _shrink(picture), facts
    except MemoryError:
        raise Unreadable("too_large") from None
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        TypeError,
        KeyError,
        IndexError,
        OverflowError,
        ZeroDivisionError,
        RuntimeError,
        AttributeError,
    ):
        # What Pillow's decoders raise on broken files, seen over the years.
        raise Unreadable("unreadable") from None


def _shrink(picture: Image.Image) -> Image.Image:
    # Everything that copies the whole surface comes after the picture has become small.
    side = _SIDES["large"]
    picture.draft("RGB", (side * 2, side * 2))
    exif, profile = picture.getexif(), picture.info.get("icc_profile")
    picture.load()
    if picture.mode in ("P", "PA", "LA", "1") or "transparency" in picture.info:
        has_alpha = picture.mode in ("PA", "LA") or "transparency" in picture.info
        picture = picture.convert("RGBA" if has_alpha else "RGB")
    elif picture.mode.startswith("I"):
        # Sixteen bits a pixel: `convert` would clip them instead of scaling them.
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif picture.mode == "F":
        low, high = cast("tuple[float, float]", picture.getextrema())
        scale = 255 / ((high - low) or 1)
        picture = picture.point(lambda value: value * scale - low * scale).convert("L")
    if max(picture.size) > side:
        picture.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    picture = _as_srgb(picture, profile)
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    clean.info.clear()
    turned = Image.Exif()
    turned[0x0112] = exif.get(0x0112, 1)
    clean.info["exif"] = turned.tobytes()
    return ImageOps.exif_transpose(clean)


def _as_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    mode = "RGBA" if "A" in picture.getbands() else "RGB"
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode=mode
            )
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # A profile that lies about its picture is as good as none.
        else:
            return converted or picture.convert(mode)
    return picture.convert(mode)


def _open_svg(data: bytes) -> tuple[Image.Image, dict[str, object]]:
    png, width, height = svg.render(data, side=_SIDES["large"])
    picture = Image.open(io.BytesIO(png), formats=("PNG",))
    picture.load()
    return picture.convert("RGBA"), {"format": "svg", "width": width, "height": height}


def _preview(picture: Image.Image, side: int) -> Preview:
    small = picture.copy()
    small.info.clear()
    if max(small.size) > side:
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=_QUALITY, method=4, exif=b"", xmp=b"", icc_profile=b"")
    return Preview(out.getvalue(), _MIME, small.width, small.height)


def _average(picture: Image.Image) -> str:
    tiny = picture.convert("RGBA").resize((1, 1), Image.Resampling.BOX)
    red, green, blue, alpha = tiny.getpixel((0, 0))  # type: ignore[misc]
    if not alpha:
        return "#ffffff"
    return f"#{red:02x}{green:02x}{blue:02x}"


def _as_grid(data: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data), formats=("WEBP",)) as picture:
            if max(picture.size) > _MAX_PREVIEW_SIDE:
                raise Unreadable("too_large")
            paper = Image.new("RGBA", picture.size, "white")
            paper.alpha_composite(picture.convert("RGBA"))
    except (OSError, ValueError, SyntaxError, EOFError):
        raise Unreadable("unreadable") from None
    return paper.convert("RGB").reduce(2)


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
)
