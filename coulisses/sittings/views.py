"""Titling sittings from the page."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from coulisses.people.models import Account
from coulisses.projects import sight
from coulisses.sittings import rules


@require_POST
def title(request: HttpRequest, studio: str, project: str, first: int) -> HttpResponse:
    """Put a sentence over a sitting, or take it off with an empty one."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_maker()
    by = cast(Account, request.user).voice_id
    rules.title(found, first, request.POST.get("title", ""), by=by, at=timezone.now())
    return redirect(f"{found.path}sittings/{first}")
