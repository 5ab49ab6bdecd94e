"""Where an owner decides about originals, and where readers take those that are theirs to take."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coulisses.capture import originals, tray
from coulisses.capture.refusals import OriginalNotFound, OriginalsWouldGo
from coulisses.lib.refusals import require
from coulisses.log import ledger
from coulisses.log.models import Entry
from coulisses.media import ranges, store
from coulisses.projects import sight
from coulisses.projects.models import Originals, Project
from coulisses.projects.sight import Sight
from coulisses.ui import mining


@require_safe
def page(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """What becomes of originals, for the owner to decide."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_owner()
    return _page(request, found, seen, found.originals)


@require_POST
def choose(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Decide; deleting what is kept is asked about first."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_owner()
    said = request.POST.get("originals", "")
    choice = Originals(said) if said in Originals.values else Originals(found.originals)
    try:
        originals.choose(found, choice, is_sure=request.POST.get("sure") == "yes")
    except OriginalsWouldGo:
        return _page(request, found, seen, choice, status=409)
    messages.success(request, _("Decided. It holds from the next save on."))
    return redirect(f"{found.path}originals/")


@require_safe
def download(
    request: HttpRequest, studio: str, project: str, position: int, index: int
) -> HttpResponseBase:
    """A file itself, as it was saved, through the entry that shows it."""
    found, seen = sight.asked(request.user, studio, project)
    require(seen.has_originals(found) and position <= tray.GREATEST, OriginalNotFound)
    now = timezone.now()
    read = ledger.read(found.work, audiences=seen.audiences, at=now, positions=[position])
    entry = next(iter(read), None)
    require(isinstance(entry, Entry) and not entry.is_shredded, OriginalNotFound)
    assert isinstance(entry, Entry)
    kept, name = originals.open_one(found, entry.fact, index)
    response = ranges.send(request, store.kept(kept), kind=kept.mime, tag=kept.sha256[:32])
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-cache"
    return mining.marked(response, found)


def _page(
    request: HttpRequest, project: Project, seen: Sight, choice: str, *, status: int = 200
) -> HttpResponse:
    said = {
        "project": project,
        "sight": seen,
        "choice": choice,
        "kept": originals.kept(project),
        "must_be_sure": status == 409,
    }
    return render(request, "capture/originals.html", said, status=status)
