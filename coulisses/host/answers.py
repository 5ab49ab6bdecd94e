"""How the host's pages are answered: for hosts only, kept by nobody, with the rooms there are."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from coulisses.people import rules

ROOMS = [
    ("", _("Check-list")),
    ("settings", _("Settings")),
    ("people", _("People")),
    ("storage", _("Storage")),
    ("backups", _("Backups")),
    ("jobs", _("Jobs")),
    ("letters", _("Letters")),
    ("reports", _("Reports")),
]


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
    rooms = [(address, title, slug == here) for slug, title in ROOMS if (address := _address(slug))]
    return render(request, f"host/{name}.html", {"rooms": rooms, **said}, status=status)


def _address(slug: str) -> str:
    """Return a room's address, empty where this house has no such room."""
    address = f"/house/{slug}/" if slug else "/house/"
    try:
        resolve(address)
    except Resolver404:
        return ""
    return address
