"""The outbox, for the host alone."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coulisses.mail import bounces, queries, rules
from coulisses.people import rules as people
from coulisses.ui import addresses


@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """The letters of this house: what left, what waits and why."""
    people.require_host(request.user)
    page = queries.page(after=request.GET.get("after", ""))
    said = {"page": page, "is_sending": settings.SENDS_LETTERS, "sender": _sender()}
    said["bounces"] = f"{addresses.base(request)}/mail/bounces/{bounces.secret()}"
    return render(request, "mail/letters.html", said)


@require_POST
def again(request: HttpRequest, letter: int) -> HttpResponse:
    """Try to send a letter once more, now."""
    people.require_host(request.user)
    rules.try_again(letter, at=timezone.now())
    messages.success(request, _("It is tried again, now."))
    return redirect("/house/letters/")


def _sender() -> str:
    return settings.DEFAULT_FROM_EMAIL if settings.SENDS_LETTERS else ""
