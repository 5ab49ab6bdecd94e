"""Long bodies go to a house in pieces (tus 1.0.0): what is cut on the way goes on from there."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping, MutableMapping

import httpx

from coulisses_client.refusals import Refused

THRESHOLD = 1 << 20  # bytes; what is no longer goes in one request
_PIECE = 512 << 10  # bytes; on a line of 100 kB a second, some five seconds
_SMALL = 64 << 10  # bytes; beside a long body these go in one request with its facts
_TUS = {"Tus-Resumable": "1.0.0"}
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_GONE = (404, 410)


class TakesNoPieces(Refused):
    """What answers takes no long bodies as a house does."""


Send = Callable[..., httpx.Response]
Files = Mapping[str, tuple[bytes, str]]


def long_ones(files: Files) -> list[str]:
    """Return the names of those files that go in pieces: none where all is short."""
    if sum(len(data) for data, _mime in files.values()) <= THRESHOLD:
        return []
    return [name for name, (data, _mime) in files.items() if len(data) > _SMALL]


def carry(
    send: Send,
    name: str,
    data: bytes,
    kept: MutableMapping[str, str],
    *,
    between: Callable[[], None],
    named: str = "",
) -> str:
    """Take a body to the house and return its key there.

    `send(method, path, headers=…, content=…)` speaks to the project; `kept` remembers the key
    under `name`, so that a later run goes on where this one was cut; a file may be `named`.
    `between` is called after each piece that has arrived. Raises what `send` and `between` do.
    """
    key = kept.get(name)
    offset = _reached(send, key) if key else None
    if key is None or offset is None:
        key = kept[name] = _announced(send, len(data), named)
        offset = 0
    while offset < len(data):
        offset = _appended(send, key, data, offset)
        between()
    return key


def _announced(send: Send, length: int, named: str) -> str:
    headers = {**_TUS, "Upload-Length": str(length)}
    if named:
        headers["Upload-Metadata"] = f"filename {base64.b64encode(named.encode()).decode()}"
    answer = send("POST", "/arrivals", headers=headers)
    # The key alone: the token goes to no other address than the house's own.
    key = answer.headers.get("Location", "").rstrip("/").rpartition("/")[2]
    if not _KEY.fullmatch(key):
        raise TakesNoPieces(answer)
    return str(key)


def _reached(send: Send, key: str) -> int | None:
    """Return how much of a body the house has; None where it knows nothing of it any more."""
    try:
        return _offset(send("HEAD", f"/arrivals/{key}", headers=_TUS))
    except Refused as refused:
        if refused.status in _GONE:
            return None
        raise


def _appended(send: Send, key: str, data: bytes, offset: int) -> int:
    piece = data[offset : offset + _PIECE]
    checksum = base64.b64encode(hashlib.sha256(piece).digest()).decode()
    headers = {
        **_TUS,
        "Upload-Offset": str(offset),
        "Upload-Checksum": f"sha256 {checksum}",
        "Content-Type": "application/offset+octet-stream",
    }
    try:
        end = _offset(send("PATCH", f"/arrivals/{key}", headers=headers, content=piece))
    except Refused as refused:
        if refused.status != 409:
            raise
        # The answer to this piece was lost on its way: the house has it.
        found = _reached(send, key)
        if found is None or found <= offset:
            raise
        return found
    return end if end > offset else len(data)


def _offset(answer: httpx.Response) -> int:
    said = answer.headers.get("Upload-Offset", "")
    if not (said.isascii() and said.isdecimal()):
        raise TakesNoPieces(answer)
    return int(said)
