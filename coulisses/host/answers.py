"""How the host's pages are answered: for hosts only, and kept by nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from coulisses.people import rules


def for_the_host(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let nobody but a host in. The view raises SignInFirst, OnlyTheHost."""

    @wraps(view)
    def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        rules.require_host(request.user)
        response = view(request, *given, **named)
        response["Cache-Control"] = "private, no-store"
        return response

    return answer


def page(
    request: HttpRequest, name: str, here: str, *, status: int = 200, **said: Any
) -> HttpResponse:
    """Return a page of the host's; `here` is the room that it belongs to."""
    return render(request, f"host/{name}.html", {"room": here, **said}, status=status)
