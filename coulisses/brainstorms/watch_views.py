"""Who may watch a brainstorm and veto, and the page on which they do."""

from datetime import timedelta
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.brainstorms import console_pages, hosted, reading, wall_pages, watching
from coulisses.brainstorms.asked import asked, at_desk
from coulisses.brainstorms.models import Brainstorm, Watcher
from coulisses.lib import places, text
from coulisses.lib.refusals import Refusal
from coulisses.people.models import Account
from coulisses.projects import viewers
from coulisses.ui import addresses

READ = 40  # ideas that who watches is shown
DAYS = {
    "1": gettext_lazy("Until tomorrow"),
    "7": gettext_lazy("One week"),
    "": gettext_lazy("Until I close it"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def watchers(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Who may watch and veto; a new link (`label`, `days`) is on the page that answers, once."""
    of, seen = at_desk(request, studio, project)
    seen.require_owner()
    said, status = {**console_pages.about(of, seen), "lasting": DAYS, "link": ""}, 200
    if request.method == "POST":
        try:
            said["link"], status = _let_watch(request, of), 201
        except Refusal as refusal:
            said, status = {**said, "refusal": refusal}, refusal.status
    said["watchers"] = watching.watchers(of, at=timezone.now())
    response = render(request, "brainstorms/watchers.html", said, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def ended(request: HttpRequest, studio: str, project: str, viewer: str) -> HttpResponse:
    """Close the link of somebody who watches, at once."""
    of, seen = at_desk(request, studio, project)
    seen.require_owner()
    viewers.revoke(of.project, viewer, at=timezone.now())
    messages.success(request, _("Closed. The link shows nothing any more."))
    return redirect(f"{of.project.desk}wall/watchers/")


@never_cache
@require_safe
def watch(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """What a client or a lawyer reads: where the course is, and the latest ideas."""
    of, watcher = _watched(request, studio, project)
    seen = asked(request, studio, project)[1]
    said = {
        "live": reading.live(of, wall_pages.reader_of(request, seen)),
        **console_pages.about(of, seen),
        "watcher": watcher,
        "counts": hosted.counts(of),
        "latest": hosted.latest(of, limit=READ),
    }
    return render(request, "brainstorms/watch.html", said)


@require_POST
def veto(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Take an idea down, with a `reason`, by the name of who watches."""
    of, watcher = _watched(request, studio, project)
    reason, at = request.POST.get("reason", ""), min(position, places.GREATEST)
    watching.veto(of, watcher, at, reason=reason, at=timezone.now())
    return redirect(f"{of.project.desk}wall/watch/")


def _watched(request: HttpRequest, studio: str, project: str) -> tuple[Brainstorm, Watcher]:
    """Return a brainstorm and who watches it. Raises ProjectNotFound, WatchLinkClosed."""
    of, _seen = asked(request, studio, project)
    return of, watching.require_watcher(of, viewers.watching(request.user, of.project))


def _let_watch(request: HttpRequest, of: Brainstorm) -> str:
    """Return the address of a new link. Raises NeedsName, TooManyViewers."""
    now, days = timezone.now(), text.number(request.POST.get("days", ""))
    until = now + timedelta(days=min(days, 30)) if days else None
    label, by = request.POST.get("label", ""), cast(Account, request.user)
    _who, secret = watching.let_watch(of, label=label, by=by, at=now, until=until)
    return f"{addresses.base(request)}/watch/{secret}"
