"""Files that are whole, broken, lying and hostile, all made here."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

OWNER = "Ana-of-the-attic"
SERIAL = "SN-20-4711"
_SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawn(mode: str = "RGB", size: tuple[int, int] = (320, 200)) -> Image.Image:
    """A picture whose left half is red and right half blue, with a white sun."""
    picture = Image.new("RGB", size, "#c0392b")
    pencil = ImageDraw.Draw(picture)
    pencil.rectangle((size[0] // 2, 0, *size), fill="#2c3e90")
    pencil.ellipse((20, 20, 60, 60), fill="white")
    return picture.convert(mode)


def saved(picture: Image.Image, form: str, **options: Any) -> bytes:
    """The bytes of a picture."""
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def with_metadata(form: str) -> bytes:
    """A picture that tells who owns the camera, its serial number and where it stood."""
    exif = Image.Exif()
    exif[0x010F], exif[0xA430], exif[0xA431] = "Maker", OWNER, SERIAL
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (48.0, 51.0, 24.0)
    options: dict[str, Any] = {"exif": exif, "xmp": f"<x:xmpmeta>{OWNER}</x:xmpmeta>".encode()}
    if form == "PNG":
        told = PngInfo()
        told.add_text("Author", OWNER)
        options = {"exif": exif, "pnginfo": told}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return saved(drawn(), form, icc_profile=profile, **options)


def turned() -> bytes:
    """A JPEG that has to be turned by a quarter to stand upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(drawn(), "JPEG", exif=exif)


def animated() -> bytes:
    """A GIF of three frames, the first one red."""
    first, *others = (Image.new("RGB", (40, 30), colour) for colour in ("red", "lime", "blue"))
    return saved(first, "GIF", save_all=True, append_images=others, duration=50)


def sixteen_bits() -> bytes:
    """A TIFF of 16 bits a pixel, at half brightness."""
    return saved(Image.new("I;16", (100, 80), 32768), "TIFF")


def palette_with_alpha() -> bytes:
    """A PNG with a palette of which one colour is transparent."""
    return saved(drawn().quantize(8), "PNG", transparency=0)


def png_header(width: int, height: int, rows: bytes = b"") -> bytes:
    """A PNG that says it has this size, whatever its `rows` hold."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows, 1))
        + chunk(b"IEND", b"")
    )


def svg(inside: str, size: str = 'width="100" height="50"', before: str = "") -> bytes:
    """A drawing."""
    return f"{before}<svg {_SVG} {size}>{inside}</svg>".encode()


def laughs() -> bytes:
    """An SVG whose entities would unfold to ten thousand million letters."""
    entities = '<!ENTITY a0 "haha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
    )
    return svg("<text>&a9;</text>", before=f"<!DOCTYPE svg [{entities}]>")


def uses(depth: int) -> bytes:
    """An SVG whose groups unfold to ten to the power of `depth` rectangles."""
    groups = '<g id="g0"><rect width="1" height="1"/></g>' + "".join(
        f'<g id="g{n}">{f"""<use xlink:href="#g{n - 1}"/>""" * 10}</g>' for n in range(1, depth + 1)
    )
    return svg(f'<defs>{groups}</defs><use xlink:href="#g{depth}"/>')


def clouds() -> bytes:
    """An SVG of a few lines that takes a minute to draw."""
    cloud = '<feTurbulence numOctaves="20" baseFrequency="0.5"/>' * 40
    frame = 'x="0" y="0" width="1" height="1"'
    return svg(
        f'<filter id="f" {frame}>{cloud}</filter><rect width="100" height="50" filter="url(#f)"/>'
    )
