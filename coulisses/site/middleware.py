"""What every answer of Django's passes through: refusals are answered, headers protect."""

import errno
import json
import logging
from collections.abc import Callable
from urllib.parse import urlencode

from django.db import DataError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from coulisses.lib import problems
from coulisses.lib.refusals import Refusal
from coulisses.people.refusals import SignInFirst
from coulisses.projects import viewers
from coulisses.projects.refusals import ProjectMoved, StudioMoved
from coulisses.ui.sent_here import FromElsewhere

GetResponse = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    # What one person sees is for nobody else; what all may keep says so in its view.
    "Cache-Control": "private, no-cache",
}
API = "/api/"
_logger = logging.getLogger(__name__)


class NothingThere(Refusal):
    """No page has this address."""

    status = 404
    sentence = _("Nothing is shown at this address.")


class NotUnderstood(Refusal):
    """Django could not make sense of the request."""

    status = 400
    sentence = _("The house could not read this request.")


class Stumbled(Refusal):
    """An error of ours."""

    status = 500
    sentence = _("The house stumbled. Nothing that was told is lost. Try again in a moment.")


class NoRoomLeft(Refusal):
    """The disk that holds the house is full."""

    status = 507
    sentence = _("The disk of this house is full: nothing more can be told until there is room.")


def security_headers(get_response: GetResponse) -> GetResponse:
    """Add the headers that protect readers, except where a view has set its own."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        return response

    return answer


def refusals(get_response: GetResponse) -> GetResponse:
    """Turn refusals into answers: a page, or a problem document for programs."""

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, SignInFirst) and request.method == "GET" and not _is_program(request):
            return redirect(f"/enter?{urlencode({'next': request.get_full_path()})}")
        if isinstance(error, (ProjectMoved, StudioMoved)):
            return _led_on(request, error)
        if isinstance(error, Refusal):
            return refuse(request, error)
        if isinstance(error, Http404):
            return refuse(request, NothingThere())
        if _holds_zero(error):
            return refuse(request, NotUnderstood())
        if _is_full(error):
            _logger.error("the disk is full", exc_info=error)
            return refuse(request, NoRoomLeft())
        return None

    answer.process_exception = process_exception  # type: ignore[attr-defined]
    return answer


def watching(get_response: GetResponse) -> GetResponse:
    """Let sight know which rehearsals a session may watch, beside who is signed in by it."""

    def answer(request: HttpRequest) -> HttpResponse:
        user = request.user
        request.user = SimpleLazyObject(lambda: viewers.recall(user, request.session))  # type: ignore[assignment]
        return get_response(request)

    return answer


def _led_on(request: HttpRequest, moved: ProjectMoved | StudioMoved) -> HttpResponse:
    """Lead to where something moved, with the path below it and, for what is sent, the body."""
    whole = request.get_full_path()
    response = HttpResponse(status=301 if request.method in ("GET", "HEAD") else 308)
    response["Location"] = whole.replace(f"/{moved.was}", f"/{moved.now}", 1)
    return response


def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a refusal in the form that the asker reads."""
    if _is_program(request):
        body = json.dumps(problems.document(refusal), ensure_ascii=False)
        return HttpResponse(body, content_type=problems.TYPE, status=refusal.status)
    said = {"refusal": refusal, "status": refusal.status, "sentence": str(refusal)}
    return render(request, "refusal.html", said, status=refusal.status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django itself found malformed (`handler400`)."""
    return refuse(request, NotUnderstood())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that no route has (`handler404`)."""
    return refuse(request, NothingThere())


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django itself forbids (`handler403`)."""
    return refuse(request, FromElsewhere())


def from_elsewhere(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that another site may have sent (`CSRF_FAILURE_VIEW`)."""
    return refuse(request, FromElsewhere())


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer an error of ours (`handler500`): without the database, which may be what failed."""
    if _is_program(request):
        return refuse(request, Stumbled())
    words = str(Stumbled())
    page = f'<!doctype html><meta charset="utf-8"><title>Coulisses</title><p>{words}</p>'
    return HttpResponse(page, status=500)


def _is_full(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno == errno.ENOSPC
    return isinstance(error, OperationalError) and "full" in str(error)


def _holds_zero(error: Exception) -> bool:
    """Whether a text came along that PostgreSQL has no place for: one with a zero in it."""
    return isinstance(error, DataError | ValueError) and "NUL (0x00)" in str(error)


def _is_program(request: HttpRequest) -> bool:
    accepted = request.headers.get("Accept", "")
    return request.path.startswith(API) or ("json" in accepted and "text/html" not in accepted)
