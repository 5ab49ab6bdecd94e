"""Long bodies in pieces, by tus 1.0.0: creation, checksum, expiration, termination.

What has arrived is named by the request that uses it: a preview's variant, an upload's `arrived`.
"""

import base64
import binascii
import hashlib
from email.utils import format_datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from coulisses.api import standing
from coulisses.api.refusals import BodyNotAPiece, ChecksumWrong, HeaderMalformed, TusUnknown
from coulisses.api.rooms import Room
from coulisses.capture import arriving
from coulisses.capture.models import Arrival
from coulisses.lib import text
from coulisses.lib.refusals import require

router = Room("arrivals")

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
ALGORITHMS = ("sha1", "sha256")
LONGEST_NAME = 500
# What a tus client asks for before anything else.
ABLE = {
    "Tus-Version": VERSION,
    "Tus-Extension": "creation,checksum,expiration,termination",
    "Tus-Max-Size": str(arriving.LARGEST),
    "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
}
PIECE_BODY = {"requestBody": {"content": {PIECE: {"schema": {"type": "string"}}}}}
NO_BODY: dict[Any, Any] = {201: None, 204: None}


@router.api_operation(
    ["OPTIONS"], "/projects/{studio}/{project}/arrivals", auth=None, response=NO_BODY
)
def able(request: HttpRequest, studio: str, project: str) -> Any:
    """Say which parts of tus are spoken here, and how long an arrival may be."""
    return _answer(204, ABLE)


@router.post("/projects/{studio}/{project}/arrivals", response=NO_BODY)
def announce(request: HttpRequest, studio: str, project: str) -> Any:
    """Announce a body of `Upload-Length` bytes; `Location` says where its pieces go.

    `Upload-Metadata` may hold a `filename`. It is kept for three days, for the team alone.
    """
    _require_tus(request)
    stand, _account = standing.teammate(request, studio, project)
    length, name = _number(request, "Upload-Length"), _name(request)
    now = timezone.now()
    made = arriving.announce(stand.project, length=length, name=name, at=now)
    where = f"{stand.base}/api/v1/projects/{studio}/{project}/arrivals/{made.pk}"
    return _answer(201, {"Location": where, **_expiry(made)})


@router.api_operation(["HEAD"], "/projects/{studio}/{project}/arrivals/{arrival}", response=NO_BODY)
def reached(request: HttpRequest, studio: str, project: str, arrival: str) -> Any:
    """Say in `Upload-Offset` how much has arrived: that is where to go on."""
    found = _found(request, studio, project, arrival)
    said = {"Upload-Offset": str(arriving.offset(found)), "Upload-Length": str(found.length)}
    return _answer(200, {**said, **_expiry(found)})


@router.patch(
    "/projects/{studio}/{project}/arrivals/{arrival}",
    response=NO_BODY,
    openapi_extra=PIECE_BODY,
)
def append(request: HttpRequest, studio: str, project: str, arrival: str) -> Any:
    """Add a piece at `Upload-Offset`; `Upload-Checksum` (sha1, sha256) is verified if it is there.

    A piece is as long as a body may be at most; what is cut on the way is sent again.
    """
    found = _found(request, studio, project, arrival)
    require(request.content_type == PIECE, BodyNotAPiece)
    start = _number(request, "Upload-Offset")
    data = request.body
    _require_sum(request, data)
    end = arriving.append(found, data, at_offset=start)
    return _answer(204, {"Upload-Offset": str(end), **_expiry(found)})


@router.delete("/projects/{studio}/{project}/arrivals/{arrival}", response=NO_BODY)
def forget(request: HttpRequest, studio: str, project: str, arrival: str) -> Any:
    """Let go of what has arrived."""
    arriving.forget(_found(request, studio, project, arrival))
    return _answer(204)


def _found(request: HttpRequest, studio: str, project: str, arrival: str) -> Arrival:
    _require_tus(request)
    stand, _account = standing.teammate(request, studio, project)
    return arriving.find(stand.project, arrival, at=timezone.now())


def _answer(status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    said = {"Tus-Resumable": VERSION, "Cache-Control": "no-store", **(headers or {})}
    return HttpResponse(status=status, headers=said)


def _expiry(arrival: Arrival) -> dict[str, str]:
    return {"Upload-Expires": format_datetime(arrival.expires_at, usegmt=True)}


def _require_tus(request: HttpRequest) -> None:
    require(request.headers.get("Tus-Resumable") == VERSION, TusUnknown, version=VERSION)


def _number(request: HttpRequest, header: str) -> int:
    said = request.headers.get(header, "")
    require(said.isascii() and said.isdecimal() and len(said) < 16, HeaderMalformed, header=header)
    return int(said)


def _name(request: HttpRequest) -> str:
    """Read the file's name from `Upload-Metadata`: pairs of a key and base64, set off by commas."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _space, spelled = pair.strip().partition(" ")
        if key in ("filename", "name"):
            try:
                name = base64.b64decode(spelled, validate=True).decode()
            except (binascii.Error, ValueError):
                raise HeaderMalformed(header="Upload-Metadata") from None
            return text.clean_path(name)[:LONGEST_NAME]
    return ""


def _require_sum(request: HttpRequest, data: bytes) -> None:
    said = request.headers.get("Upload-Checksum")
    if said is None:
        return
    algorithm, _space, spelled = said.partition(" ")
    require(algorithm in ALGORITHMS, HeaderMalformed, header="Upload-Checksum")
    made = base64.b64encode(hashlib.new(algorithm, data).digest()).decode()
    require(made == spelled.strip(), ChecksumWrong)
