"""Films asked for by the team, and seen by whoever may see the file's life."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from coulisses.capture import queries
from coulisses.capture.reels import rules
from coulisses.log import ledger
from coulisses.media import ranges
from coulisses.projects import sight

KIND = "video/mp4"


@require_POST
def ask(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Have a film of a file's life made."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_maker()
    path = request.POST.get("path", "")
    life = queries.life(found, path, audiences=ledger.OUTSIDE)
    rules.ask(
        found,
        life.piece,
        shape=request.POST.get("shape", ""),
        has_numbers=request.POST.get("numbers") == "yes",
        at=timezone.now(),
    )
    return redirect(f"{found.path}files/{path}#time-lapse")


@require_safe
def film(request: HttpRequest, studio: str, project: str, reel_id: int) -> HttpResponseBase:
    """A film's bytes, whole or a part of them."""
    found, seen = sight.asked(request.user, studio, project)
    reel = rules.find(found, reel_id)
    tag = f"{reel.pk}-{reel.last_position}-{reel.size}"
    response = ranges.send(request, rules.kept(reel), kind=KIND, tag=tag)
    # Kept for minutes only: what is shredded must not go on being shown from caches on the way.
    is_shared = seen.is_outside and not request.user.is_authenticated
    response["Cache-Control"] = "public, max-age=300" if is_shared else "private, no-cache"
    response["Vary"] = "Cookie"
    if request.GET.get("download"):
        stem = slugify(reel.piece.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]) or "time-lapse"
        name = f"{found.slug}-{stem}-{reel.shape}.mp4"
        response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
