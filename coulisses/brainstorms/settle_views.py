"""Settling at the desk: which ideas are kept, why, who takes each on; then it is over."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coulisses.brainstorms import closing, console_pages, settle_pages, settling
from coulisses.brainstorms.asked import at_desk
from coulisses.brainstorms.console_views import hosted as held
from coulisses.lib import places
from coulisses.people import acting


@never_cache
@require_safe
def settle(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """The ideas by their dots, a page at a time (`after`), with what is said of each."""
    of, seen = at_desk(request, studio, project)
    seen.require_maker()
    said = {
        **console_pages.about(of, seen),
        **settle_pages.said(request, of, after=request.GET.get("after", "")),
    }
    return render(request, "brainstorms/settle.html", said)


@require_POST
def fate(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Keep an idea (`act=keep`), or not (`leave`): `words` say why, `taken_by` who; or `undo`."""
    of, said = held(request, studio, project), request.POST
    by, now, at = acting.of(request).voice, timezone.now(), min(position, places.GREATEST)
    if said.get("act") == "undo":
        settling.undo(of, at, by=by, at=now)
    else:
        is_kept, why, who = (
            said.get("act") == "keep",
            said.get("words", ""),
            said.get("taken_by", ""),
        )
        settling.settle(of, at, is_kept=is_kept, words=why, taken_by=who, by=by, at=now)
    after = said.get("after", "")
    query = f"?{urlencode({'after': after})}" if after else ""
    return redirect(f"{of.project.desk}wall/settle/{query}#idea-{at}")


@require_POST
def close(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """End the brainstorm, and tell what it came to."""
    of = held(request, studio, project)
    told = closing.close(of, by=acting.of(request).voice, at=timezone.now())
    messages.success(request, _("It is over. This is what all can read of it."))
    return redirect(f"{of.project.path}{told.position}")
