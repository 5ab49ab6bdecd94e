"""A page without a background, to be laid over a stream: what was said and cheered just now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from coulisses.log import kinds, ledger
from coulisses.projects import sight
from coulisses.projects.sight import Sight
from coulisses.ui import overlays
from coulisses.ui.caching import cacheable
from coulisses.ui.slots import Reader

USUAL = "voices"


@require_safe
def page(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """What `show` names (several: commas between), as everybody may see it."""
    found, seen = sight.asked(request.user, studio, project)
    asked = request.GET.get("show", USUAL).split(",")
    reader = Reader(Sight(ledger.OUTSIDE), get_language() or "en", timezone.now())
    drawn = overlays.fill(found, reader, asked) if found.is_raised else []
    said = {"project": found, "overlays": drawn, "kinds": " ".join(kinds.names())}
    response = render(request, "cheers/over.html", said)
    until = min((one.until for _name, one in drawn if one.until), default=None)
    return cacheable(response, found, is_heard=True, until=until) if seen.is_outside else response
