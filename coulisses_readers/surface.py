"""Pictures as they are shown: bounded before they unfold, upright, in sRGB, small, and nameless.

Every reader of a kind of picture ends here, so that all of them have the same facts and previews.
"""

from __future__ import annotations

import io
import warnings
from typing import Any, cast

from PIL import AvifImagePlugin, Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from coulisses_readers.look import Look, Preview, Unreadable

SIDES = {"small": 640, "large": 1600}
MAX_PIXELS = 80_000_000
# A JPEG unfolds at a half, a quarter or an eighth of its size where no more is asked of it.
_MAX_PIXELS_DRAFTED = 256_000_000
# One byte of an honest file rarely unfolds into more pixels than this; a bomb's always does.
_BOMB_PIXELS_A_BYTE = 200
_QUALITY = 82
# WebP's middle way takes twice the time for a file that is a twenty-fifth smaller.
_EFFORT = 2
# Whole pixels are averaged down to this many times the size at which the fine filter takes over.
ROOM_TO_REDUCE = 1.2
_MIME = "image/webp"

# Our own limit stands before any decoding, with our own reason.
Image.MAX_IMAGE_PIXELS = None
ImageFile.LOAD_TRUNCATED_IMAGES = False
# The child may not start threads, and one picture at a time is fair to the other readers.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1

# What Pillow's decoders raise on broken files, seen over the years.
_BROKEN = (
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
)


def require_room(width: int, height: int, size: int, *, most: int = MAX_PIXELS) -> None:
    """Raise Unreadable ("bomb", "too_large") where so many pixels may not unfold from `size` bytes.

    `width` and `height` in pixels, as the file says them.
    """
    if width * height > most:
        is_bomb = width * height > _BOMB_PIXELS_A_BYTE * size
        raise Unreadable("bomb" if is_bomb else "too_large")


def opened(data: bytes, formats: tuple[str, ...]) -> tuple[Image.Image, dict[str, Any]]:
    """A picture in one of Pillow's `formats`, made small, and its facts but for colour and bytes.

    Width and height are as seen, after turning. Raises Unreadable.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data), formats=formats)
            most = _MAX_PIXELS_DRAFTED if picture.format == "JPEG" else MAX_PIXELS
            require_room(*picture.size, len(data), most=most)
            turn = picture.getexif().get(0x0112, 1)
            seen = picture.size if turn < 5 or turn > 8 else picture.size[::-1]
            facts: dict[str, Any] = {"format": (picture.format or "").lower()}
            return _shrink(picture), facts | {"width": seen[0], "height": seen[1]}
    except MemoryError:
        raise Unreadable("too_large") from None
    except _BROKEN:
        raise Unreadable("unreadable") from None


def shown(picture: Image.Image, facts: dict[str, Any], size: int) -> Look:
    """The look at a small, clean picture: its previews, and `facts` with its colour and `size`."""
    previews = {variant: _preview(picture, side) for variant, side in SIDES.items()}
    return Look("picture", {**facts, "colour": _average(picture), "bytes": size}, previews)


def fitted(picture: Image.Image) -> Image.Image:
    """The picture itself, no larger than the large preview."""
    side = SIDES["large"]
    if max(picture.size) > side:
        picture.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=ROOM_TO_REDUCE)
    return picture


def _shrink(picture: Image.Image) -> Image.Image:
    # Everything that copies the whole surface comes after the picture has become small.
    side = SIDES["large"]
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
    picture = as_srgb(fitted(picture), profile)
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    clean.info.clear()
    turned = Image.Exif()
    turned[0x0112] = exif.get(0x0112, 1)
    clean.info["exif"] = turned.tobytes()
    return ImageOps.exif_transpose(clean)


def as_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB, as the profile it came with (if any) has its colours."""
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


def from_lab(lightness: Image.Image, a: Image.Image, b: Image.Image) -> Image.Image:
    """A picture in sRGB from its L*, a* and b*, of which 128 is no colour."""
    picture = Image.merge("LAB", (lightness, a, b))
    lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    return ImageCms.profileToProfile(picture, lab, srgb, outputMode="RGB") or picture


def _preview(picture: Image.Image, side: int) -> Preview:
    small = picture.copy()
    small.info.clear()
    if max(small.size) > side:
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=_QUALITY, method=_EFFORT, exif=b"", xmp=b"", icc_profile=b"")
    return Preview(out.getvalue(), _MIME, small.width, small.height)


def _average(picture: Image.Image) -> str:
    tiny = picture.convert("RGBA").resize((1, 1), Image.Resampling.BOX)
    red, green, blue, alpha = tiny.getpixel((0, 0))  # type: ignore[misc]
    if not alpha:
        return "#ffffff"
    return f"#{red:02x}{green:02x}{blue:02x}"
