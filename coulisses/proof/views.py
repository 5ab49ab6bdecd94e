"""The addresses of the proof. Everything here is what a passer-by may know, whoever asks."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from coulisses.lib.refusals import require
from coulisses.lib.tiles import WIDTH, Tile
from coulisses.log import keys
from coulisses.projects import sight
from coulisses.projects.models import Project
from coulisses.proof import queries
from coulisses.proof.refusals import PageMalformed
from coulisses.ui import addresses, mining

MOST_ENTRIES = 500  # of one page
MUTABLE = "no-cache"
FOR_EVER = "public, max-age=31536000, immutable"
REHEARSAL = "private, no-store"


@require_safe
def page(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Say in plain words what the signature proves and what it doesn't, with the figures."""
    seen, at = _find(request, studio, project), timezone.now()
    head = queries.checkpoint(seen, at=at)
    context = {
        "project": seen,
        "checkpoint": head,
        "tile": Tile(0, 0, min(head.size, WIDTH)).path(),
        "figures": queries.figures(seen, at=at),
        "vkey": keys.signer(seen.work).verifier.vkey(),
        "address": f"{addresses.base(request)}{seen.path}",
    }
    return _kept(render(request, "proof/page.html", context), seen, MUTABLE)


@require_safe
def entry_page(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Show how one entry is bound into the signed tree."""
    seen = _find(request, studio, project)
    found = queries.inclusion(seen, position, timezone.now())
    response = render(request, "proof/entry.html", {"project": seen, "inclusion": found})
    return _kept(response, seen, MUTABLE)


@require_safe
def checkpoint(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Give the signed checkpoint (C2SP tlog-checkpoint)."""
    seen = _find(request, studio, project)
    return _kept(_text(queries.note(seen, at=timezone.now())), seen, MUTABLE)


@require_safe
def vkey(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Give the verifier key (C2SP signed-note)."""
    seen = _find(request, studio, project)
    return _kept(_text(keys.signer(seen.work).verifier.vkey().encode() + b"\n"), seen, MUTABLE)


@require_safe
def tile(request: HttpRequest, studio: str, project: str, rest: str) -> HttpResponse:
    """Give a tile (C2SP tlog-tiles)."""
    seen = _find(request, studio, project)
    raw = queries.tile(seen, f"tile/{rest}", at=timezone.now())
    return _kept(HttpResponse(raw, content_type="application/octet-stream"), seen, FOR_EVER)


@require_safe
def entries(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Give what a verifier needs of many entries: `?after=N&limit=M`, at most 500."""
    seen = _find(request, studio, project)
    after = _number(request, "after", default=0, least=0, most=1 << 62)
    limit = _number(request, "limit", default=MOST_ENTRIES, least=1, most=1 << 62)
    shown = queries.entries(seen, after=after, limit=min(limit, MOST_ENTRIES), at=timezone.now())
    return _kept(JsonResponse(shown), seen, MUTABLE)


@require_safe
def entry(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Give what a verifier needs of one entry."""
    seen = _find(request, studio, project)
    return _kept(JsonResponse(queries.entry(seen, position, at=timezone.now())), seen, MUTABLE)


def _find(request: HttpRequest, studio: str, project: str) -> Project:
    found, _seen = sight.asked(request.user, studio, project)
    return found


def _number(request: HttpRequest, name: str, *, default: int, least: int, most: int) -> int:
    raw = request.GET.get(name, str(default))
    is_number = raw.isascii() and raw.isdecimal() and len(raw) < 20
    require(is_number and least <= int(raw) <= most, PageMalformed, most=MOST_ENTRIES)
    return int(raw)


def _text(raw: bytes) -> HttpResponse:
    return HttpResponse(raw, content_type="text/plain; charset=utf-8")


def _kept(response: HttpResponse, project: Project, how: str) -> HttpResponse:
    """Say how long the answer may be kept: in rehearsal nowhere, since others see nothing of it."""
    response["Cache-Control"] = how if project.is_raised else REHEARSAL
    return mining.marked(response, project)
