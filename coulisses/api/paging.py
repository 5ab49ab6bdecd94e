"""Lists by cursor: `after` and `limit` in, `next` out, and the next page's address in `Link`."""

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema
from pydantic import Field

from coulisses.api.schemas import MOST_POSITION

T = TypeVar("T")

MOST = 200
# The bounds are the query's own: beside a Field it would lose its description and its alias.
Limit = Annotated[int, Query(description="How many at most.", ge=1, le=MOST)]
After = Annotated[
    int,
    Query(description="Go on after this: the `next` of the page before.", ge=0, le=MOST_POSITION),
]
Place = Annotated[
    str,
    Query(
        description="Go on after this: the `next` of the page before.",
        max_length=100,
        pattern=r"^[0-9A-Za-z-]*$",
    ),
]


class Numbered(Schema):
    """Where a page of what has numbers goes on, and how long it is."""

    after: int = Field(
        0,
        ge=0,
        le=MOST_POSITION,
        description="Go on after this: the `next` of the page before.",
    )
    limit: int = Field(50, ge=1, le=MOST, description="How many at most.")


class Placed(Schema):
    """Where a page of what has places in time goes on, and how long it is."""

    after: str = Field(
        "",
        max_length=100,
        pattern=r"^[0-9A-Za-z-]*$",
        description="Go on after this: the `next` of the page before.",
    )
    limit: int = Field(50, ge=1, le=MOST, description="How many at most.")


ByNumber = Query[Numbered]
ByPlace = Query[Placed]


def page(request: HttpRequest, found: Sequence[T], limit: int, place: str = "position") -> Any:
    """Return a page of what was found, one more than `limit` where there is more, and its `next`.

    `place` names the attribute of the last one that the next page goes on after.
    """
    shown = list(found[:limit])
    following = getattr(shown[-1], place) if len(found) > limit else None
    return shown, note(request, following)


def note(request: HttpRequest, following: Any) -> Any:
    """Note on a request where the next page goes on, None or "" for nowhere, and return it."""
    request.following = following or None  # type: ignore[attr-defined]
    return following or None


def link(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Say where the next page is (RFC 8288), and which version was read."""
    tag, following = getattr(request, "tag", None), getattr(request, "following", None)
    if tag and 200 <= response.status_code < 300:
        response["ETag"] = tag
    if following is not None and response.status_code == 200:
        query = request.GET.copy()
        query["after"] = str(following)
        response["Link"] = f'<{request.path}?{query.urlencode()}>; rel="next"'
    return response
