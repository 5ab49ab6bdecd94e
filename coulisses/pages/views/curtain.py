"""The curtain."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coulisses.pages.queries import scene
from coulisses.projects import rules as projects


@require_POST
def raise_it(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Let everybody watch."""
    seen = scene.find(request, studio, project)
    seen.sight.require_owner()
    assert seen.account
    projects.raise_curtain(seen.project, by=seen.account.voice_id, at=seen.at)
    messages.success(request, _("The curtain is up. From here on, everybody may watch."))
    return redirect(seen.project.path)
