"""Files sent as they are, or a part of one: players ask for parts (RFC 9110, section 14)."""

import re
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

from coulisses.media.vaults.kept import Kept, OnDisk

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def send(request: HttpRequest, kept: Kept | Path, *, kind: str, tag: str) -> HttpResponseBase:
    """Return a file's bytes, the part of them that is asked for, or 304; `tag` names its state.

    Of several parts at once the whole is sent, as the specification allows.
    """
    file = OnDisk(kept) if isinstance(kept, Path) else kept
    etag = f'"{tag}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponseBase = HttpResponse(status=304)
    elif (part := _part(request, size := file.size, etag)) is None:
        response = FileResponse(file.open(), content_type=kind)
        response["Content-Length"] = str(size)
    elif part.start >= part.stop:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
    else:
        response = FileResponse(file.open(part), status=206, content_type=kind)
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
