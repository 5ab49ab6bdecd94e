"""Feeds, asked for again and again: an unchanged one costs a few bytes."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from coulisses.feeds import atom as feed
from coulisses.projects import sight
from coulisses.projects.models import Project
from coulisses.ui import addresses, mining
from coulisses.ui.caching import cacheable

MIME = "application/atom+xml; charset=utf-8"


def _find(studio: str, project: str) -> Project:
    """Return a project whose curtain is up: a feed shows what anybody may see."""
    found, _seen = sight.asked(None, studio, project)
    return found


@require_safe
def atom(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """A project's newest entries."""
    found = _find(studio, project)
    told, until = feed.read(found, at=timezone.now())
    response = HttpResponse(
        feed.spell(found, told, base=addresses.base(request)), content_type=MIME
    )
    # Of the bytes alone: the project's revision moves with what members are told, too.
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    known = get_conditional_response(request, etag=response["ETag"], response=response)
    return cacheable(mining.marked(known or response, found), found, until=until)
