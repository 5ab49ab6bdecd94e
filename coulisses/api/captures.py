"""Captures and previews, as an agent sends them."""

import json
from typing import Annotated, Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils import timezone
from ninja import File, Form, Header, Path, Status
from ninja.files import UploadedFile

from coulisses.api import keys, standing
from coulisses.api.refusals import BodyMalformed, BodyNotMultipart
from coulisses.api.rooms import Room
from coulisses.api.schemas import (
    CaptureOut,
    CapturesIn,
    CapturesOut,
    KeptOut,
    OnceIn,
    OriginalIn,
    OriginalOut,
    UnknownOut,
    UploadIn,
    VersionsIn,
    WantedOut,
)
from coulisses.api.standing import Standing
from coulisses.capture import arriving, originals, previews, queries, rules, uploads
from coulisses.capture.models import Arrival, Waiting
from coulisses.capture.refusals import (
    ArrivalTooLong,
    FactsNotAccepted,
    PreviewNotAccepted,
)
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.media.changes import VersionName
from coulisses.media.reading import UploadTooLarge
from coulisses.media.store import VARIANTS
from coulisses.projects.models import Project

router = Room("captures")

MOST_SHOWN = 64 << 20  # bytes of all that is shown of one version

PREVIEW_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["facts"],
                    "properties": {
                        "facts": {
                            "type": "string",
                            "description": 'JSON: {"reader", "width", "height", …}',
                        },
                        "small": {"type": "string", "format": "binary"},
                        "large": {"type": "string", "format": "binary"},
                        "p2": {
                            "type": "string",
                            "format": "binary",
                            "description": "A document's second page; p3 … p24 are the others.",
                        },
                        "sound": {"type": "string", "format": "binary"},
                        "text": {"type": "string", "format": "binary"},
                    },
                }
            }
        },
    }
}


@router.post("/projects/{studio}/{project}/captures", response=CapturesOut)
def take(request: HttpRequest, studio: str, project: str, said: CapturesIn) -> Any:
    """Take a batch of saves, all of them or none; those told before are left as they are.

    A contributor's wait for a maker, whatever their policy says.
    """
    stand, account = standing.teammate(request, studio, project)
    became = rules.take(
        stand.project,
        said.captures,
        by_owner=account.voice_id,
        at=timezone.now(),
        is_proposed=stand.is_proposed,
    )
    results = [_result(stand, one) for one in became]
    return {"results": results, "originals": stand.project.originals}


@router.post("/projects/{studio}/{project}/uploads", response={201: CaptureOut})
def upload(
    request: HttpRequest,
    studio: str,
    project: str,
    said: Form[UploadIn],
    file: File[UploadedFile | None] = None,
    idempotency_key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
) -> Any:
    """Tell one file as it stands now: read here, shown by its preview, and then dropped.

    A file of a name that the project knows goes on with its life. A picture with a `link` shows
    what is made elsewhere: a board, a document. `arrived` is the last part of an arrival's address,
    where the file came in pieces.
    """
    stand, account = standing.teammate(request, studio, project)
    arrival = (
        arriving.find(stand.project, said.arrived, at=timezone.now()) if said.arrived else None
    )
    name, data = _file(file, arrival)
    one = uploads.Upload(name, data, said.words, said.link)
    told = uploads.take(
        stand.project,
        one,
        by=account.voice_id,
        at=timezone.now(),
        once=keys.once_uploaded(idempotency_key),
        is_proposed=stand.is_proposed,
        **said.model_dump(include={"audience", "policy", "delay"}),
    )
    if arrival:
        arriving.forget(arrival)
    return Status(201, _result(stand, told))


@router.post("/projects/{studio}/{project}/captures/unknown", response=UnknownOut)
def unknown(request: HttpRequest, studio: str, project: str, said: OnceIn) -> Any:
    """Tell which saves the project has not heard of yet, in the order asked."""
    stand, _account = standing.teammate(request, studio, project)
    known = queries.once_known(stand.project, said.once)
    return {"unknown": [once for once in said.once if once not in known]}


@router.post("/projects/{studio}/{project}/previews/wanted", response=WantedOut)
def wanted(request: HttpRequest, studio: str, project: str, said: VersionsIn) -> Any:
    """Tell which versions of files the house wants previews of, in the order asked."""
    stand, _account = standing.teammate(request, studio, project)
    wanted = previews.wanted(stand.project, said.versions, is_offered=stand.is_proposed)
    return {"wanted": wanted}


@router.put(
    "/projects/{studio}/{project}/previews/{version}",
    response={201: KeptOut},
    openapi_extra=PREVIEW_BODY,
)
def keep(request: HttpRequest, studio: str, project: str, version: Path[VersionName]) -> Any:
    """Keep what is shown of a version: facts, and pictures (WebP), sound (MP3) or text (UTF-8).

    In the place of a file a field may stand with the last part of an arrival's address.
    """
    stand, _account = standing.teammate(request, studio, project)
    fields, shown = _parts(request)
    facts = _facts(fields, shown)
    arrived = _arrived(stand.project, fields)
    shown |= {variant: arriving.read(one) for variant, one in arrived.items()}
    previews.keep(stand.project, version, facts=facts, previews=shown, is_offered=stand.is_proposed)
    for one in arrived.values():
        arriving.forget(one)
    return Status(201, {"version": version, "variants": sorted(shown)})


@router.put("/projects/{studio}/{project}/originals/{version}", response={201: OriginalOut})
def keep_original(
    request: HttpRequest,
    studio: str,
    project: str,
    version: Path[VersionName],
    said: OriginalIn,
) -> Any:
    """Keep the file itself of a version, that has arrived in pieces before.

    Only where the project keeps originals: it says so when it is opened and when saves are told.
    """
    stand, _account = standing.teammate(request, studio, project)
    arrival = arriving.find(stand.project, said.arrived, at=timezone.now())
    kept = originals.keep(
        stand.project, version, arriving.in_pieces(arrival), is_offered=stand.is_proposed
    )
    arriving.forget(arrival)
    return Status(201, {"version": version, "bytes": kept.size})


def _result(stand: Standing, one: Entry | Waiting) -> dict[str, Any]:
    if isinstance(one, Waiting):
        state = "dropped" if one.is_dropped else "waiting"
        return {"once": one.once, "state": state, "position": None, "url": None, "created": False}
    told = {"position": one.position, "url": stand.url(one.position), "created": one.is_new}
    return {"once": one.once, "state": "told", **told}


def _parts(request: HttpRequest) -> tuple[Any, dict[str, bytes]]:
    """Return the fields and files of multipart/form-data, which Django parses for POST alone."""
    try:
        parser = MultiPartParser(request.META, request, request.upload_handlers, "utf-8")
        fields, files = parser.parse()
        return fields, {name: files.getlist(name)[-1].read() for name in files}
    except (MultiPartParserError, SuspiciousOperation, BadRequest, ValueError):
        raise BodyNotMultipart from None


def _file(file: UploadedFile | None, arrival: Arrival | None) -> tuple[str, bytes]:
    """Return the name and the bytes of a file. Raises ArrivalNotOver, UploadTooLarge."""
    if arrival:
        most = uploads.LARGEST
        require(arrival.length <= most, UploadTooLarge, name=arrival.name, mib=most >> 20)
        return arrival.name, arriving.read(arrival)
    if file is None:
        raise BodyMalformed(where="file", why="Field required")
    return file.name or "", file.read()


def _arrived(project: Project, fields: Any) -> dict[str, Arrival]:
    """Return, by variant, what has arrived in pieces before; its address stands in its place.

    Raises ArrivalNotFound, ArrivalTooLong.
    """
    now = timezone.now()
    named = {name: fields[name] for name in fields if name in VARIANTS}
    found = {variant: arriving.find(project, key, at=now) for variant, key in named.items()}
    # Each is read into memory, and one that has arrived may be named many times.
    whole = sum(one.length for one in found.values())
    require(whole <= MOST_SHOWN, ArrivalTooLong, mib=MOST_SHOWN >> 20)
    return found


def _facts(fields: Any, shown: dict[str, bytes]) -> dict[str, Any]:
    """Read the facts, which may come as a field or as a file part of their own."""
    raw = shown.pop("facts", None) or fields.get("facts", "")
    for variant in shown:
        require(variant in VARIANTS, PreviewNotAccepted, variant=variant, reason="unknown")
    try:
        facts = json.loads(raw)
    except (ValueError, RecursionError):
        raise FactsNotAccepted from None
    require(isinstance(facts, dict), FactsNotAccepted)
    return dict(facts)
