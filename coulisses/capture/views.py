"""What makers decide of captures from the page."""

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from coulisses.capture import rules, tray, waiting
from coulisses.media import store
from coulisses.projects import sight


@require_POST
def names(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Show the contributors' names with `shown=yes`, or take them out again."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_owner()
    rules.show_names(found, request.POST.get("shown") == "yes")
    return redirect(found.path)


@require_safe
def awaiting(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """What waits, with its previews, for the team."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_team()
    page = tray.read(found, after=tray.place(request.GET.get("after")))
    said = {"project": found, "sight": seen, "page": page}
    return render(request, "capture/waiting.html", said)


@require_POST
def release(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Tell what was chosen: from now on it is seen like any other entry."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_team()
    told = waiting.release(found, tray.chosen(request.POST), at=timezone.now())
    said = ngettext("%(count)s save is told.", "%(count)s saves are told.", len(told))
    messages.success(request, said % {"count": len(told)})
    return redirect(f"{found.path}waiting/")


@require_POST
def drop(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Forget what was chosen; the maker's own files stay as they are."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_team()
    waiting.drop(found, tray.chosen(request.POST))
    messages.success(request, _("Dropped. Your own files are untouched."))
    return redirect(f"{found.path}waiting/")


@require_safe
def preview(
    request: HttpRequest,
    studio: str,
    project: str,
    waiting_id: int,
    index: int,
    side: str,
    variant: str,
) -> FileResponse:
    """A preview of what waits, for the team and nobody else; no cache keeps it."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_team()
    shown = store.open_preview(found.work, tray.version_at(found, waiting_id, index, side), variant)
    response = FileResponse(store.location(shown).open("rb"), content_type=shown.mime)
    response["Cache-Control"] = "private, no-store"
    return response
