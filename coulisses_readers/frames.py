"""Frames between the sandbox and its child: a length, a JSON head, and the blobs it announces."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from typing import IO, Any

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


def _exactly(stream: IO[bytes], size: int) -> bytes:
    found = stream.read(size)
    if len(found) != size:
        raise EOFError
    return found
