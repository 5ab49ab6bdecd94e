"""A project taken home: an export asked for, watched, fetched, let go of."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from ninja import Status

from coulisses.api import standing
from coulisses.api.rooms import Room
from coulisses.api.schemas import Key
from coulisses.api.schemas_recaps import ExportIn, ExportOut, ExportsOut
from coulisses.api.standing import Standing
from coulisses.transfers import answers, form, rules
from coulisses.transfers.models import Parcel

router = Room("exports", auth=standing.MANAGES)

ZIP = {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}
FILE: dict[Any, Any] = {
    "responses": {
        200: {"description": "The file", **ZIP},
        206: {"description": "The part of it that `Range` asks for", **ZIP},
        304: {"description": "`If-None-Match` names what there is"},
    }
}


@router.get("/projects/{studio}/{project}/exports", response=ExportsOut)
def listed(request: HttpRequest, studio: str, project: str) -> Any:
    """Read which exports are asked for, being made, or ready: one of each kind at most."""
    stand, _account = standing.owner(request, studio, project)
    known = rules.of(stand.project, at=timezone.now())
    return {"exports": [_one(stand, one) for one in known.values()]}


@router.post("/projects/{studio}/{project}/exports", response={202: ExportOut})
def ask(request: HttpRequest, studio: str, project: str, said: ExportIn) -> Any:
    """Have a project packed; a letter says when it is ready. One that was ready before goes."""
    stand, account = standing.owner(request, studio, project)
    is_whole, language = said.kind == form.WHOLE, get_language() or "en"
    made = rules.ask(
        stand.project, is_whole=is_whole, by=account, language=language, at=timezone.now()
    )
    return Status(202, _one(stand, made))


@router.get("/projects/{studio}/{project}/exports/{export}", response=ExportOut)
def one(request: HttpRequest, studio: str, project: str, export: Key) -> Any:
    """Read how far an export is."""
    stand, _account = standing.owner(request, studio, project)
    return _one(stand, rules.known(stand.project, export, at=timezone.now()))


@router.get(
    "/projects/{studio}/{project}/exports/{export}/file", response={200: None}, openapi_extra=FILE
)
def take_home(request: HttpRequest, studio: str, project: str, export: Key) -> HttpResponseBase:
    """Fetch the file, or the part of it that `Range` asks for, once it is ready."""
    stand, _account = standing.owner(request, studio, project)
    return answers.file(request, rules.find(stand.project, export, at=timezone.now()))


@router.delete("/projects/{studio}/{project}/exports/{export}", response={204: None})
def let_go(request: HttpRequest, studio: str, project: str, export: Key) -> Any:
    """Let go of an export before its time, whether it is ready or not."""
    stand, _account = standing.owner(request, studio, project)
    rules.drop(rules.known(stand.project, export, at=timezone.now()))
    return Status(204, None)


def _one(stand: Standing, one: Parcel) -> dict[str, Any]:
    path = f"{stand.project.studio.slug}/{stand.project.slug}/exports/{one.pk}/file"
    is_ready = one.state == "ready"
    return {
        **{name: getattr(one, name) for name in ("state", "asked_at", "expires_at")},
        "id": one.pk,
        "kind": form.WHOLE if one.is_whole else form.PUBLIC,
        "size": one.size if is_ready else None,
        "url": f"{stand.base}/api/v1/projects/{path}" if is_ready else None,
    }
