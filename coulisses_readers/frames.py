"""Frames between the sandbox and its child: a length, a JSON head, and the blobs it announces."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import IO, Any

from coulisses_readers.look import Look, Preview

MAX_HEAD = 1024 * 1024
_LENGTH = struct.Struct(">I")


def write_frame(stream: IO[bytes], head: dict[str, Any], blobs: Sequence[bytes] = ()) -> None:
    """Send one frame and flush it."""
    written = json.dumps({**head, "blobs": [len(blob) for blob in blobs]}).encode()
    stream.write(_LENGTH.pack(len(written)))
    stream.write(written)
    for blob in blobs:
        stream.write(blob)
    stream.flush()


def read_frame(stream: IO[bytes], limit: int) -> tuple[dict[str, Any], list[bytes]]:
    """Receive one frame; raises EOFError when it ends early or holds more than `limit` bytes."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > MAX_HEAD:
        raise EOFError
    head = json.loads(_exactly(stream, length))
    sizes = head.pop("blobs")
    if sum(sizes) > limit or min(sizes, default=0) < 0:
        raise EOFError
    return head, [_exactly(stream, size) for size in sizes]


def of_look(look: Look) -> tuple[dict[str, Any], list[bytes]]:
    """Spell a look as a head and its blobs; `as_look` reads it."""
    previews = [
        {"variant": variant, "mime": shown.mime, "width": shown.width, "height": shown.height}
        for variant, shown in look.previews.items()
    ]
    found = [shown.bytes for shown in look.previews.values()]
    if look.text is not None:
        found.append(look.text.encode())
    head = {"reader": look.reader, "facts": dict(look.facts), "previews": previews}
    return {**head, "has_text": look.text is not None}, found


def as_look(head: dict[str, Any], blobs: Sequence[bytes]) -> Look:
    """Read a look; raises KeyError, TypeError, ValueError, IndexError where it is not one."""
    shown = head["previews"]
    previews = {
        str(one["variant"]): Preview(blob, str(one["mime"]), int(one["width"]), int(one["height"]))
        for one, blob in zip(shown, blobs, strict=False)
    }
    text = blobs[len(shown)].decode() if head.get("has_text") else None
    return Look(str(head["reader"]), dict(head["facts"]), previews, text)


def blobs_of(head: dict[str, Any]) -> int:
    """How many blobs a look spelled by `of_look` has."""
    return len(head["previews"]) + bool(head.get("has_text"))


def _exactly(stream: IO[bytes], size: int) -> bytes:
    found = stream.read(size)
    if len(found) != size:
        raise EOFError
    return found
