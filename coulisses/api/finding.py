"""Finding again what was told: what the page of search finds, for programs."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from coulisses.api import paging, spelling, standing
from coulisses.api.rooms import Room
from coulisses.api.schemas_stage import FoundOut, Topic
from coulisses.lib.text import clean_line
from coulisses.people.models import Account
from coulisses.projects.models import Project, Studio, Token
from coulisses.search import asking, pace, queries, wishes
from coulisses.search.queries import Wish
from coulisses.ui import addresses

router = Room("search", auth=standing.ANYBODY)

Day = Annotated[date, Field(ge=date(wishes.FIRST_YEAR, 1, 1), le=date(wishes.LAST_YEAR, 12, 31))]
Words = Annotated[
    str,
    Query(description="Words, “phrases”, and -words to leave out.", max_length=asking.LONGEST),
]
Place = Annotated[
    str,
    Query(
        alias="in",
        description="`studio` or `studio/project`; empty for the whole house.",
        max_length=wishes.LONGEST_PLACE,
    ),
]


@router.get("/search", response=FoundOut)
def search(
    request: HttpRequest,
    q: Words,
    place: Place = "",
    kind: Annotated[list[Topic], Query(description="Only of one of these kinds.")] = [],  # noqa: B006
    since: Annotated[Day | None, Query(alias="from", description="From this day on.")] = None,
    until: Annotated[Day | None, Query(description="Up to this day.")] = None,
    after: paging.Place = "",
) -> Any:
    """Find what was told by its words, the newest first; with a token, in its studio's wings too.

    A page may hold nothing and have a `next`: there is more to look through.
    """
    pace.looking.require(request.META.get("REMOTE_ADDR", ""))
    account, studio = _asker(request)
    wish = Wish(clean_line(q), _place(request, place), tuple(kind), since, until)
    page = queries.find(wish, user=account, of=studio, after=after)
    base = addresses.base(request)
    found = [spelling.hit(one, base) for one in page.hits]
    return {"found": found, "next": paging.note(request, page.next)}


def _asker(request: HttpRequest) -> tuple[Account | None, Studio | None]:
    token = request.auth  # type: ignore[attr-defined]
    return (token.account, token.studio) if isinstance(token, Token) else (None, None)


def _place(request: HttpRequest, spelled: str) -> Project | Studio | None:
    """Return where to look. Of another studio than its own a token knows what everybody does."""
    account, studio = _asker(request)
    slug = spelled.strip("/ ").partition("/")[0]
    is_theirs = studio is not None and standing.is_of(studio, slug)
    return wishes.place(spelled, account if is_theirs else None)
