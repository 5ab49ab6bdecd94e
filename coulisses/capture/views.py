"""What makers decide of captures from the page."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coulisses.capture import hooks, rules
from coulisses.capture.forges import FORGES
from coulisses.capture.models import Hook
from coulisses.people.models import Account
from coulisses.projects import sight
from coulisses.projects.models import Project
from coulisses.ui import addresses


@require_POST
def names(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Show the contributors' names with `shown=yes`, or take them out again."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_owner()
    rules.show_names(found, request.POST.get("shown") == "yes")
    return redirect(found.path)


@require_safe
def awaiting(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Where the tray once stood: leads the team to their desk."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_team()
    return redirect(f"{found.desk}tray/", permanent=True)


@require_safe
def forges(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Which forges speak to a project, for its owner."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_owner()
    return _forges(request, found)


@require_POST
def open_hook(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Make a hook; its secret is shown on the page that answers, and never again."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_owner()
    account = cast(Account, request.user)
    forge = request.POST.get("forge", "")
    made = hooks.open_hook(found, forge, account=account, at=timezone.now())
    return _forges(request, found, made)


@require_POST
def close_hook(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Take a hook away."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_owner()
    hooks.close_hook(found, request.POST.get("id", ""))
    messages.success(request, _("The hook is gone: its forge speaks to nobody."))
    return redirect(f"{found.path}hooks/")


def _forges(request: HttpRequest, project: Project, made: Hook | None = None) -> HttpResponse:
    rows = Hook.objects.filter(project=project).order_by("opened_at")
    base = addresses.base(request)
    said = {"project": project, "hooks": rows, "made": made, "forges": FORGES, "base": base}
    response = render(request, "capture/hooks.html", said, status=201 if made else 200)
    response["Cache-Control"] = "private, no-store"
    return response
