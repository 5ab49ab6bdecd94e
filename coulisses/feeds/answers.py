"""How a feed is answered: an unchanged one costs a few bytes."""

import hashlib
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from coulisses.feeds import atom, documents, jsonfeed
from coulisses.feeds import sitemap as maps
from coulisses.feeds.documents import ATOM, MIMES, Feed
from coulisses.feeds.reading import Until
from coulisses.feeds.sitemap import Page
from coulisses.projects.models import Project
from coulisses.ui import addresses, mining
from coulisses.ui.caching import cacheable


def feed(
    request: HttpRequest, found: Feed, form: str, *, until: Until = None, is_list: bool = False
) -> HttpResponse:
    """Return a feed in one of its forms, or that it is as the asker knows it.

    Its tag and its date are of the bytes alone: a project's revision moves with what members are
    told, too. `is_list` says that it follows from which projects there are.
    """
    base = addresses.base(request)
    spell = atom.spell if form == ATOM else jsonfeed.spell
    response = HttpResponse(spell(found, base=base), content_type=f"{MIMES[form]}; charset=utf-8")
    # As the byte cache tags them: what was known from here is known there.
    response["ETag"] = f'W/"{hashlib.sha256(response.content).hexdigest()[:24]}"'
    modified = int(found.updated.timestamp())
    response["Last-Modified"] = http_date(modified)
    response["Link"] = ", ".join(_links(found, form, base))
    known = get_conditional_response(request, response["ETag"], modified, response) or response
    for project in sorted(found.projects, key=lambda one: one.is_mining_refused)[-1:]:
        mining.marked(known, project)  # what is refused by one of them is refused of all
    return cacheable(known, *found.projects, is_list=is_list, until=until)


def _links(found: Feed, form: str, base: str) -> list[str]:
    places = [("self", documents.at(base, found.here, form))]
    if documents.hub() and not found.is_archive:
        places.append(("hub", documents.hub()))
    return [f'<{address}>; rel="{rel}"' for rel, address in places]


def sitemap(
    request: HttpRequest,
    pages: Iterable[Page],
    *projects: Project,
    is_index: bool = False,
    until: Until = None,
) -> HttpResponse:
    """Return a map; of projects, or of the whole house where none is given."""
    body = maps.spell(pages, base=addresses.base(request), is_index=is_index)
    response = HttpResponse(body, content_type="application/xml; charset=utf-8")
    return cacheable(response, *projects, is_list=not projects, until=until)
