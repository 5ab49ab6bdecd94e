"""Feeds, asked for again and again, and the map that search engines read."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from coulisses.feeds import answers, reading, together
from coulisses.feeds import sitemap as maps
from coulisses.projects import sight
from coulisses.projects.models import Project
from coulisses.ui import addresses


def _find(studio: str, project: str) -> Project:
    """Return a project whose curtain is up: a feed shows what anybody may see."""
    found, _seen = sight.asked(None, studio, project)
    return found


def _house(request: HttpRequest) -> together.Whose:
    return together.the_house(addresses.base(request).partition("://")[2])


@require_safe
def house(request: HttpRequest, form: str) -> HttpResponse:
    """The newest entries of all that is showing; what is older stands in archives."""
    feed, until = together.newest(_house(request), at=timezone.now())
    return answers.feed(request, feed, form, until=until, is_list=True)


@require_safe
def house_archive(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """An archive of the house's feed, in the order in which it was told to all (RFC 5005)."""
    feed = together.archive(_house(request), number, at=timezone.now())
    return answers.feed(request, feed, form, is_list=True)


@require_safe
def studio(request: HttpRequest, studio: str, form: str) -> HttpResponse:
    """The newest entries of a studio's projects; what is older stands in archives."""
    whose = together.of(sight.studio(None, studio))
    feed, until = together.newest(whose, at=timezone.now())
    return answers.feed(request, feed, form, until=until, is_list=True)


@require_safe
def studio_archive(request: HttpRequest, studio: str, number: int, form: str) -> HttpResponse:
    """An archive of a studio's feed, in the order in which it was told to all (RFC 5005)."""
    whose = together.of(sight.studio(None, studio))
    feed = together.archive(whose, number, at=timezone.now())
    return answers.feed(request, feed, form, is_list=True)


@require_safe
def project(request: HttpRequest, studio: str, project: str, form: str) -> HttpResponse:
    """A project's newest entries, whole; what is older stands in archives."""
    feed, until = reading.newest(_find(studio, project), at=timezone.now())
    return answers.feed(request, feed, form, until=until)


@require_safe
def archive(
    request: HttpRequest, studio: str, project: str, number: int, form: str
) -> HttpResponse:
    """An archive of a project's feed: fifty numbers of its log, cut for ever (RFC 5005)."""
    feed = reading.archive(_find(studio, project), number, at=timezone.now())
    return answers.feed(request, feed, form)


@require_safe
def kind(request: HttpRequest, studio: str, project: str, kind: str, form: str) -> HttpResponse:
    """What a project told of one kind: doubt, failure, capture …"""
    feed, until = reading.of_kind(_find(studio, project), kind, at=timezone.now())
    return answers.feed(request, feed, form, until=until)


@require_safe
def kind_archive(
    request: HttpRequest, studio: str, project: str, kind: str, number: int, form: str
) -> HttpResponse:
    """An archive of what a project told of one kind: fifty entries, cut for ever (RFC 5005)."""
    found = _find(studio, project)
    feed = reading.kind_archive(found, kind, number, at=timezone.now())
    return answers.feed(request, feed, form)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the maps of what is showing (sitemaps.org)."""
    files = maps.index(at=timezone.now())
    return answers.sitemap(request, files, is_index=True)


@require_safe
def sitemap_of_house(request: HttpRequest) -> HttpResponse:
    """The house’s own pages and its studios’."""
    return answers.sitemap(request, maps.of_house())


@require_safe
def sitemap_of_project(
    request: HttpRequest, studio: str, project: str, number: int
) -> HttpResponse:
    """The public entries of ten thousand numbers of a project’s log."""
    found, now = _find(studio, project), timezone.now()
    pages, until = maps.of_project(found, number, at=now)
    return answers.sitemap(request, pages, found, until=until)
