"""Pictures as painting programs and phones keep them, made here."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping

import pillow_heif
from PIL import Image, ImageChops

from coulisses_readers.tests import corpus

pillow_heif.register_heif_opener()

_MODES = {"1": 0, "L": 1, "P": 2, "RGB": 3, "CMYK": 4, "LAB": 9}


def archive(members: Mapping[str, bytes], mime: str = "") -> bytes:
    """A zip of these members, its type told first where there is one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        if mime:
            packed.writestr("mimetype", mime, zipfile.ZIP_STORED)
        for name, data in members.items():
            packed.writestr(name, data)
    return out.getvalue()


def kra(whole: bytes) -> bytes:
    """A Krita picture whose merged picture is `whole`."""
    small = corpus.saved(corpus.drawn(size=(256, 160)), "PNG")
    members = {"maindoc.xml": b"<DOC/>", "preview.png": small, "mergedimage.png": whole}
    members |= {"painting/layers/layer2": b"lzf" * 999}
    return archive({name: data for name, data in members.items() if data}, "application/x-krita")


def ora(whole: bytes) -> bytes:
    """An OpenRaster picture whose merged picture is `whole`."""
    members = {"stack.xml": b"<image/>", "data/layer0.png": whole, "mergedimage.png": whole}
    return archive(members, "image/openraster")


def procreate(thumbnail: bytes) -> bytes:
    """A Procreate picture, seen as its thumbnail alone."""
    members = {"Document.archive": b"bplist00", "E6A4/0~0.chunk": b"\x00" * 999}
    return archive({**members, "QuickLook/Thumbnail.png": thumbnail})


def heic(picture: Image.Image, exif: Image.Exif | None = None) -> bytes:
    """A photo as a phone keeps it, to be turned where its `exif` says so."""
    return corpus.saved(picture, "HEIF", quality=80, exif=exif.tobytes() if exif else None)


def psd(
    picture: Image.Image,
    *,
    depth: int = 8,
    packing: int = 1,
    is_big: bool = False,
    has_composite: bool = True,
    thumbnail: bytes = b"",
    layers: bytes = b"",
    extra_channels: int = 0,
) -> bytes:
    """A Photoshop file of this picture; of one without a composite the pixels are white."""
    depth = 1 if picture.mode == "1" else depth
    shown = picture if has_composite else Image.new(picture.mode, picture.size, "white")
    planes = _planes(shown, depth) + [b"\x00" * len(_planes(shown, depth)[0])] * extra_channels
    head = struct.pack(
        ">4sH6xHIIHH",
        b"8BPS",
        2 if is_big else 1,
        len(planes),
        picture.height,
        picture.width,
        depth,
        _MODES[picture.mode],
    )
    resources = _resource(1057, struct.pack(">IB", 1, has_composite) + b"\x00" * 8)
    resources += _resource(1036, b"\x00" * 28 + thumbnail) if thumbnail else b""
    return b"".join(
        (
            head,
            _sized(_palette(picture) if picture.mode == "P" else b""),
            _sized(resources),
            struct.pack(">Q" if is_big else ">I", len(layers)) + layers,
            struct.pack(">H", packing),
            _packed(planes, picture.height, is_big) if packing == 1 else b"".join(planes),
        )
    )


def psd_header(width: int, height: int) -> bytes:
    """A Photoshop file that says it has this size, and has nothing."""
    head = struct.pack(">4sH6xHIIHH", b"8BPS", 1, 3, height, width, 8, 3)
    return head + b"\x00" * 12 + b"\x00\x01" + b"\x00" * 1000


def bomb(name: str) -> bytes:
    """An archive of a few kilobytes with a member of this name that unfolds to half a gigabyte."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed,
        packed.open(name, "w", force_zip64=True) as member,
    ):
        member.write(b"\x89PNG\r\n\x1a\n")
        for _ in range(512):
            member.write(b"\x00" * (1 << 20))
    return out.getvalue()


def lying(whole: bytes) -> bytes:
    """A Krita picture whose directory says that its merged picture has four bytes."""
    data = bytearray(kra(whole))
    entry = data.rindex(b"mergedimage.png") - 46
    struct.pack_into("<I", data, entry + 24, 4)
    return bytes(data)


def _planes(picture: Image.Image, depth: int) -> list[bytes]:
    if picture.mode == "1":
        return [bytes(byte ^ 0xFF for byte in picture.tobytes())]
    bands = picture.split() if picture.mode != "P" else [picture]
    if picture.mode == "CMYK":
        bands = tuple(ImageChops.invert(band) for band in bands)
    return [_deepened(band.tobytes(), depth) for band in bands]


def _deepened(plane: bytes, depth: int) -> bytes:
    return plane if depth == 8 else bytes(one for value in plane for one in (value, value))


def _palette(picture: Image.Image) -> bytes:
    flat = bytes(picture.getpalette() or ()).ljust(768, b"\x00")
    return flat[0::3] + flat[1::3] + flat[2::3]


def _packed(planes: list[bytes], height: int, is_big: bool) -> bytes:
    width = len(planes[0]) // height
    rows = [_row(plane[at : at + width]) for plane in planes for at in range(0, len(plane), width)]
    sizes = struct.pack(f">{len(rows)}{'I' if is_big else 'H'}", *map(len, rows))
    return sizes + b"".join(rows)


def _row(row: bytes) -> bytes:
    """Pack a row as Macintosh did: runs of at most 128, alike or not."""
    packed = bytearray()
    for at in range(0, len(row), 128):
        run = row[at : at + 128]
        if len(run) > 1 and len(set(run)) == 1:
            packed += bytes((257 - len(run), run[0]))
        else:
            packed += bytes((len(run) - 1,)) + run
    return bytes(packed)


def _resource(kind: int, held: bytes) -> bytes:
    return b"8BIM" + struct.pack(">HxxI", kind, len(held)) + held + b"\x00" * (len(held) % 2)


def _sized(section: bytes) -> bytes:
    return struct.pack(">I", len(section)) + section
