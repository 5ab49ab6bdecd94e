"""Files sent as they are, or a part of one: players ask for parts (RFC 9110, section 14)."""

import re
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def send(request: HttpRequest, path: Path, *, kind: str, tag: str) -> HttpResponseBase:
    """Return a file's bytes, the part of them that is asked for, or 304; `tag` names its state.

    Of several parts at once the whole is sent, as the specification allows.
    """
    size = path.stat().st_size
    etag = f'"{tag}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponseBase = HttpResponse(status=304)
    elif (part := _part(request, size, etag)) is None:
        response = FileResponse(path.open("rb"), content_type=kind)
    elif part.start >= part.stop:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
    else:
        response = FileResponse(_Part(path, part), status=206, content_type=kind)
        response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
        response["Content-Length"] = str(len(part))
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    return response


def _part(request: HttpRequest, size: int, etag: str) -> range | None:
    """Return which bytes are asked for, an empty range for none there are, None for all."""
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = asked[1], asked[2]
    if not first and not last:
        return None
    if not first:
        return range(max(0, size - int(last)), size) if int(last) else range(0)
    return range(int(first), min(size, int(last) + 1 if last else size))


class _Part:
    """A part of a file, that ends where the part does: handed over like a whole one, not copied."""

    def __init__(self, path: Path, part: range) -> None:
        self._file = path.open("rb")
        self._file.seek(part.start)
        self._left = len(part)

    def read(self, size: int) -> bytes:
        """Return the next bytes, `size` at most."""
        chunk = self._file.read(min(size, self._left))
        self._left -= len(chunk)
        return chunk

    def close(self) -> None:
        """Close the file."""
        self._file.close()
