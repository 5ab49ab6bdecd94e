"""Forms on kept pages, whose bytes hold no token: sent from this house's own pages, or refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from coulisses.lib.refusals import Refusal, require

View = Callable[..., HttpResponse]


class FromElsewhere(Refusal):
    """A form was sent from another site, or from a page too old."""

    status = 403
    sentence = _("This form came from another site, or from a page too old. Load it again.")


def sent_here(view: View) -> View:
    """Let a view be sent a form without a token, if the browser says it comes from this house.

    Browsers say so by themselves in `Sec-Fetch-Site`, older ones in `Origin`; what says neither is
    refused. Raises FromElsewhere.
    """

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        require(request.method in {"GET", "HEAD"} or is_from_here(request), FromElsewhere)
        return view(request, *given, **named)

    return answer


def is_from_here(request: HttpRequest) -> bool:
    """Return whether a browser says that a request comes from a page of this house."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
