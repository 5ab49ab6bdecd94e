"""The house beside a phone's other apps, and at hand where there is no connection."""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop, override
from django.views.decorators.http import require_safe

from coulisses.house import rules as house
from coulisses.ui import assets

OFFLINE = "/offline"
LIGHT = "#f4f4f1"
SHELL = (
    *("ui.css", "ui.js", "room.css", "room.js", "bricolage-grotesque-latin.woff2"),
    *("newsreader-latin.woff2", "jetbrains-mono-latin.woff2"),
)
KEPT = {
    "lost": gettext_noop("You are offline. This is as it was on {when}."),
    "late": gettext_noop("The house is slow to answer. This is as it was on {when}."),
}


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a phone needs to keep the house beside its other apps, and to share photos to it."""
    name = str(house.current())
    said = {
        "id": "/",
        "name": name,
        "short_name": name if len(name) <= 12 else "Coulisses",
        "description": gettext("Work, shown while it is being made."),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": LIGHT,
        "theme_color": LIGHT,
        "icons": [
            {"src": "/static/ui/mark.svg", "sizes": "any", "type": "image/svg+xml"},
            _icon("icon-192.png", 192, "any"),
            _icon("icon-512.png", 512, "any"),
            _icon("icon-maskable.png", 512, "maskable"),
        ],
        "shortcuts": [
            {"name": gettext("Show it"), "url": "/share/"},
            {"name": gettext("Desk"), "url": "/desk/"},
        ],
        "share_target": {
            "action": "/share/",
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "title",
                "text": "text",
                "url": "url",
                "files": [{"name": "pictures", "accept": ["image/*"]}],
            },
        },
    }
    response = JsonResponse(said, content_type="application/manifest+json")
    response["Cache-Control"] = "max-age=3600"
    return response


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """What keeps the shell, and the public pages last read, in a browser; see `sw.js`.

    Where the host has switched that off, what takes away all that was kept. Both show notices.
    """
    if settings.KEEPS_OFFLINE:
        shell = [assets.url(name) for name in SHELL]
        source = assets.path("sw.js").read_text()
        version = hashlib.sha256(repr((shell, source)).encode()).hexdigest()[:12]
        said = {"version": version, "shell": shell, "offline": OFFLINE, "words": _words()}
        source = f"const HOUSE = {json.dumps(said, ensure_ascii=True)};\n{source}"
    else:
        source = assets.path("sw-end.js").read_text()
    response = HttpResponse(source, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown where there is no connection: what was read last, on this device."""
    return render(request, "pages/offline.html")


@require_safe
def apple_icon(request: HttpRequest) -> HttpResponse:
    """The icon that some phones ask for by this name alone."""
    return _sent("icon-180.png")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon that programs ask for by this name alone, whatever a page says."""
    return _sent("icon-192.png")


def _sent(name: str) -> HttpResponse:
    icon = Path(assets.path(name)).read_bytes()
    response = HttpResponse(icon, content_type="image/png")
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _icon(name: str, side: int, purpose: str) -> dict[str, str]:
    size = f"{side}x{side}"
    return {"src": assets.url(name), "sizes": size, "type": "image/png", "purpose": purpose}


def _words() -> dict[str, dict[str, str]]:
    """Return what stands over a page that was kept, by language and by why it is shown."""
    said = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            said[code] = {why: gettext(words) for why, words in KEPT.items()}
    return said
