"""Practising: opened from the console, filled with made-up voices, thrown away by one button."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coulisses.brainstorms import practising
from coulisses.brainstorms.console_views import back, hosted
from coulisses.people import acting


@require_POST
def practice(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Open the practice of a brainstorm, or go on with it."""
    of = hosted(request, studio, project)
    return back(request, practising.begin(of, by=acting.of(request).voice, at=timezone.now()))


@require_POST
def crowd(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Have made-up voices do a little of what the phase asks for."""
    of = hosted(request, studio, project)
    practising.fill(of, by=acting.of(request).voice, at=timezone.now())
    return back(request, of)


@require_POST
def end(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Throw the whole practice away, and lead back to what it was for."""
    of = hosted(request, studio, project)
    practising.throw_away(of, by=acting.of(request).voice, at=timezone.now())
    messages.success(request, _("The practice is gone, with every made-up word."))
    return redirect(f"{of.of.desk}wall/" if of.of else "/desk/")
