"""The house: what is on, its studios, the language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from coulisses.pages.queries import board as boards
from coulisses.pages.views import answers
from coulisses.projects import sight


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """What is on."""
    wall = boards.read(request.user, at=timezone.now(), after=request.GET.get("after", ""))
    shown = [bill.project for bill in wall.bills]
    return answers.in_the_house(request, "board", *shown, until=wall.until, board=wall)


@require_safe
def studio(request: HttpRequest, studio: str) -> HttpResponse:
    """A studio and its projects."""
    found = sight.studio(request.user, studio)
    after, now = request.GET.get("after", ""), timezone.now()
    wall = boards.read(request.user, at=now, after=after, studio=found)
    shown = [bill.project for bill in wall.bills]
    said = {"board": wall, "studio": found}
    return answers.in_the_house(request, "studio", *shown, until=wall.until, **said)


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """What each key does, wherever nobody is typing."""
    return answers.in_the_house(request, "keys")


@csrf_exempt  # kept pages hold no token, and another site could only change a language
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose the language of the pages."""
    response = redirect(_local(request, request.POST.get("next", "/")))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES) and check_for_language(chosen):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
        )
    return response


def _local(request: HttpRequest, address: str) -> str:
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours and address.startswith("/") else "/"
