"""Every refusal of the API is a problem document (RFC 9457), with a permanent name."""

import functools
import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from coulisses.api import limits, paging
from coulisses.api.refusals import (
    BodyMalformed,
    BodyNotJson,
    BodyTooLong,
    MethodNotAllowed,
    RequestsTooMany,
    TokenMissing,
)
from coulisses.lib import problems
from coulisses.lib.refusals import Refusal

MOST_ERRORS = 20

View = Callable[..., HttpResponse]


def enrol(api: NinjaAPI) -> None:
    """Have the API answer what it refuses as problem documents."""
    api.add_exception_handler(Refusal, _refused)
    api.add_exception_handler(AuthenticationError, lambda request, error: answer(TokenMissing()))
    api.add_exception_handler(HttpError, lambda request, error: answer(BodyNotJson()))
    api.add_exception_handler(ValidationError, _malformed)


def answer(refusal: Refusal, **more: Any) -> HttpResponse:
    """Return a refusal as a response; `more` are members beside those of the specification."""
    said = problems.document(refusal) | more
    # ASCII: a refusal may quote half a character, which has no bytes of its own.
    kind, headers = problems.TYPE, refusal.headers()
    response = HttpResponse(
        json.dumps(said), content_type=kind, status=refusal.status, headers=headers
    )
    if refusal.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def guarded(view: View, *, is_open: bool = False) -> View:
    """Refuse a body that is too long before it is read, and name the methods there are.

    One that `is_open` asks nobody for a token, and so counts no token's requests.
    """

    @functools.wraps(view)
    def guard(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if _length(request) > most:
            return answer(BodyTooLong(mib=most // (1024 * 1024)))
        # What is no token counts like none: its word alone would let a flood through uncounted.
        said = request.headers.get("Authorization", "").lower()
        if is_open or not said.startswith("bearer "):
            try:
                limits.spend_from(request, limits.of_address(request))
            except RequestsTooMany as refusal:
                return limits.mark(request, answer(refusal))
        response = limits.mark(request, view(request, *args, **named))
        if response.status_code != 405:
            return paging.link(request, response)
        allowed = ", ".join(sorted(response["Allow"].split(", ")))
        refused = answer(MethodNotAllowed(method=request.method, allowed=allowed))
        refused["Allow"] = allowed
        return refused

    return guard


def _length(request: HttpRequest) -> int:
    raw = request.META.get("CONTENT_LENGTH") or "0"
    return int(raw) if raw.isascii() and raw.isdecimal() else 0


def _refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    return answer(refusal)


def _malformed(request: HttpRequest, error: Any) -> HttpResponse:
    errors = [{"at": _place(one["loc"]), "says": one["msg"]} for one in error.errors[:MOST_ERRORS]]
    first = errors[0] if errors else {"at": "", "says": ""}
    return answer(BodyMalformed(where=first["at"], why=first["says"]), errors=errors)


def _place(loc: tuple[str | int, ...]) -> str:
    """Spell where an error is, without the names that only this program knows."""
    inside = loc[2:] if loc[:1] == ("body",) else loc[1:]
    return ".".join(str(part) for part in inside) or str(loc[0])
