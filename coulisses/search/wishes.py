"""What is wished for, as an address spells it; nothing that somebody may type into it is wrong."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from coulisses.lib.refusals import Refusal
from coulisses.lib.text import clean_line
from coulisses.projects import sight
from coulisses.projects.models import Project, Studio
from coulisses.projects.refusals import StudioMoved
from coulisses.search.queries import Wish
from coulisses.ui.words import KINDS

FIRST_YEAR, LAST_YEAR = 1970, 2200
LONGEST_PLACE = 120


@dataclass(frozen=True)
class Where:
    """A place where one may look: the house (""), a studio (its slug), or a project of it."""

    spelled: str
    project: Project | None = None
    studio: Studio | None = None


def read(said: QueryDict, user: Any) -> Wish:
    """Return the wish of an address: `q`, `in`, `kind` (any number), `from` and `until`.

    `in` is a studio’s slug, or a studio’s and a project’s with a slash between. A kind or a day
    that is none is left out. Raises ProjectNotFound, StudioNotFound.
    """
    chosen = set(said.getlist("kind"))
    return Wish(
        typed=clean_line(said.get("q", "")),
        place=place(said.get("in", ""), user),
        kinds=tuple(one for one in KINDS if one in chosen),
        since=_day(said.get("from", "")),
        until=_day(said.get("until", "")),
    )


def place(spelled: str, user: Any) -> Project | Studio | None:
    """Return the place that `in` spells, None for the whole house.

    Raises ProjectNotFound, StudioNotFound.
    """
    studio, _slash, project = clean_line(spelled)[:LONGEST_PLACE].strip("/").partition("/")
    if project:
        return sight.followed(user, studio, project)[0]
    if not studio:
        return None
    try:
        return sight.studio(user, studio)
    except StudioMoved as moved:
        return sight.studio(user, moved.now.removeprefix("@"))


def wheres(wish: Wish, near: Project | Studio | None = None) -> Sequence[Where]:
    """Return the places to choose from, the narrowest first; `near` is where one began to look."""
    if near is not None and wish.place in (None, near, getattr(near, "studio", None)):
        return _up_from(near)
    return _up_from(wish.place)


def near(spelled: str, user: Any) -> Project | Studio | None:
    """Return the place where one began to look; None for one that nobody may know of."""
    with suppress(Refusal):
        return place(spelled, user)
    return None


def spelled(place: Project | Studio | None) -> str:
    """Return a place as an address spells it."""
    if isinstance(place, Project):
        return f"{place.studio.slug}/{place.slug}"
    return place.slug if place else ""


def _up_from(place: Project | Studio | None) -> Sequence[Where]:
    house = Where("")
    if isinstance(place, Project):
        own = Where(spelled(place), project=place)
        return [own, Where(spelled(place.studio), studio=place.studio), house]
    return [Where(spelled(place), studio=place), house] if place else [house]


def without(said: QueryDict, *names: str, **instead: str) -> str:
    """Return an address's query without some of its names, others put in their place."""
    rest = said.copy()
    for name in (*names, *instead):
        rest.pop(name, None)
    rest.update({name: value for name, value in instead.items() if value})
    return rest.urlencode()


def _day(spelled: str) -> date | None:
    try:
        day = date.fromisoformat(spelled)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
