"""The reader of Photoshop's files: the composite that stands behind the layers, and no layer.

A file saved without it ("maximise compatibility" off) says so in its resources, and has at least a
thumbnail most of the time. Channels are decoded one by one and made small at once, so that the
whole surface is never held twice.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageChops

from coulisses_readers import repainted, surface
from coulisses_readers.look import Look, Unreadable
from coulisses_readers.registry import Reader

_MAGIC = b"8BPS"
_BITMAP, _INDEXED, _LAB = 0, 2, 9
_CHANNELS = {_BITMAP: 1, 1: 1, _INDEXED: 1, 3: 3, 4: 4, 7: 1, 8: 1, _LAB: 3}
_MODES = {3: "RGB", 4: "CMYK"}
_RAW, _PACKED = 0, 1
_THUMBNAIL, _PROFILE, _VERSION_INFO = 1036, 1039, 1057
_THUMBNAIL_HEAD = 28  # bytes before its JPEG
_MOST_RESOURCES = 10_000


@dataclass(frozen=True)
class _File:
    """A file's head and resources; `composite` is where its pixels begin."""

    data: bytes
    is_big: bool
    width: int
    height: int
    channels: int
    depth: int
    mode: int
    palette: bytes
    resources: dict[int, bytes]
    composite: int

    @property
    def has_composite(self) -> bool:
        """Whether what stands behind the layers is the picture, and not a blank."""
        told = self.resources.get(_VERSION_INFO, b"")
        return len(told) < 5 or told[4] != 0


def look(data: bytes, name: str) -> Look:
    """As of every picture; width and height are the canvas's, whatever is shown of it.

    Raises Unreadable("no_composite") where neither the whole nor a thumbnail of it is there.
    """
    try:
        file = _read(data)
        facts: dict[str, Any] = {"format": "psb" if file.is_big else "psd"}
        facts |= {"width": file.width, "height": file.height}
        return surface.shown(_picture(file), facts, len(data))
    except (struct.error, ValueError, IndexError, OSError):
        raise Unreadable("unreadable") from None


def _read(data: bytes) -> _File:
    head = struct.unpack_from(">4sH6xHIIHH", data)
    magic, version, channels, height, width, depth, mode = head
    if magic != _MAGIC or version not in (1, 2) or not 0 < channels <= 56 or not width * height:
        raise Unreadable("unreadable")
    is_big = version == 2
    palette, at = _section(data, 26, ">I")
    resources, at = _section(data, at, ">I")
    (layers,) = struct.unpack_from(">Q" if is_big else ">I", data, at)
    composite = at + (8 if is_big else 4) + layers
    found = dict(_resources(resources))
    return _File(
        data, is_big, width, height, channels, depth, mode, palette[:768], found, composite
    )


def _section(data: bytes, at: int, form: str) -> tuple[bytes, int]:
    (size,) = struct.unpack_from(form, data, at)
    begin = at + struct.calcsize(form)
    if begin + size > len(data):
        raise Unreadable("unreadable")
    return data[begin : begin + size], begin + size


def _resources(section: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(_MOST_RESOURCES):
        if len(section) < at + 12 or section[at : at + 4] not in (b"8BIM", b"MeSa"):
            return
        (kind,) = struct.unpack_from(">H", section, at + 4)
        at += 6 + (section[at + 6] + 2) // 2 * 2  # a name, its length before it, even in all
        held, at = _section(section, at, ">I")
        at += len(held) % 2
        if kind in (_THUMBNAIL, _PROFILE, _VERSION_INFO):
            yield kind, held


def _picture(file: _File) -> Image.Image:
    """Return what is shown of the file, small and in sRGB."""
    refusal = Unreadable("no_composite")
    if file.has_composite and file.composite < len(file.data):
        try:
            return _composite(file)
        except Unreadable as reason:
            refusal = reason
        except (struct.error, ValueError, IndexError, OSError):
            refusal = Unreadable("unreadable")
        except MemoryError:
            refusal = Unreadable("too_large")
    thumbnail = file.resources.get(_THUMBNAIL, b"")[_THUMBNAIL_HEAD:]
    if not thumbnail:
        raise refusal
    return surface.opened(thumbnail, ("JPEG",))[0]


def _composite(file: _File) -> Image.Image:
    surface.require_room(file.width, file.height, len(file.data))
    count = _CHANNELS.get(file.mode, 0)
    if not count or file.channels < count or file.depth not in (1, 8, 16):
        raise Unreadable("unreadable")
    # What else there is are masks. Of a see-through picture the whole stands on white already.
    bands = [_small(file, _plane(file, channel)) for channel in range(count)]
    if file.mode == _INDEXED:
        return surface.fitted(_coloured(bands[0], file.palette))
    if file.mode == _LAB:
        return surface.fitted(surface.from_lab(*bands))
    mode = _MODES.get(file.mode, "L")
    if mode == "CMYK":
        bands = [ImageChops.invert(band) for band in bands]
    picture = Image.merge(mode, bands) if count > 1 else bands[0]
    return surface.fitted(surface.as_srgb(picture, file.resources.get(_PROFILE)))


def _small(file: _File, plane: Image.Image) -> Image.Image:
    """Return a channel near the size at which it is shown; never of a palette's numbers."""
    factor = int(max(plane.size) / (surface.ROOM_TO_REDUCE * surface.SIDES["large"]))
    return plane.reduce(factor) if factor > 1 and file.mode != _INDEXED else plane


def _plane(file: _File, channel: int) -> Image.Image:
    """Return one channel of the composite, in eight bits."""
    row = -(-file.width * file.depth // 8)  # bytes
    size = row * file.height
    (packing,) = struct.unpack_from(">H", file.data, file.composite)
    at = file.composite + 2
    if packing == _RAW:
        plane = file.data[at + channel * size : at + (channel + 1) * size]
    elif packing == _PACKED:
        plane = _unpacked(file, at, channel, row)
    else:
        raise Unreadable("unreadable")
    shape = (file.width, file.height)
    if file.depth == 1:
        return Image.frombytes("1", shape, plane, "raw", "1;I").convert("L")
    return Image.frombytes("L", shape, plane[::2] if file.depth == 16 else plane)


def _unpacked(file: _File, at: int, channel: int, row: int) -> bytes:
    form = "I" if file.is_big else "H"
    rows = file.channels * file.height
    sizes = struct.unpack_from(f">{rows}{form}", file.data, at)
    begin = at + rows * struct.calcsize(f">{form}") + sum(sizes[: channel * file.height])
    size = sum(sizes[channel * file.height : (channel + 1) * file.height])
    packed = file.data[begin : begin + size]
    return Image.frombytes("L", (row, file.height), packed, "packbits", "L").tobytes()


def _coloured(band: Image.Image, palette: bytes) -> Image.Image:
    if len(palette) != 768:
        raise Unreadable("unreadable")
    reds, greens, blues = (palette[at : at + 256] for at in (0, 256, 512))
    band.putpalette(
        bytes(one for colour in zip(reds, greens, blues, strict=True) for one in colour)
    )
    return band.convert("RGB")


READER = Reader(
    name="picture",
    look=look,
    rank=10,
    suffixes=frozenset({".psd", ".psb"}),
    is_magic=lambda head: head.startswith(_MAGIC),
    is_fit=lambda head: not head or head.startswith(_MAGIC),
    compare=repainted.compare,
)
