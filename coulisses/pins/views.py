"""Pinning from the page."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from coulisses.people.models import Account
from coulisses.pins import rules
from coulisses.projects import sight


@require_POST
def pin(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Pin an entry, or take the pin off with `action=unpin`."""
    found, seen = sight.asked(request.user, studio, project)
    seen.require_maker()
    act = rules.unpin if request.POST.get("action") == "unpin" else rules.pin
    act(found, position, by=cast(Account, request.user).voice_id, at=timezone.now())
    return redirect(f"{found.path}{position}")
