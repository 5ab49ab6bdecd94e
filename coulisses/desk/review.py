"""The rehearsal's review: what will be seen, and one button that shows it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coulisses.capture import rules as capture
from coulisses.desk import reviewing
from coulisses.desk.face import owned, said_of, who_and_when
from coulisses.lib import text
from coulisses.projects import rules, striking

GREATEST = 2**63 - 1


@require_safe
def page(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """A rehearsal, looked over; once the curtain is up there is nothing left to review."""
    found, seen = owned(request, studio, project)
    if found.is_raised:
        return redirect(found.path)
    shown = reviewing.page(
        found,
        before=text.number(request.GET.get("before", "")),
        show=_show(request.GET.get("show", "")),
        language=get_language() or "en",
        at=timezone.now(),
    )
    said = {**said_of(found, seen), "here": "face", "page": shown}
    return render(request, "desk/review.html", {**said, "review": reviewing.read(found)})


@require_POST
def strike(request: HttpRequest, studio: str, project: str, position: int) -> HttpResponse:
    """Take an entry out, or with `action=spare` let it stay after all."""
    found, _seen = owned(request, studio, project)
    act = striking.spare if request.POST.get("action") == "spare" else striking.strike
    act(found, min(position, GREATEST))
    before = text.number(request.POST.get("before", ""))
    place = {"before": before, "show": request.POST.get("show", "")}
    query = urlencode({name: value for name, value in place.items() if value})
    return redirect(f"{found.desk}review/?{query}#cue-{position}")


@require_POST
def names(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Show the contributors' names with `shown=yes`, or leave them out."""
    found, _seen = owned(request, studio, project)
    capture.show_names(found, request.POST.get("shown") == "yes")
    return redirect(f"{found.desk}review/#names")


@require_http_methods(["GET", "HEAD", "POST"])
def curtain(request: HttpRequest, studio: str, project: str) -> HttpResponse:
    """Ask once whether it is meant for good; then let everybody watch."""
    found, seen = owned(request, studio, project)
    if request.method == "POST":
        rules.raise_curtain(found, **who_and_when(request))
        messages.success(request, _("The curtain is up. From here on, everybody may watch."))
        return redirect(found.path)
    if found.is_raised:
        return redirect(found.path)
    said = {**said_of(found, seen), "here": "face", "review": reviewing.read(found)}
    return render(request, "desk/curtain.html", said)


def _show(said: str) -> str:
    return said if said in reviewing.SHOWS else ""
