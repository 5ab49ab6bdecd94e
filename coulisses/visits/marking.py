"""Pages that a project's own team reads are marked, so that they are not counted."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from coulisses.people.models import Account
from coulisses.projects import works
from coulisses.visits.counting import PAGE, UNCOUNTED

HEADER = UNCOUNTED.decode()


def team(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark the answers that a project's own team gets; the mark never leaves the house."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        page = PAGE.fullmatch(request.path)
        if page and settings.SESSION_COOKIE_NAME in request.COOKIES and _is_of(request, page[1]):
            response[HEADER] = "team"
        return response

    return answer


def _is_of(request: HttpRequest, studio: str) -> bool:
    user = request.user
    return isinstance(user, Account) and any(one.slug == studio for one in works.studios(user))
