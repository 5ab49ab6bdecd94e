"""What stands in a frame on somebody else's page: it shows what everybody sees, and cannot act.

No cookie is looked at, there is no form, and the frame has an origin of its own that is nobody's
(`sandbox` without `allow-same-origin`): whatever page it stands on, it cannot act for its reader.
Every other page of the house refuses to stand in a frame.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from coulisses.embeds import queries
from coulisses.lib import cursors
from coulisses.lib.refusals import Refusal
from coulisses.log import kinds, ledger
from coulisses.projects.models import Project
from coulisses.projects.refusals import ProjectMoved
from coulisses.ui import addresses, entries, mining, words
from coulisses.ui.caching import cacheable

LIGHTS = ("light", "dark")
POLICY = "; ".join(
    [
        "default-src 'none'",
        *(f"{what}-src 'self'" for what in ("script", "style", "font", "media", "connect")),
        "img-src 'self' data:",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors *",
        "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox",
    ]
)

View = Callable[..., HttpResponse]


def framed(view: View) -> View:
    """Answer with the headers of a frame, and what is refused in a frame, too."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        try:
            response = view(request, **named)
        except ProjectMoved:
            raise
        except Refusal:
            with translation.override(language(request, None)):
                said = {"base": addresses.base(request), **light(request)}
                words = render_to_string("embeds/gone.html", said)
            response = HttpResponse(words, status=404)
        response["Content-Security-Policy"] = POLICY
        response["Referrer-Policy"] = "strict-origin"
        return response

    return answer


@framed
def log(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """A project's newest entries, followed live, on somebody else's page."""
    found, at = queries.find(studio, project), timezone.now()
    # The horizon first: what is told between the two comes twice, and stands once.
    horizon = ledger.horizon(found.work, audiences=ledger.OUTSIDE, at=at)
    newest = queries.newest(found, at=at)
    live = {
        "cursor": cursors.spell(found.work_id, horizon),
        "position": horizon,
        "kinds": " ".join(kinds.names()),
    }
    return _shown(request, "log", found, newest, live=live, most=queries.LENGTH)


@framed
def moment(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """One entry on somebody else's page."""
    found, at = queries.find(studio, project), timezone.now()
    return _shown(request, "entry", found, [queries.entry(found, position, at=at)])


def _shown(
    request: HttpRequest, name: str, project: Project, known: list[Any], **said: Any
) -> HttpResponse:
    spoken = language(request, project)
    with translation.override(spoken):
        eyes, at = ledger.OUTSIDE, timezone.now()
        cards = entries.cards(project, known, language=spoken, audiences=eyes, at=at)
        said |= {"project": project, "cards": cards, "LANGUAGE_CODE": spoken}
        said |= {"base": addresses.base(request), **light(request)}
        response = HttpResponse(render_to_string(f"embeds/{name}.html", said))
    return cacheable(mining.marked(response, project), project)


def language(request: HttpRequest, project: Project | None) -> str:
    """Return the language that a frame is asked for in, else its project's."""
    asked = request.GET.get("lang", "")
    if asked in dict(settings.LANGUAGES):
        return asked
    return words.tongue(project) if project else translation.get_language() or "en"


def light(request: HttpRequest) -> dict[str, str]:
    """Return the light that a frame is asked for in, for its template."""
    asked = request.GET.get("light", "")
    return {"light": asked if asked in LIGHTS else ""}
