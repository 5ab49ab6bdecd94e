"""Ways to be heard, without an account: a report, a letter, and what became of them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from coulisses.house import rules as house
from coulisses.lib import calm, lines
from coulisses.lib.refusals import require
from coulisses.pages.queries import entry as entries
from coulisses.projects.models import Studio
from coulisses.projects.refusals import StudioNotFound
from coulisses.reports import forms, rules
from coulisses.reports.models import Reason
from coulisses.ui import scene

MOST = 60  # from one network address within an hour: a school has one for all its pupils
READS = require_http_methods(["GET", "HEAD", "POST"])


@READS
def report(
    request: HttpRequest, studio: str, project: str, position: int | None = None
) -> HttpResponse:
    """Report an entry, or a whole work."""
    seen = scene.find(request, studio, project)
    known = seen.entry(position) if position is not None else None
    form = forms.ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _told(request, form, project=seen.project, position=position)
    title = entries.title(seen, known) if known else ""
    said = {"project": seen.project, "position": position, "title": title}
    return _form(request, "report", form, **said)


@READS
def contact(request: HttpRequest) -> HttpResponse:
    """Write to whoever keeps the house, or with `to` to a studio's owners."""
    studio = _studio(request.GET["to"]) if "to" in request.GET else None
    form = forms.LetterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _told(request, form, reason=Reason.LETTER, studio=studio)
    return _form(request, "contact", form, studio=studio, house=house.current())


@require_safe
def receipt(request: HttpRequest, secret: str) -> HttpResponse:
    """What became of a report, for whoever has its address."""
    found = rules.find(secret)
    response = render(request, "pages/receipt.html", {"report": found})
    response["Cache-Control"] = "private, no-store"
    # Not "no-referrer": with it browsers send forms as from nowhere, and they are refused.
    response["Referrer-Policy"] = "same-origin"
    return response


def _told(request: HttpRequest, form: Any, **about: Any) -> HttpResponse:
    line = lines.of(request.META.get("REMOTE_ADDR", ""))
    calm.require(f"report:{line}", most=MOST, within=rules.COUNTED_FOR)
    said = {one: form.cleaned_data[one] for one in ("reason", "words") if one in form.cleaned_data}
    _report, secret = rules.tell(
        **{**about, **said},
        address=form.cleaned_data["address"],
        account=scene.who(request),
        language=get_language() or "en",
        at=timezone.now(),
        base=settings.PUBLIC_URL,
    )
    return redirect(f"/reports/{secret}")


def _form(request: HttpRequest, name: str, form: Any, **said: Any) -> HttpResponse:
    said |= {"form": form, "opened": forms.opened(), "longest": rules.LONGEST}
    status = 422 if form.is_bound else 200
    return render(request, f"pages/{name}.html", said, status=status)


def _studio(slug: str) -> Studio:
    """Return a studio that shows something: of others, nobody learns that they are there."""
    raised = {"projects__curtain_raised_at__isnull": False, "projects__withdrawn_at": None}
    found = Studio.objects.filter(slug=slug, **raised).distinct().first()
    require(found, StudioNotFound)
    assert found
    return found
