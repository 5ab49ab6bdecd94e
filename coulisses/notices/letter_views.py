"""Where a letter's links lead: out, with one click, and without coming in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from coulisses.notices import rules, tokens

READS = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def letters(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether letters shall end; a link only looked at, as scanners do, ends nothing."""
    tokens.find(token)
    return _page(request, "ending", token)


@csrf_exempt  # mail programs send it without cookies (RFC 8058); the token is what counts
@never_cache
@READS
def end(request: HttpRequest, token: str) -> HttpResponse:
    """End the letters: asked by a mail program with one click, or on a page with a button."""
    voice = tokens.find(token)
    if request.method != "POST":
        return _page(request, "ending", token)
    rules.end_letters(voice)
    return _page(request, "ended", token)


@csrf_exempt  # whoever has the letter has its token, which is what counts
@never_cache
@READS
def thread(request: HttpRequest, token: str) -> HttpResponse:
    """Mute the thread that a notice in a letter is of, with a button."""
    found = tokens.find_thread(token)
    if request.method == "POST":
        rules.mute(found.voice, found.project, found.thread, place=found.place, at=timezone.now())
    said = {"found": found, "is_muted": request.method == "POST"}
    return _private(render(request, "notices/thread.html", said))


def _page(request: HttpRequest, name: str, token: str) -> HttpResponse:
    path = f"/notices/letters/{token}/"
    return _private(render(request, f"notices/{name}.html", {"path": path}))


def _private(response: HttpResponse) -> HttpResponse:
    # Not "no-referrer": with it browsers send forms as from nowhere, and they are refused.
    response["Referrer-Policy"] = "same-origin"
    return response
