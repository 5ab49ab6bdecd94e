"""Time-lapses: films of a file's life, asked for by makers, fetched by who may see the file."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from ninja import Status

from coulisses.api import standing
from coulisses.api.rooms import Room
from coulisses.api.schemas_desk import Number
from coulisses.api.schemas_reels import ReelIn, ReelOut, ReelsOut
from coulisses.api.standing import Standing
from coulisses.capture import queries as capture
from coulisses.capture.models import Reel
from coulisses.capture.reels import queries, rules
from coulisses.log import ledger
from coulisses.media import ranges

router = Room("reels", auth=standing.ANYBODY)

KIND = "video/mp4"
BYTES = {"content": {KIND: {"schema": {"type": "string", "format": "binary"}}}}
FILM: dict[Any, Any] = {
    "responses": {
        200: {"description": "The film", **BYTES},
        206: {"description": "The part of it that `Range` asks for", **BYTES},
        304: {"description": "`If-None-Match` names what there is"},
    }
}


@router.get("/projects/{studio}/{project}/reels/of/{path:path}", response=ReelsOut)
def listed(request: HttpRequest, studio: str, project: str, path: str) -> Any:
    """Read which films there are of a file; its team learns of those that are not ready too."""
    stand = standing.reader(request, studio, project)
    life = capture.life(stand.project, path, audiences=stand.sight.audiences)
    found = queries.of(stand.project, life.piece, is_team=stand.sight.is_team)
    return {"reels": [_one(stand, one) for one in (*found.ready, *found.coming, *found.failed)]}


@router.post("/projects/{studio}/{project}/reels", response={202: ReelOut}, auth=standing.WORKS)
def ask(request: HttpRequest, studio: str, project: str, said: ReelIn) -> Any:
    """Have a film made of what everybody may see of a file's life. One asked for stands already."""
    stand, _account = standing.maker(request, studio, project)
    life = capture.life(stand.project, said.path, audiences=ledger.OUTSIDE)
    at = timezone.now()
    made = rules.ask(stand.project, life.piece, shape=said.shape, has_numbers=said.numbers, at=at)
    return Status(202, _one(stand, made))


@router.get(
    "/projects/{studio}/{project}/reels/{int:number}/film",
    response={200: None},
    openapi_extra=FILM,
)
def film(request: HttpRequest, studio: str, project: str, number: Number) -> HttpResponseBase:
    """Fetch a film that is ready, or the part of it that `Range` asks for."""
    stand = standing.reader(request, studio, project)
    reel = rules.find(stand.project, number)
    tag = f"{reel.pk}-{reel.last_position}-{reel.size}"
    response = ranges.send(request, rules.kept(reel), kind=KIND, tag=tag)
    # What is shredded must not go on being shown from caches on the way.
    response["Cache-Control"] = "private, no-cache"
    return response


def _one(stand: Standing, one: Reel) -> dict[str, Any]:
    project, is_ready = stand.project, one.state == "ready"
    path = f"{project.studio.slug}/{project.slug}/reels/{one.pk}/film"
    return {
        **{name: getattr(one, name) for name in ("shape", "state", "done", "total", "asked_at")},
        "number": one.pk,
        "numbers": one.has_numbers,
        "size": one.size if is_ready else None,
        "url": f"{stand.base}/api/v1/projects/{path}" if is_ready else None,
    }
