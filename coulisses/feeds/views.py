"""Feeds, asked for again and again: an unchanged one costs a few bytes."""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import condition, require_safe

from coulisses.feeds import atom as feed
from coulisses.log import ledger
from coulisses.projects import sight
from coulisses.projects.models import Project
from coulisses.ui.caching import cacheable

MIME = "application/atom+xml; charset=utf-8"


def _find(studio: str, project: str) -> Project:
    """Return a project whose curtain is up: a feed shows what anybody may see."""
    found = sight.find(studio, project)
    sight.of(None, found)
    return found


def _etag(request: HttpRequest, studio: str, project: str) -> str:
    found = _find(studio, project)
    horizon = ledger.horizon(found.work, audiences=ledger.OUTSIDE, at=timezone.now())
    state = f"{_base(request)} {found.work_id} {horizon} {found.revision}"
    return f'"{hashlib.sha256(state.encode()).hexdigest()[:32]}"'


@require_safe
@condition(etag_func=_etag)
def atom(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """A project's newest entries."""
    found = _find(studio, project)
    told = feed.read(found, at=timezone.now())
    response = HttpResponse(feed.spell(found, told, base=_base(request)), content_type=MIME)
    return cacheable(response, found)


def _base(request: HttpRequest) -> str:
    return settings.PUBLIC_URL or f"{request.scheme}://{request.get_host()}"
