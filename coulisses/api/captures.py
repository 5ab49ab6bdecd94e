"""Captures and previews, as an agent sends them."""

import json
from typing import Annotated, Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser, MultiPartParserError
from django.utils import timezone
from ninja import File, Form, Header, Path, Router, Status
from ninja.files import UploadedFile

from coulisses.api import keys, standing
from coulisses.api.refusals import BodyNotMultipart
from coulisses.api.schemas import (
    CaptureOut,
    CapturesIn,
    CapturesOut,
    KeptOut,
    OnceIn,
    UnknownOut,
    UploadIn,
    VersionsIn,
    WantedOut,
)
from coulisses.api.standing import Standing
from coulisses.capture import previews, queries, rules, uploads
from coulisses.capture.forms import VersionName
from coulisses.capture.models import Waiting
from coulisses.capture.refusals import FactsNotAccepted, PreviewNotAccepted
from coulisses.lib.refusals import require
from coulisses.log.models import Entry
from coulisses.media.store import VARIANTS

router = Router(tags=["captures"])

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
                        "text": {"type": "string", "format": "binary"},
                    },
                }
            }
        },
    }
}


@router.post("/projects/{studio}/{project}/captures", response=CapturesOut)
def take(request: HttpRequest, studio: str, project: str, said: CapturesIn) -> Any:
    """Take a batch of saves, all of them or none; those told before are left as they are."""
    stand, account = standing.maker(request, studio, project)
    became = rules.take(stand.project, said.captures, by_owner=account.voice_id, at=timezone.now())
    return {"results": [_result(stand, one) for one in became]}


@router.post("/projects/{studio}/{project}/uploads", response={201: CaptureOut})
def upload(
    request: HttpRequest,
    studio: str,
    project: str,
    file: File[UploadedFile],
    said: Form[UploadIn],
    idempotency_key: Annotated[str | None, Header(alias="Idempotency-Key")] = None,
) -> Any:
    """Tell one file as it stands now: read here, shown by its preview, and then dropped.

    A file of a name that the project knows goes on with its life. A picture with a `link` shows
    what is made elsewhere: a board, a document.
    """
    stand, account = standing.maker(request, studio, project)
    one = uploads.Upload(file.name or "", file.read(), said.words, said.link)
    told = uploads.take(
        stand.project,
        one,
        by=account.voice_id,
        at=timezone.now(),
        once=keys.once_uploaded(idempotency_key),
        **said.model_dump(include={"audience", "policy", "delay"}),
    )
    return Status(201, _result(stand, told))


@router.post("/projects/{studio}/{project}/captures/unknown", response=UnknownOut)
def unknown(request: HttpRequest, studio: str, project: str, said: OnceIn) -> Any:
    """Tell which saves the project has not heard of yet, in the order asked."""
    stand, _account = standing.maker(request, studio, project)
    known = queries.once_known(stand.project, said.once)
    return {"unknown": [once for once in said.once if once not in known]}


@router.post("/projects/{studio}/{project}/previews/wanted", response=WantedOut)
def wanted(request: HttpRequest, studio: str, project: str, said: VersionsIn) -> Any:
    """Tell which versions of files the house wants previews of, in the order asked."""
    stand, _account = standing.maker(request, studio, project)
    return {"wanted": previews.wanted(stand.project, said.versions)}


@router.put(
    "/projects/{studio}/{project}/previews/{version}",
    response={201: KeptOut},
    openapi_extra=PREVIEW_BODY,
)
def keep(request: HttpRequest, studio: str, project: str, version: Path[VersionName]) -> Any:
    """Keep what is shown of a version: its facts, and pictures (WebP) or text (UTF-8)."""
    stand, _account = standing.maker(request, studio, project)
    fields, shown = _parts(request)
    previews.keep(stand.project, version, facts=_facts(fields, shown), previews=shown)
    return Status(201, {"version": version, "variants": sorted(shown)})


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
